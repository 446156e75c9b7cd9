//! Doors for machines that watch over this one.
use crate::platform::{Services, metrics};
use axum::{
    Router,
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};
use subtle::ConstantTimeEq;

pub fn router(services: Arc<Services>) -> Router {
    Router::new().route("/healthz", get(async || "ok")).route("/readyz", get(ready)).route("/metrics", get(numbers)).with_state(services)
}

/// Whether work can be done here: a proxy that asks sends people elsewhere while it can't.
async fn ready(State(services): State<Arc<Services>>) -> Response {
    if !services.db.answers_within(Duration::from_secs(2)).await {
        return (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "5")], "the database does not answer").into_response();
    }
    if services.storage.receive(1).await.is_err() {
        return (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "5")], "the storage takes nothing").into_response();
    }
    (StatusCode::OK, "ready").into_response()
}

/// For whoever has the token; without one, for programs on this machine that ask directly.
async fn numbers(State(services): State<Arc<Services>>, request: Request) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    if !may_read(&services.config.metrics_token, peer, request.headers()) {
        return StatusCode::NOT_FOUND.into_response();
    }
    match metrics::text(&services).await {
        Ok(text) => ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response(),
        Err(error) => error.into_response(),
    }
}

fn may_read(token: &str, peer: Option<IpAddr>, headers: &HeaderMap) -> bool {
    if token.is_empty() {
        // a reverse proxy on this machine is no reason to show the numbers to everybody behind it
        let was_forwarded =
            ["x-forwarded-for", "x-forwarded-proto", "forwarded", "via", "x-real-ip"].iter().any(|name| headers.contains_key(*name));
        return peer.is_some_and(|peer| peer.is_loopback()) && !was_forwarded;
    }
    let said = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(|value| value.strip_prefix("Bearer "));
    said.is_some_and(|said| said.as_bytes().ct_eq(token.as_bytes()).into())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_for_this_machine_or_for_the_token() {
        let (here, there) = (Some(IpAddr::from([127, 0, 0, 1])), Some(IpAddr::from([203, 0, 113, 9])));
        let headers =
            |pairs: &[(&'static str, &str)]| pairs.iter().map(|(n, v)| (n.parse().unwrap(), v.parse().unwrap())).collect::<HeaderMap>();
        assert!(may_read("", here, &headers(&[])));
        assert!(!may_read("", there, &headers(&[])));
        assert!(!may_read("", here, &headers(&[("x-forwarded-for", "203.0.113.9")])));
        assert!(!may_read("", None, &headers(&[])));
        assert!(may_read("a-long-token", there, &headers(&[("authorization", "Bearer a-long-token")])));
        assert!(!may_read("a-long-token", here, &headers(&[("authorization", "Bearer wrong")])));
        assert!(!may_read("a-long-token", here, &headers(&[])));
    }
}
