//! Pictures for looking at. The browser keeps them privately and asks each time whether they still hold: a revoked
//! right is gone with the next request, and "still the same" costs the question but not the bytes.
use super::{Allowed, authorise, home};
use crate::{
    features::sharing::{Capability, Picture},
    platform::{RequestContext, storage::Key},
    shared::{AppError, PhotoId},
};
use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Response, StatusCode, header},
};

const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-cache");
/// The studio's own show window; what is taken out of it is gone for everybody within five minutes.
const PUBLIC: HeaderValue = HeaderValue::from_static("public, max-age=300");

/// Raised when the program begins to make other pictures from the same originals, so that old ones are not kept.
const RECIPE: u32 = 1;

pub async fn picture(cx: &RequestContext, photo: PhotoId, picture: Picture, asked: &HeaderMap) -> Result<Response<Body>, AppError> {
    let allowed = authorise(cx, Capability::View, photo).await?;
    answer(cx, allowed.picture(picture), &tag(&allowed, picture), PRIVATE, asked).await
}

pub async fn home_picture(cx: &RequestContext, photo: PhotoId, picture: Picture, asked: &HeaderMap) -> Result<Response<Body>, AppError> {
    let variant = home::variant_for_all(&cx.db, photo, picture).await?.ok_or(AppError::NotFound)?;
    let tag = format!("\"home-{photo}-{variant}-{RECIPE}\"");
    answer(cx, Key::variant(photo, &variant), &tag, PUBLIC, asked).await
}

/// The same bytes have the same tag: which original, which size, which watermark.
fn tag(allowed: &Allowed, picture: Picture) -> String {
    let mut tag = String::with_capacity(48);
    tag.push('"');
    for byte in allowed.photo.blob_hash.iter().take(8) {
        tag.push_str(&format!("{byte:02x}"));
    }
    tag.push('-');
    tag.push_str(&allowed.variant(picture));
    tag.push_str(&format!("-{RECIPE}\""));
    tag
}

async fn answer(cx: &RequestContext, key: Key, tag: &str, cached: HeaderValue, asked: &HeaderMap) -> Result<Response<Body>, AppError> {
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, cached);
    headers.insert(header::VARY, HeaderValue::from_static("cookie, authorization"));
    if let Ok(tag) = HeaderValue::from_str(tag) {
        headers.insert(header::ETAG, tag);
    }
    if is_known(asked, tag) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return Ok(response);
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // not made yet, or being made again with another watermark: never anything else in its place
    let bytes = cx.storage.read(&key).await?.ok_or(AppError::NotFound)?;
    *response.body_mut() = Body::from(bytes);
    Ok(response)
}

fn is_known(asked: &HeaderMap, tag: &str) -> bool {
    let known = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    known.flat_map(|list| list.split(',')).map(str::trim).any(|one| one.strip_prefix("W/").unwrap_or(one) == tag || one == "*")
}
