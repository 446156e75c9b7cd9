use super::{api, assets::Assets, bare, doors, headers, health, identify, live, pages, patience, trace};
use crate::{
    features::{admin, images, orders, sharing},
    platform::Services,
};
use axum::{
    Router, middleware,
    response::{IntoResponse, Response},
    routing::{MethodRouter, get, post},
};
use std::{any::Any, sync::Arc};
use tower_http::catch_panic::CatchPanicLayer;

/// The whole server: who comes in by which door.
pub fn router(services: Arc<Services>, site_root: &str) -> Router {
    leptos_axum::generate_route_list(crate::app::App); // also makes Leptos run its tasks on Tokio
    let assets = Arc::new(Assets::open(site_root));
    let first_run = doors::FirstRun::of(services.clone());
    api::door::across(routed(bytes()), &services.config)
        .merge(routed(own()))
        .fallback(pages::page)
        .layer(middleware::from_fn(doors::friendly_errors))
        .layer(middleware::from_fn_with_state(first_run.clone(), doors::first_run))
        .layer(middleware::from_fn(doors::own_origin))
        .layer(middleware::from_fn_with_state(services.clone(), identify::identify))
        .merge(api::router(services.clone(), first_run))
        .layer(middleware::from_fn_with_state(assets, super::assets::serve))
        .layer(middleware::from_fn_with_state(services.clone(), headers::https_only))
        .merge(orders::server::rest::webhook_router(services.clone()))
        .layer(middleware::from_fn(patience::steady_senders))
        .layer(middleware::from_fn_with_state(services.clone(), patience::not_in_vain))
        .merge(health::router(services.clone()))
        .layer(middleware::from_fn(doors::one_spelling))
        .layer(catch_panics())
        .layer(middleware::from_fn(api::door::one_shape))
        .layer(middleware::from_fn(bare::in_words))
        .layer(middleware::from_fn_with_state(services, headers::secure))
        .layer(middleware::from_fn(trace::trace))
}

type Routes = Vec<(&'static str, MethodRouter)>;

/// Everything behind a session that is neither a page nor of the API. A test holds a row for each.
pub fn byways() -> Routes {
    own().into_iter().chain(bytes()).collect()
}

/// What the API's answers point to, so that the pages of others that may ask there may ask here.
fn bytes() -> Routes {
    sharing::server::rest::routes().into_iter().chain(images::server::bytes::routes()).collect()
}

fn own() -> Routes {
    let doors = vec![("/live", get(live::stream)), ("/_fn/{name}", post(doors::server_function).get(doors::back_to_the_page))];
    [doors, admin::server::rest::routes(), orders::server::rest::routes()].into_iter().flatten().collect()
}

fn routed(routes: Routes) -> Router {
    routes.into_iter().fold(Router::new(), |router, (path, methods)| router.route(path, methods))
}

/// One request's panic ends that request only.
pub(super) fn catch_panics() -> CatchPanicLayer<fn(Box<dyn Any + Send>) -> Response> {
    let answer: fn(Box<dyn Any + Send>) -> Response = panicked;
    CatchPanicLayer::custom(answer)
}

fn panicked(cause: Box<dyn Any + Send>) -> Response {
    let words = cause.downcast_ref::<&str>().map(|s| s.to_string()).or_else(|| cause.downcast_ref::<String>().cloned()).unwrap_or_default();
    crate::platform::log::internal("panic", &words).into_response()
}
