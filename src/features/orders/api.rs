use super::{CheckoutView, PaymentMethod, CheckoutForm, SandboxWish};
use crate::{paths, shared::AppError};
use leptos::prelude::*;

#[server(prefix = "/_fn", endpoint = "checkout_page")]
pub async fn checkout_page() -> Result<CheckoutView, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::checkout(&cx).await
}

#[server(prefix = "/_fn", endpoint = "place_order")]
pub async fn place_order(expected_total: i64, #[server(default)] seal: String, payment: PaymentMethod, #[server(default)] wish: SandboxWish) -> Result<String, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    let number = super::server::service::place_order(&cx, CheckoutForm { expected_total, seal, payment, wish }).await?;
    crate::platform::answer::go_to(&paths::order(&number), "Order placed.");
    Ok(number)
}

#[server(prefix = "/_fn", endpoint = "pay_order")]
pub async fn pay_order(number: String, payment: PaymentMethod, #[server(default)] wish: SandboxWish) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::pay_order(&cx, &number, payment, wish).await?;
    crate::platform::answer::go_to(&paths::order(&number), "");
    Ok(())
}

/// Asked from the buyer's page and from the studio's; each leads back to itself.
#[server(prefix = "/_fn", endpoint = "check_payment")]
pub async fn check_payment(number: String) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::check_payment(&cx, &number).await
}

#[server(prefix = "/_fn", endpoint = "mark_paid")]
pub async fn mark_paid(number: String, #[server(default)] paid_on: String, #[server(default)] reference: String) -> Result<(), AppError> {
    use super::server::service::{MarkPaid, Marked};
    let cx = crate::platform::RequestContext::current().await?;
    let notice = match super::server::service::mark_paid(&cx, &number, MarkPaid { paid_on, reference }).await? {
        Marked::Now => "Order marked paid. The receipt is on its way.",
        Marked::Already => "This order is paid already.",
    };
    crate::platform::answer::go_to(&paths::studio_order(&number), notice);
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "cancel_order")]
pub async fn cancel_order(number: String) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::cancel_order(&cx, &number).await?;
    crate::platform::answer::say("Order cancelled.");
    Ok(())
}
