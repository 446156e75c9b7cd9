//! The doors of money that no page stands behind: the provider's messages, the way back from its form, and papers.
use super::{invoices, service};
use crate::{
    paths,
    platform::{RequestContext, Services, payment::stripe::signature},
    shared::AppError,
};
use axum::{
    Extension, Router,
    body::{Body, to_bytes},
    extract::{Path, Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{MethodRouter, get, post},
};
use futures::Stream;
use std::sync::Arc;

/// More than any event has.
const LARGEST_EVENT: usize = 512 * 1024;

pub fn routes() -> Vec<(&'static str, MethodRouter)> {
    vec![
        ("/orders/{number}/paid", get(paid)),
        ("/invoices/{number}", get(paper)),
        ("/payments.csv", get(own_payments)),
        ("/studio/payments.csv", get(studio_payments)),
    ]
}

/// Its sender has no session and no page: the signature is what lets it in.
pub fn webhook_router(services: Arc<Services>) -> Router {
    Router::new().route("/api/payments/webhook", post(webhook)).with_state(services)
}

async fn webhook(State(services): State<Arc<Services>>, request: Request) -> Response {
    let Some(stripe) = &services.stripe else { return StatusCode::NOT_FOUND.into_response() };
    let (parts, body) = request.into_parts();
    let text = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let Ok(body) = to_bytes(body, LARGEST_EVENT).await else { return refused() };
    let is_plain = matches!(text("content-encoding"), "" | "identity");
    let secrets = &stripe.settings().webhook_secrets;
    if !is_plain || !signature::is_genuine(secrets, text("stripe-signature"), &body, services.clock.now()) {
        return refused();
    }
    match service::receive_event(&RequestContext::system(services.clone()), &body).await {
        Ok(()) => (StatusCode::OK, "thank you").into_response(),
        Err(AppError::BadRequest) => refused(),
        // not written down: it is to be sent again
        Err(error) => error.into_response(),
    }
}

fn refused() -> Response {
    (StatusCode::BAD_REQUEST, "not accepted").into_response()
}

/// Back from the provider's form, perhaps by way of a bank: what became of it is asked there, not read from the address.
async fn paid(Extension(cx): Extension<RequestContext>, Path(number): Path<String>) -> Response {
    match service::confirm_card_payment(&cx, &number).await {
        // the order's page says that it is being checked
        Ok(_) | Err(AppError::Unavailable) => Redirect::to(&paths::order(&number)).into_response(),
        Err(error) => error.into_response(),
    }
}

async fn paper(Extension(cx): Extension<RequestContext>, Path(number): Path<String>) -> Response {
    let number = number.strip_suffix(".pdf").unwrap_or(&number);
    match invoices::pdf(&cx, number).await {
        Ok(bytes) => file(bytes, "application/pdf", &format!("inline; filename=\"{number}.pdf\"")),
        Err(error) => error.into_response(),
    }
}

async fn own_payments(Extension(cx): Extension<RequestContext>) -> Response {
    table(service::my_payments_csv(&cx).await)
}

async fn studio_payments(Extension(cx): Extension<RequestContext>) -> Response {
    table(service::studio_payments_csv(&cx).await)
}

fn table(rows: Result<impl Stream<Item = Result<String, AppError>> + Send + 'static, AppError>) -> Response {
    match rows {
        Ok(rows) => file(Body::from_stream(rows), "text/csv; charset=utf-8", "attachment; filename=\"payments.csv\""),
        Err(error) => error.into_response(),
    }
}

fn file(body: impl Into<Body>, kind: &str, disposition: &str) -> Response {
    let mut headers = HeaderMap::new();
    for (name, value) in [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, "private, no-store"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; sandbox"),
    ] {
        if let Ok(value) = value.parse() {
            headers.insert(name, value);
        }
    }
    (headers, body.into()).into_response()
}
