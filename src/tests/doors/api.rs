//! Every address of the API × everybody × own, foreign and missing things. The list of addresses comes from the program:
//! a new one without a row fails. Older names of an address are tried like the address itself.
use super::house::{Answer, EVERYBODY, House, missing};
use crate::support::worlds;
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use photovault::{boot::api::endpoints, platform::rest::Endpoint};
use std::collections::BTreeSet;
use utoipa::openapi::PathItem;

/// Method, address, body, and who may. What destroys stands last, because the rows are tried in this order.
const ROWS: &[(&str, &str, &str, &str)] = &[
    ("POST", "/api/v1/auth/signup", "{}", "gabpqcod"),
    ("POST", "/api/v1/auth/login", "{}", "gabpqcod"),
    ("POST", "/api/v1/auth/refresh", r#"{"refresh": "x"}"#, ""),
    ("POST", "/api/v1/auth/verify-email", r#"{"email": "x@example.com", "code": "1"}"#, "gabpqcod"),
    ("POST", "/api/v1/auth/resend-otp", r#"{"email": "x@example.com"}"#, "gabpqcod"),
    ("POST", "/api/v1/auth/password", "{}", "abpqco"),
    ("GET", "/api/v1/me", "", "abpqco"),
    ("PUT", "/api/v1/me", "{}", "abpqco"),
    ("GET", "/api/v1/images", "", "abpqco"),
    ("POST", "/api/v1/images", "{}", "abpqco"),
    ("GET", "/api/v1/images/{image}", "", "a"),
    ("GET", "/api/v1/photos", "", "abpqco"),
    ("POST", "/api/v1/photos", "{}", "pqo"),
    ("PUT", "/api/v1/photos/assign", r#"{"gallery": "{gallery}", "emails": ["x@example.com"]}"#, "po"),
    ("GET", "/api/v1/photos/{photo}", "", "apo"),
    ("GET", "/api/v1/orders", "", "abpqco"),
    (
        "POST",
        "/api/v1/orders",
        r#"{"items": [{"photo": "{photo}", "size": "original"}], "expected_total": {"amount": 1, "currency": "EUR"}}"#,
        "a",
    ),
    ("GET", "/api/v1/orders/{order}", "", "apo"),
    ("POST", "/api/v1/payments/create-intent", r#"{"order": "{order}", "method": "offline"}"#, "a"),
    ("POST", "/api/v1/payments/confirm", r#"{"order": "{order}"}"#, "apo"),
    ("GET", "/api/v1/payments/history", "", "abpqco"),
    ("PUT", "/api/v1/orders/{order}/status", r#"{"status": "cancelled"}"#, "apo"),
    ("DELETE", "/api/v1/images/{image}", "", "a"),
    ("POST", "/api/v1/auth/logout", "", "abpqco"),
];

/// What one has done, the next finds done already; the address itself is tried, its other names are the same handler.
const ONCE: &[&str] = &["/api/v1/images/{image}", "/api/v1/auth/logout"];

/// The methods of one address of the description.
fn methods(item: &PathItem) -> impl Iterator<Item = &'static str> {
    let all = [("GET", &item.get), ("POST", &item.post), ("PUT", &item.put), ("DELETE", &item.delete)];
    all.into_iter().filter(|(_, operation)| operation.is_some()).map(|(method, _)| method)
}

/// The address as the rows write it, and all its names.
fn names(method: &str, path: &str) -> Vec<String> {
    let generic = |path: &str| path.replace("{image}", "{id}").replace("{photo}", "{id}").replace("{order}", "{id}");
    let mut all = vec![path.to_string()];
    let is_it = |endpoint: &Endpoint| endpoint.described.1.paths.get(&generic(path)).is_some_and(|item| methods(item).any(|m| m == method));
    for endpoint in endpoints().into_iter().filter(is_it) {
        let placeholder = path.find('{').map(|at| path[at..].split_inclusive('}').next().unwrap_or_default()).unwrap_or_default();
        all.extend(endpoint.also.iter().map(|name| format!("{}/", name.replace("{id}", placeholder).replace("{number}", placeholder))));
    }
    all.sort();
    all.dedup();
    all
}

#[test]
fn every_address_has_its_row() {
    let plain = |path: &str| path.split('/').map(|part| if part.starts_with('{') { "*" } else { part }).collect::<Vec<_>>().join("/");
    let mut known = BTreeSet::new();
    for endpoint in endpoints() {
        for (path, item) in endpoint.described.1.paths {
            known.extend(methods(&item).map(|method| (method, plain(&path))));
        }
    }
    let rows: BTreeSet<_> = ROWS.iter().map(|(method, path, ..)| (*method, plain(path))).collect();
    assert_eq!(known, rows);
}

async fn knock(house: &House, who: char, method: &str, path: &str, body: &str) -> Answer {
    let mut request = Request::builder().method(method).uri(path).header(header::HOST, "127.0.0.1:3000");
    if let Some(token) = house.token(who) {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    if !body.is_empty() {
        request = request.header(header::CONTENT_TYPE, "application/json");
    }
    house.send(request.body(Body::from(body.to_string())).unwrap()).await
}

fn is_refused(status: StatusCode) -> bool {
    matches!(status.as_u16(), 401 | 403 | 404)
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_may_what_their_people_may() {
    for world in worlds().await {
        let house = House::open(&world).await;
        let mut wrong = vec![];
        for allowed in [false, true] {
            for (method, path, body, may) in ROWS {
                for who in EVERYBODY.chars().filter(|who| may.contains(*who) == allowed) {
                    let once = allowed && ONCE.contains(path) && *method != "GET";
                    for name in names(method, path).iter().filter(|name| !once || name.as_str() == *path) {
                        // not one door's guesses stand in another's way
                        world.later(61_000);
                        let answer = knock(&house, who, method, &house.own(name), &house.own(body)).await;
                        let status = answer.status;
                        if status.is_server_error() || is_refused(status) == allowed || status == 405 {
                            wrong.push(format!("{method} {name} by {who}: {status}"));
                        }
                        if !allowed && (name.contains('{') || body.contains("\"{")) {
                            let none = knock(&house, who, method, &missing(name), &missing(body)).await;
                            if answer.told(&house) != none.told(&house) {
                                wrong.push(format!("{method} {name} tells {who} more of what is foreign: {}", answer.told(&house)));
                            }
                        }
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}: {wrong:#?}", world.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_exist_is_not_found_for_every_program() {
    for world in worlds().await {
        let house = House::open(&world).await;
        for (method, path, body, _) in ROWS.iter().filter(|(_, path, body, _)| path.contains('{') || body.contains("\"{")) {
            for who in EVERYBODY.chars() {
                let status = knock(&house, who, method, &missing(path), &missing(body)).await.status;
                assert!(matches!(status.as_u16(), 401 | 404), "{method} {path} by {who}: {status}");
            }
        }
    }
}
