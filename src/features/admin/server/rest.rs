//! Letters as their readers see them. They are pages of their own, locked up tighter than ours: no scripts, no requests.
use super::service;
use crate::{
    platform::RequestContext,
    shared::{AppError, MailId},
};
use axum::{
    extract::Path,
    http::{HeaderName, header},
    response::{Html, IntoResponse},
    routing::{MethodRouter, get},
};

const LOCKED: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups; frame-ancestors 'none'; base-uri 'none'";

pub fn routes() -> Vec<(&'static str, MethodRouter)> {
    vec![("/admin/mail/{id}", get(letter)), ("/admin/letters/{name}", get(sample))]
}

async fn letter(cx: RequestContext, Path(id): Path<String>) -> Result<impl IntoResponse, AppError> {
    service::letter_html(&cx, id.parse::<MailId>()?).await.map(locked)
}

async fn sample(cx: RequestContext, Path(name): Path<String>) -> Result<impl IntoResponse, AppError> {
    service::sample_html(&cx, &name).await.map(locked)
}

fn locked(html: String) -> ([(HeaderName, &'static str); 2], Html<String>) {
    ([(header::CONTENT_SECURITY_POLICY, LOCKED), (header::CACHE_CONTROL, "private, no-store")], Html(html))
}
