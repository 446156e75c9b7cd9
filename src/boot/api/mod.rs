//! The REST API: every domain's endpoints under one door, with the document that describes them.
pub mod document;
pub mod door;

mod again;
mod docs;

use super::{doors, identify};
use crate::{
    features::{accounts, delivery, galleries, images, orders, sharing},
    platform::{Services, rest::Endpoint},
};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{any, get},
};
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;

const LARGEST_BODY: usize = 1024 * 1024;

/// Everything that the API can do, on one screen.
pub fn endpoints() -> Vec<Endpoint> {
    [
        accounts::server::rest::endpoints(),
        images::server::rest::endpoints(),
        galleries::server::rest::endpoints(),
        sharing::server::assigning::endpoints(),
        delivery::server::rest::endpoints(),
        orders::server::programs::endpoints(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Lives beside the pages' doors, not behind them: no cookie opens anything here.
pub fn router(services: Arc<Services>, first_run: Arc<doors::FirstRun>) -> Router {
    let mut router = Router::new();
    for endpoint in endpoints() {
        let (_, paths, methods) = endpoint.described;
        let guard = door::Guard { services: services.clone(), needs: endpoint.needs };
        let methods =
            methods.route_layer(middleware::from_fn(again::again)).route_layer(middleware::from_fn_with_state(guard, door::guard));
        let also = endpoint.also.iter().map(ToString::to_string);
        for path in paths.paths.keys().cloned().chain(also) {
            // with and without a slash at the end: programs don't follow redirects with a body
            router = router.route(&format!("{path}/"), methods.clone()).route(&path, methods.clone());
        }
    }
    let router = router
        .route("/api/v1/openapi.json", get(docs::document))
        .route("/api/docs", get(docs::page))
        .route("/api/docs/", get(docs::page))
        .route("/api/docs/{file}", get(docs::file))
        .route("/api", get(door::nothing))
        .route("/api/", any(door::nothing))
        .route("/api/{*rest}", any(door::nothing))
        .method_not_allowed_fallback(door::wrong_method)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(middleware::from_fn(door::tagged))
        .layer(middleware::from_fn_with_state(first_run, door::set_up_first))
        .layer(CatchPanicLayer::custom(door::panicked));
    door::across(router, &services.config).layer(middleware::from_fn(door::own_cookies)).layer(middleware::from_fn(door::for_one_alone))
}
