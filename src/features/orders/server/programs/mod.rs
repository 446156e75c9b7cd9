//! Orders and payments for programs.
mod orders;
mod payments;

use crate::{
    features::orders::PaymentMethod,
    platform::{
        RequestContext,
        rest::{Endpoint, Refusal},
    },
};
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

pub fn endpoints() -> Vec<Endpoint> {
    orders::endpoints().into_iter().chain(payments::endpoints()).collect()
}

#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Method {
    /// By bank transfer or at the studio.
    #[default]
    Offline,
    /// Paid by `create-intent`, which gives the secret for the provider's form.
    Card,
    /// Moves no money; only where the settings switch it on.
    Sandbox,
}

/// A way to pay that the studio doesn't offer is a matter of its settings, not a mistake in the request.
fn offered(cx: &RequestContext, method: Method) -> Result<PaymentMethod, Refusal> {
    match method {
        Method::Offline => Ok(PaymentMethod::Offline),
        Method::Sandbox => Ok(PaymentMethod::Sandbox),
        Method::Card if cx.stripe.is_some() => Ok(PaymentMethod::Card),
        Method::Card => Err(Refusal::new(StatusCode::CONFLICT, "Card payments are not configured.")),
    }
}
