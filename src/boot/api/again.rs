//! What the database undid because another was faster is done anew, as it is for the forms of pages.
use crate::platform::{
    db::retrying,
    rest::{is_json, whole_body},
};
use axum::{
    body::{Body, Bytes},
    extract::Request,
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// It left no trace, so it may be asked for again; but a form with files comes only once.
pub async fn again(request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let body = match parts.headers.get(header::CONTENT_TYPE).map(|kind| kind.to_str().unwrap_or_default()) {
        // of no kind: nobody reads it
        None => Bytes::new(),
        Some(kind) if is_json(kind) => match whole_body(Request::from_parts(parts.clone(), body)).await {
            Ok(bytes) => bytes,
            Err(refusal) => return refusal.into_response(),
        },
        Some(_) => return next.run(Request::from_parts(parts, body)).await,
    };
    let work = || next.clone().run(Request::from_parts(parts.clone(), Body::from(body.clone())));
    retrying(work, |response: &Response| response.status() == StatusCode::SERVICE_UNAVAILABLE).await
}
