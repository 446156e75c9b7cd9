//! Who is asking: the session cookie becomes an actor, once per request, for every door behind it.
use super::api;
use crate::{
    features::accounts::server::{cookie, service},
    platform::{Actor, Client, RequestContext, Services, network::Network},
    shared::Scope,
};
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

pub async fn identify(State(services): State<Arc<Services>>, mut request: Request, next: Next) -> Response {
    let cookies = CookieJar::from_headers(request.headers());
    let value = |name: &str| cookies.get(name).map(|cookie| cookie.value().to_string());
    let session = value(cookie::name(&services.config));
    let known = value(cookie::known(&services.config));
    let client = Client { session: session.clone(), known, ..client_of(&services, &request) };
    let shown = api::door::bearer(request.headers()).filter(|_| gives_bytes(request.uri().path()) && request.method().is_safe());
    let actor = match (shown, session) {
        // what the API names is fetched with the API's token
        (Some(token), _) => match service::believe(&services, token).await {
            Ok(believed) => {
                believed.filter(|b| b.scopes.contains(&scope_for(request.uri().path()))).map_or(Actor::Guest, |b| Actor::Person(b.person))
            }
            Err(error) => return error.into_response(),
        },
        (None, None) => Actor::Guest,
        (None, Some(secret)) => match service::actor_for(&services, &secret).await {
            Ok(actor) => actor,
            Err(error) => return error.into_response(),
        },
    };
    request.extensions_mut().insert(RequestContext { actor, client, services });
    next.run(request).await
}

fn gives_bytes(path: &str) -> bool {
    path.starts_with("/media/") || path.starts_with("/downloads/")
}

fn scope_for(path: &str) -> Scope {
    if path.starts_with("/media/images/") { Scope::ReadImages } else { Scope::ReadPhotos }
}

/// The other end of the connection, as every door sees it; without its cookies, which do not count at all of them.
pub fn client_of(services: &Services, request: &Request) -> Client {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::from([127, 0, 0, 1]), |info| info.0.ip());
    let headers = request.headers();
    let agent = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default().chars().take(200).collect();
    Client { address: client_address(peer, headers, &services.config.trusted_proxies), agent, session: None, known: None }
}

/// The peer, unless it is a proxy of ours: then the last address in X-Forwarded-For that is none.
fn client_address(peer: IpAddr, headers: &HeaderMap, proxies: &[Network]) -> IpAddr {
    let is_ours = |address: IpAddr| proxies.iter().any(|proxy| proxy.contains(address));
    if !is_ours(peer) {
        return peer;
    }
    let lines = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let hops: Vec<IpAddr> = lines.flat_map(|line| line.split(',')).filter_map(|hop| hop.trim().parse().ok()).collect();
    hops.into_iter().rev().find(|hop| !is_ours(*hop)).unwrap_or(peer)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn seen(peer: &str, forwarded: &str, proxies: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        let proxies: Vec<Network> = proxies.iter().map(|p| p.parse().unwrap()).collect();
        client_address(peer.parse().unwrap(), &headers, &proxies).to_string()
    }

    #[test]
    fn a_stranger_cannot_choose_the_address_by_a_header() {
        assert_eq!(seen("203.0.113.9", "10.0.0.1", &[]), "203.0.113.9");
        assert_eq!(seen("127.0.0.1", "198.51.100.7, 203.0.113.9", &["127.0.0.1"]), "203.0.113.9");
        assert_eq!(seen("127.0.0.1", "198.51.100.7, 127.0.0.1", &["127.0.0.1"]), "198.51.100.7");
        assert_eq!(seen("127.0.0.1", "rubbish", &["127.0.0.1"]), "127.0.0.1");
    }
}
