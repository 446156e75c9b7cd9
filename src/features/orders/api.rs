use super::{
    CardPage, CardPayment, CheckoutView, Client, LedgerRow, OrderRow, OrderStatus, OrderView, PaymentMethod, Purchase, SalesOverview,
    SandboxWish, StudioOrderRow, StudioOrderView,
};
use crate::shared::{AppError, OrderLineId, Page, UserId};
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
    let is_card = payment == PaymentMethod::Card;
    crate::platform::answer::go_to(&if is_card { crate::paths::pay(&number) } else { crate::paths::order(&number) }, "Order placed.");
    Ok(number)
}

#[server(prefix = "/_fn", endpoint = "pay_order")]
pub async fn pay_order(number: String, payment: PaymentMethod, #[server(default)] wish: SandboxWish) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::pay_order(&cx, &number, payment, wish).await?;
    let is_card = payment == PaymentMethod::Card;
    crate::platform::answer::go_to(&if is_card { crate::paths::pay(&number) } else { crate::paths::order(&number) }, "");
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "pay_page")]
pub async fn pay_page(number: String) -> Result<CardPage, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    let view = super::server::service::pay_page(&cx, &number).await?;
    if matches!(view, CardPage::Card(_)) {
        crate::platform::answer::allow_card_form();
    }
    Ok(view)
}

/// Asked by `pay.js` when the form for the card is to be drawn.
#[server(prefix = "/_fn", endpoint = "begin_card_payment")]
pub async fn begin_card_payment(number: String) -> Result<CardPayment, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::begin_card_payment(&cx, &number).await
}

/// Gives money of a paid order back.
#[server(prefix = "/_fn", endpoint = "refund_order")]
pub async fn refund_order(
    number: String,
    #[server(default)] lines: Vec<OrderLineId>,
    #[server(default)] amount: String,
    #[server(default)] reason: String,
    seen: Option<i64>,
) -> Result<(), AppError> {
    use super::{RefundStatus, server::service::RefundForm};
    let cx = crate::platform::RequestContext::current().await?;
    let notice = match super::server::service::refund_order(&cx, &number, RefundForm { lines, amount, reason, seen }).await? {
        RefundStatus::Succeeded => "Money given back. Your client has a letter about it.",
        _ => "The refund is on its way. Your client gets a letter when it is through.",
    };
    crate::platform::answer::go_to(&crate::paths::studio_order(&number), notice);
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "my_payments")]
pub async fn my_payments(after: Option<String>) -> Result<Page<LedgerRow>, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::my_payments(&cx, after).await
}

#[server(prefix = "/_fn", endpoint = "studio_payments")]
pub async fn studio_payments(after: Option<String>) -> Result<Page<LedgerRow>, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::studio_payments(&cx, after).await
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

/// The studio has looked at a doubtful payment.
#[server(prefix = "/_fn", endpoint = "release_downloads")]
pub async fn release_downloads(number: String) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::release_downloads(&cx, &number).await?;
    crate::platform::answer::go_to(&crate::paths::studio_order(&number), "Downloads released. Your client has a letter about it.");
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
