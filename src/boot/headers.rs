//! The headers that every answer carries, errors and media included.
use crate::platform::{Services, answer::CARD_FORM, payment::StripeSettings};
use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use leptos::{nonce::use_nonce, prelude::use_context};
use leptos_axum::ResponseOptions;
use std::sync::Arc;

/// Scripts from our own files only; a page adds the nonce of the few lines that Leptos writes into it. Inline style
/// attributes carry a photograph's shape and placeholder, nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; style-src-attr 'unsafe-inline'; \
img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'";

const ALWAYS: &[(&str, &str)] = &[
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    // our own forms need to know their page; strangers learn nothing
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(self), usb=()"),
];

/// Called while a page is drawn: lets the page's own inline lines run, and nobody else's.
pub fn allow_own_lines() {
    let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) else { return };
    let policy = POLICY.replace("script-src 'self'", &format!("script-src 'self' 'nonce-{nonce}'"));
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// Behind a proxy that speaks HTTPS, who came by plain HTTP is sent there. The header can only be lied about to one's own
/// disadvantage; without it nothing is known, and nobody is sent in a circle.
pub async fn https_only(State(services): State<Arc<Services>>, request: Request, next: Next) -> Response {
    let came_plain = request.headers().get("x-forwarded-proto").is_some_and(|scheme| scheme == "http");
    if came_plain && services.config.is_https() && services.config.https_redirect {
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
        return Redirect::permanent(&services.config.link(path)).into_response();
    }
    next.run(request).await
}

/// The page on which a card is given lets the provider's script and frames in, and the browser ask its address.
fn with_card_form(policy: &str, stripe: &StripeSettings) -> String {
    let origin = |url: &str| url.split('/').take(3).collect::<Vec<_>>().join("/");
    let (script, api) = (origin(&stripe.js_url), origin(&stripe.api_base));
    let more = |directive: &str| match directive {
        "script-src" => format!(" {script} https://*.js.stripe.com"),
        "connect-src" => format!(" {api} {script}"),
        "img-src" => " https://*.stripe.com".into(),
        _ => String::new(),
    };
    let widened = policy.split(';').map(str::trim).map(|part| format!("{part}{}", more(part.split(' ').next().unwrap_or_default())));
    format!("{}; frame-src {script} https://*.js.stripe.com https://hooks.stripe.com", widened.collect::<Vec<_>>().join("; "))
}

pub async fn secure(State(services): State<Arc<Services>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let is_busy = response.status() == StatusCode::SERVICE_UNAVAILABLE;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.entry(*name).or_insert(HeaderValue::from_static(value));
    }
    if let (Some(_), Some(stripe)) = (headers.remove(CARD_FORM), &services.config.stripe) {
        let policy = headers.get(header::CONTENT_SECURITY_POLICY).and_then(|policy| policy.to_str().ok()).unwrap_or(POLICY);
        if let Ok(policy) = HeaderValue::try_from(with_card_form(policy, stripe)) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        headers.insert("permissions-policy", HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=*, usb=()"));
    }
    if is_busy {
        // also for a page that could be drawn only in part
        headers.entry(header::RETRY_AFTER).or_insert(HeaderValue::from_static("5"));
    }
    if services.config.is_https() {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000; includeSubDomains"));
    }
    response
}
