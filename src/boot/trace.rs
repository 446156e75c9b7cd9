//! Every request has an id: in its answer, on its error page and in each line of the log that it causes.
use crate::platform::{log, metrics, token};
use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use std::time::Instant;
use tracing::Instrument;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

pub async fn trace(request: Request, next: Next) -> Response {
    let (id, started) = (token::code(12), Instant::now());
    let method = request.method().clone();
    // never the query: it may hold what somebody searched for or a link's secret
    let path = request.uri().path().to_string();
    let kind = kind_of(&path);
    let span = tracing::info_span!("request", id);
    let work = async move {
        let response = next.run(request).await;
        let (status, took) = (response.status().as_u16(), started.elapsed());
        metrics::request(kind, status, took);
        let millis = took.as_millis() as u64;
        // pictures and files of the site come by the hundred: one looks for them on purpose
        if matches!(kind, "asset" | "media" | "health") && status < 500 {
            tracing::debug!(%method, path, status, millis, "answered");
        } else {
            tracing::info!(%method, path, status, millis, "answered");
        }
        response
    };
    let mut response = log::in_request(id.clone(), work.instrument(span)).await;
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

fn kind_of(path: &str) -> &'static str {
    let first = path.split('/').nth(1).unwrap_or_default();
    match first {
        "_fn" => "function",
        "media" => "media",
        "downloads" => "download",
        "live" => "live",
        "api" | "webhooks" => "api",
        "pkg" | "fonts" | "icons" => "asset",
        "healthz" | "readyz" | "metrics" => "health",
        _ if first.contains('.') => "asset",
        _ => "page",
    }
}
