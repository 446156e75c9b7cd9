use super::{api, assets::Assets, doors, headers, health, identify, live, pages, patience, trace};
use crate::{
    features::{admin, images, orders, sharing},
    platform::Services,
};
use axum::{
    Router, middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;

/// The whole server: who comes in by which door.
pub fn router(services: Arc<Services>, site_root: &str) -> Router {
    leptos_axum::generate_route_list(crate::app::App); // also makes Leptos run its tasks on Tokio
    let assets = Arc::new(Assets::open(site_root));
    Router::new()
        .route("/live", get(live::stream))
        .route("/_fn/{name}", post(doors::server_function).get(doors::back_to_the_page))
        .merge(sharing::server::rest::router())
        .merge(images::server::bytes::router())
        .merge(admin::server::rest::router())
        .merge(orders::server::rest::router())
        .fallback(pages::page)
        .layer(middleware::from_fn(doors::friendly_errors))
        .layer(middleware::from_fn_with_state(services.clone(), doors::first_run))
        .layer(middleware::from_fn(doors::own_origin))
        .layer(middleware::from_fn_with_state(services.clone(), identify::identify))
        .merge(api::router(services.clone()))
        .layer(middleware::from_fn_with_state(assets, super::assets::serve))
        .layer(middleware::from_fn_with_state(services.clone(), headers::https_only))
        .merge(orders::server::rest::webhook_router(services.clone()))
        .layer(middleware::from_fn(patience::steady_senders))
        .layer(middleware::from_fn_with_state(services.clone(), patience::not_in_vain))
        .merge(health::router(services.clone()))
        .layer(middleware::from_fn(doors::one_spelling))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn_with_state(services, headers::secure))
        .layer(middleware::from_fn(trace::trace))
}

/// One request's panic ends that request only.
fn panicked(cause: Box<dyn std::any::Any + Send>) -> Response {
    let words = cause.downcast_ref::<&str>().map(|s| s.to_string()).or_else(|| cause.downcast_ref::<String>().cloned()).unwrap_or_default();
    crate::platform::log::internal("panic", &words).into_response()
}
