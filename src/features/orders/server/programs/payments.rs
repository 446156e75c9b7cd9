use super::{Method, offered, orders::OrderBody};
use crate::{
    features::orders::{
        Flow, PaymentMethod, SandboxWish,
        server::service::{self, PaidEntry, PaidFilter},
    },
    platform::{
        RequestContext,
        rest::{Body, BodyOf, Endpoint, Key, ListOf, Listed, MoneyBody, Refusal, Window, instant, once::once_afresh},
    },
    shared::Scope,
};
use axum::{
    Json,
    http::{StatusCode, Uri},
    response::Response,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

pub fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::needs(Scope::WriteOrders, routes!(create_intent)).also(&["/api/payments/create-intent"]),
        Endpoint::needs(Scope::WriteOrders, routes!(confirm)).also(&["/api/payments/confirm"]),
        Endpoint::needs(Scope::ReadOrders, routes!(payments)).also(&["/api/payments/history"]),
    ]
}

#[derive(Deserialize, ToSchema)]
struct OrderToPay {
    /// The order's number.
    order: String,
    #[serde(default = "card")]
    #[schema(inline)]
    method: Method,
}

fn card() -> Method {
    Method::Card
}

#[derive(Serialize, ToSchema)]
struct IntentBody {
    order: String,
    /// Of the order: `awaiting_payment` or `paid`.
    status: String,
    amount: MoneyBody,
    /// For the provider's form, with the public key; opens this one payment.
    client_secret: Option<String>,
    public_key: Option<String>,
}

/// Begin to pay an order. For a card the answer holds the secret for the provider's form; there is never a second payment
/// beside an open one. The sandbox pays at once.
#[utoipa::path(post, path = "/api/v1/payments/create-intent", tag = "payments",
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key for another order is refused", max_length = 255)),
    request_body = OrderToPay, responses((status = 201, body = IntentBody)))]
async fn create_intent(cx: RequestContext, key: Key, BodyOf { value, bytes }: BodyOf<OrderToPay>) -> Result<Response, Refusal> {
    // asked again it finds the same payment; its secret is never written down
    once_afresh(&cx, &key, "create_intent", &bytes, intent(&cx, value)).await
}

async fn intent(cx: &RequestContext, form: OrderToPay) -> Result<(StatusCode, Json<IntentBody>), Refusal> {
    // whose order it is comes first: a stranger is told nothing about it, nor about the studio's settings
    service::order(cx, &form.order).await?;
    let (secret, public) = match offered(cx, form.method)? {
        PaymentMethod::Card => {
            let begun = service::begin_card_payment(cx, &form.order).await?;
            (Some(begun.client_secret), Some(begun.public_key))
        }
        other => {
            service::pay_order(cx, &form.order, other, SandboxWish::Success).await?;
            (None, None)
        }
    };
    let order = service::order(cx, &form.order).await?;
    let (status, amount) = (order.status.to_string(), order.total.into());
    Ok((StatusCode::CREATED, Json(IntentBody { order: order.number, status, amount, client_secret: secret, public_key: public })))
}

#[derive(Deserialize, ToSchema)]
struct OrderToConfirm {
    /// The order's number.
    order: String,
}

/// Ask the provider what became of a payment. What the caller believes about it is not asked.
#[utoipa::path(post, path = "/api/v1/payments/confirm", tag = "payments", request_body = OrderToConfirm, responses((status = 200, body = OrderBody)))]
async fn confirm(cx: RequestContext, Body(form): Body<OrderToConfirm>) -> Result<Json<OrderBody>, Refusal> {
    service::check_payment(&cx, &form.order).await?;
    Ok(Json(service::order(&cx, &form.order).await?.into()))
}

#[derive(Serialize, ToSchema)]
struct PaymentBody {
    order: String,
    /// `payment`, `refund`, or `dispute` for money that the payer's bank took back.
    kind: String,
    /// `offline`, `card`, `sandbox` or `free`.
    method: String,
    /// The bank is done with it.
    is_through: bool,
    amount: MoneyBody,
    buyer: String,
    reference: String,
    #[schema(format = DateTime)]
    at: String,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct PaymentsAsked {
    /// The order's number.
    order: Option<String>,
    #[param(inline)]
    method: Option<MethodWord>,
    #[param(inline)]
    kind: Option<Kind>,
    #[param(inline)]
    sort: Option<Sort>,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum MethodWord {
    Offline,
    Card,
    Sandbox,
    Free,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Payment,
    Refund,
    Dispute,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
enum Sort {
    #[serde(rename = "-at")]
    Latest,
    #[serde(rename = "at")]
    Earliest,
}

impl PaymentsAsked {
    fn filter(self) -> PaidFilter {
        let method = self.method.map(|word| match word {
            MethodWord::Offline => PaymentMethod::Offline,
            MethodWord::Card => PaymentMethod::Card,
            MethodWord::Sandbox => PaymentMethod::Sandbox,
            MethodWord::Free => PaymentMethod::Free,
        });
        let what = self.kind.map(|kind| match kind {
            Kind::Payment => Flow::Payment,
            Kind::Refund => Flow::Refund,
            Kind::Dispute => Flow::Dispute,
        });
        PaidFilter { order: self.order, method, what }
    }
}

/// Money that came and money that went back, the latest first unless asked otherwise: the studio's for who runs galleries,
/// the own for everybody else.
#[utoipa::path(get, path = "/api/v1/payments/history", tag = "payments", params(Window, PaymentsAsked), responses((status = 200, body = Vec<PaymentBody>)))]
async fn payments(cx: RequestContext, uri: Uri, ListOf { window, asked }: ListOf<PaymentsAsked>) -> Result<Listed<PaymentBody>, Refusal> {
    let oldest_first = matches!(asked.sort, Some(Sort::Earliest));
    let page = service::payments(&cx, &asked.filter(), oldest_first, window.after(), window.size()?).await;
    let page = page.map_err(|error| window.wrong_cursor(error))?;
    let body = |entry: PaidEntry| PaymentBody {
        order: entry.order,
        kind: entry.what.to_string(),
        method: entry.method.to_string(),
        is_through: entry.is_through,
        amount: entry.amount.into(),
        buyer: entry.buyer,
        reference: entry.reference,
        at: instant(entry.at),
    };
    Ok(Listed::new(page.map(body), &uri))
}
