use super::{
    CheckoutView, Client, OrderRow, OrderStatus, OrderView, PaymentMethod, Purchase, SalesOverview, SandboxWish, StudioOrderRow,
    StudioOrderView,
};
use crate::shared::{AppError, Page, UserId};
use leptos::prelude::*;

#[server(prefix = "/_fn", endpoint = "checkout_page")]
pub async fn checkout_page() -> Result<CheckoutView, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::checkout(&cx).await
}

#[server(prefix = "/_fn", endpoint = "place_order")]
pub async fn place_order(
    expected_total: i64,
    #[server(default)] seal: String,
    payment: PaymentMethod,
    #[server(default)] wish: SandboxWish,
) -> Result<String, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    let number = super::server::service::place_order(&cx, super::CheckoutForm { expected_total, seal, payment, wish }).await?;
    crate::platform::answer::go_to(&crate::paths::order(&number), "Order placed.");
    Ok(number)
}

#[server(prefix = "/_fn", endpoint = "pay_order")]
pub async fn pay_order(number: String, payment: PaymentMethod, #[server(default)] wish: SandboxWish) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::pay_order(&cx, &number, payment, wish).await?;
    crate::platform::answer::go_to(&crate::paths::order(&number), "");
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
    crate::platform::answer::go_to(&crate::paths::studio_order(&number), notice);
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "cancel_order")]
pub async fn cancel_order(number: String) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::cancel_order(&cx, &number).await?;
    crate::platform::answer::say("Order cancelled.");
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "order_page")]
pub async fn order_page(number: String) -> Result<OrderView, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::order_page(&cx, &number).await
}

#[server(prefix = "/_fn", endpoint = "my_orders")]
pub async fn my_orders(after: Option<String>) -> Result<Page<OrderRow>, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::my_orders(&cx, after).await
}

#[server(prefix = "/_fn", endpoint = "purchases")]
pub async fn purchases(after: Option<String>) -> Result<Page<Purchase>, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::purchases(&cx, after).await
}

#[server(prefix = "/_fn", endpoint = "studio_orders")]
pub async fn studio_orders(
    status: Option<OrderStatus>,
    client: Option<UserId>,
    after: Option<String>,
) -> Result<Page<StudioOrderRow>, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::studio_orders(&cx, super::server::service::OrderFilter { status, client, after }).await
}

#[server(prefix = "/_fn", endpoint = "studio_order")]
pub async fn studio_order(number: String) -> Result<StudioOrderView, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::studio_order(&cx, &number).await
}

#[server(prefix = "/_fn", endpoint = "sales_of_today")]
pub async fn sales_of_today() -> Result<SalesOverview, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::overview(&cx).await
}

#[server(prefix = "/_fn", endpoint = "clients_page")]
pub async fn clients_page() -> Result<Vec<Client>, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::clients_page(&cx).await
}
