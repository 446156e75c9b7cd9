//! The addresses that give out bytes. There are no others.
use super::{download, media};
use crate::{
    features::sharing::{Picture, Size},
    platform::RequestContext,
    shared::{AppError, PhotoId},
};
use axum::{
    Extension,
    body::Body,
    extract::Path,
    http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header},
    routing::{MethodRouter, get},
};

pub fn routes() -> Vec<(&'static str, MethodRouter)> {
    vec![
        ("/media/{photo}/{size}", get(picture)),
        ("/media/home/{photo}/{size}", get(home_picture)),
        ("/downloads/{photo}/{size}", get(download)),
    ]
}

type Asked = Path<(String, String)>;

async fn picture(Extension(cx): Extension<RequestContext>, Path((photo, size)): Asked, headers: HeaderMap) -> Response<Body> {
    let answer = async { media::picture(&cx, photo.parse::<PhotoId>()?, named::<Picture>(&size)?, &headers).await };
    answer.await.unwrap_or_else(refusal)
}

async fn home_picture(Extension(cx): Extension<RequestContext>, Path((photo, size)): Asked, headers: HeaderMap) -> Response<Body> {
    let answer = async { media::home_picture(&cx, photo.parse::<PhotoId>()?, named::<Picture>(&size)?, &headers).await };
    answer.await.unwrap_or_else(refusal)
}

async fn download(
    method: Method,
    Extension(cx): Extension<RequestContext>,
    Path((photo, size)): Asked,
    headers: HeaderMap,
) -> Response<Body> {
    let answer = async { download::download(&cx, photo.parse::<PhotoId>()?, named::<Size>(&size)?, &method, &headers).await };
    answer.await.unwrap_or_else(refusal)
}

/// A size that doesn't exist is "not found", like a photo that doesn't.
fn named<T: std::str::FromStr>(word: &str) -> Result<T, AppError> {
    word.parse().map_err(|_| AppError::NotFound)
}

/// No bytes, no reason that tells a foreign photo from a missing one, and nothing that a cache could keep.
fn refusal(error: AppError) -> Response<Body> {
    let mut response = Response::new(Body::from(error.to_string()));
    *response.status_mut() = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if matches!(error, AppError::Unavailable | AppError::Full) {
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    // somebody who followed a link gets a page instead of the bare words
    response.extensions_mut().insert(error);
    response
}
