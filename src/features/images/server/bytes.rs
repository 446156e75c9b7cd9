//! The image itself, for its keeper.
use super::service;
use crate::{
    platform::{RequestContext, storage::Key},
    shared::{AppError, ImageId},
};
use axum::{
    Extension,
    body::Body,
    extract::Path,
    http::{HeaderMap, HeaderValue, Response, StatusCode, header},
    response::IntoResponse,
    routing::{MethodRouter, get},
};

pub fn routes() -> Vec<(&'static str, MethodRouter)> {
    vec![("/media/images/{user}/{file}", get(image))]
}

async fn image(Extension(cx): Extension<RequestContext>, Path((user, file)): Path<(String, String)>, asked: HeaderMap) -> Response<Body> {
    answer(&cx, &user, &file, &asked).await.unwrap_or_else(IntoResponse::into_response)
}

async fn answer(cx: &RequestContext, user: &str, file: &str, asked: &HeaderMap) -> Result<Response<Body>, AppError> {
    let id: ImageId = file.get(..36).unwrap_or_default().parse()?;
    let image = service::image(cx, id).await?;
    // an image has one address
    if service::address(image.user_id, &image) != format!("/media/images/{user}/{file}") {
        return Err(AppError::NotFound);
    }
    let tag: String = image.hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{tag}\"");
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("cookie, authorization"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::ETAG, HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("\"\"")));
    if asked.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return Ok(response);
    }
    headers
        .insert(header::CONTENT_TYPE, HeaderValue::from_str(&image.format).unwrap_or(HeaderValue::from_static("application/octet-stream")));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline"));
    let key = Key::image(image.user_id, image.id);
    let bytes = cx.storage.read(&key).await?.ok_or(AppError::Unavailable)?;
    // its name promises nothing about its bytes, its row does
    if blake3::hash(&bytes).as_bytes()[..] != image.hash[..] {
        tracing::error!(key = key.as_str(), "a kept image has changed; it is not given out");
        return Err(AppError::Unavailable);
    }
    headers.insert(header::CONTENT_LENGTH, bytes.len().into());
    *response.body_mut() = Body::from(bytes);
    Ok(response)
}
