//! The API's door: who asks is told by a bearer token and by nothing else, each answer has a number, and what goes
//! wrong has one shape.
use super::{doors::FirstRun, identify::client_of};
use crate::{
    features::accounts::server::service::{self as accounts, Believed},
    platform::{
        Actor, RequestContext, Services,
        config::Config,
        rest::{Bearer, Refusal, once::REPLAYED},
    },
    shared::{AppError, Scope},
};
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::{sync::Arc, time::Duration};
use tower_http::cors::{AllowOrigin, CorsLayer};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

#[derive(Clone)]
pub struct Guard {
    pub services: Arc<Services>,
    pub needs: Option<Scope>,
}

/// In front of one endpoint: the token becomes the actor. A token that is no good is refused, not passed over, except
/// where nobody needs one.
pub async fn guard(State(guard): State<Guard>, mut request: Request, next: Next) -> Response {
    let believed = match (bearer(request.headers()), guard.needs) {
        (_, None) => None,
        (None, Some(_)) => return Refusal::unauthenticated().into_response(),
        (Some(shown), Some(scope)) => match accounts::believe(&guard.services, shown).await {
            Ok(None) => return Refusal::bad_token().into_response(),
            Ok(Some(believed)) if !believed.scopes.contains(&scope) => return Refusal::forbidden().into_response(),
            Ok(believed) => believed,
            Err(error) => return Refusal::from(error).into_response(),
        },
    };
    let cx = context(&guard.services, &request, believed.as_ref());
    if let Some(believed) = believed {
        request.extensions_mut().insert(believed.me);
        request.extensions_mut().insert(Bearer { cx: cx.clone(), family: believed.family });
    }
    request.extensions_mut().insert(cx);
    next.run(request).await
}

fn context(services: &Arc<Services>, request: &Request, believed: Option<&Believed>) -> RequestContext {
    let actor = believed.map_or(Actor::Guest, |believed| Actor::Person(believed.person.clone()));
    RequestContext { actor, client: client_of(services, request), services: services.clone() }
}

/// The token of `Authorization: Bearer …`, if that is what the request shows.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// A browser that brings its session along must come from a page of ours, although the session opens nothing here.
pub async fn own_cookies(request: Request, next: Next) -> Response {
    let brings = request.headers().get_all(header::COOKIE).iter().any(|v| String::from_utf8_lossy(v.as_bytes()).contains("pv_session"));
    let site = request.headers().get("sec-fetch-site").and_then(|v| v.to_str().ok());
    if brings && !request.method().is_safe() && site != Some("same-origin") {
        return Refusal::new(StatusCode::FORBIDDEN, "This request came from another site with our cookie. Send a bearer token alone.")
            .into_response();
    }
    next.run(request).await
}

/// What one person is told is nothing for a cache that others read.
pub async fn for_one_alone(request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_string());
    let mut response = next.run(request).await;
    if response.status().is_server_error() {
        tracing::warn!(%method, path, status = response.status().as_u16(), "the API could not answer");
    }
    let headers = response.headers_mut();
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
    headers.append(header::VARY, HeaderValue::from_static("authorization"));
    response
}

/// What was read before and is still the same costs no bytes.
pub async fn tagged(request: Request, next: Next) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let response = next.run(request).await;
    let is_json = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    if response.status() != StatusCode::OK || !is_json {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else { return Refusal::from(AppError::Unavailable).into_response() };
    let tag = format!("\"{}\"", &blake3::hash(&bytes).to_hex()[..32]);
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        parts.headers.insert(header::ETAG, tag);
    }
    let known = known.as_ref().and_then(|value| value.to_str().ok()).unwrap_or_default();
    if known.split(',').map(str::trim).any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag) {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_TYPE);
        parts.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// Before the studio is open nobody has anything to ask.
pub async fn set_up_first(State(run): State<Arc<FirstRun>>, request: Request, next: Next) -> Response {
    match run.is_over().await {
        Ok(true) => next.run(request).await,
        Ok(false) => {
            let closed = Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "This studio is not set up yet.");
            Refusal { retry_after: Some(60), ..closed }.into_response()
        }
        Err(error) => Refusal::from(error).into_response(),
    }
}

/// Lets pages of other sites ask here, as far as the settings say.
pub fn across<S: Clone + Send + Sync + 'static>(router: Router<S>, config: &Config) -> Router<S> {
    match cross_origin(config) {
        Some(layer) => router.layer(layer),
        None => router,
    }
}

/// Closed unless the settings name somebody. Their pages ask with a token: a browser never adds our cookies for them.
fn cross_origin(config: &Config) -> Option<CorsLayer> {
    let origins = match config.cors_origins.as_slice() {
        [] => return None,
        [all] if all == "*" => AllowOrigin::any(),
        some => AllowOrigin::list(some.iter().filter_map(|origin| origin.parse().ok())),
    };
    Some(
        CorsLayer::new()
            .allow_origin(origins)
            .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE])
            .allow_headers([
                header::AUTHORIZATION,
                header::CONTENT_TYPE,
                header::IF_NONE_MATCH,
                header::RANGE,
                header::IF_RANGE,
                HeaderName::from_static("idempotency-key"),
            ])
            .expose_headers([
                header::ETAG,
                header::LINK,
                header::LOCATION,
                header::RETRY_AFTER,
                header::CONTENT_RANGE,
                header::CONTENT_DISPOSITION,
                REQUEST_ID,
                REPLAYED,
            ])
            .max_age(Duration::from_secs(600)),
    )
}

/// Whether a program asks, who reads no pages.
pub fn is_ours(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

/// What goes wrong in front of this door is told to programs in the same shape as what goes wrong behind it.
pub async fn one_shape(request: Request, next: Next) -> Response {
    let is_ours = is_ours(request.uri().path());
    let response = next.run(request).await;
    match response.extensions().get::<AppError>() {
        Some(error) if is_ours => {
            let mut told = Refusal::from(error.clone()).into_response();
            // pages of others that may ask here may read this, too
            for (name, value) in response.headers().iter().filter(|(name, _)| name.as_str().starts_with("access-control-")) {
                told.headers_mut().append(name, value.clone());
            }
            told
        }
        _ => response,
    }
}

pub async fn nothing() -> Refusal {
    Refusal::not_found()
}

pub async fn wrong_method(method: Method) -> Refusal {
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, format!("Method \"{method}\" not allowed."))
}

/// One request's panic ends that request only.
pub fn panicked(cause: Box<dyn std::any::Any + Send>) -> Response {
    let words = cause.downcast_ref::<&str>().map(|s| s.to_string()).or_else(|| cause.downcast_ref::<String>().cloned()).unwrap_or_default();
    Refusal::from(crate::platform::log::internal("panic in the API", &words)).into_response()
}
