use super::{Method, offered};
use crate::{
    features::{
        catalogue::Size,
        orders::{
            OrderLine, OrderStatus,
            server::service::{self, Item, OrderEntry, OrderFacts},
        },
    },
    paths,
    platform::{
        RequestContext,
        rest::{
            Body, BodyOf, Endpoint, Key, ListOf, Listed, MoneyBody, Named, Refusal, Window, instant,
            once::{Done, once},
        },
    },
    shared::{PhotoId, Scope},
};
use axum::{Json, http::Uri, response::Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;
use uuid::Uuid;

pub fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::needs(Scope::ReadOrders, routes!(list_orders)).also(&["/api/orders"]),
        Endpoint::needs(Scope::WriteOrders, routes!(create_order)).also(&["/api/orders/create"]),
        Endpoint::needs(Scope::ReadOrders, routes!(order)).also(&["/api/orders/{id}"]),
        Endpoint::needs(Scope::WriteOrders, routes!(set_status)).also(&["/api/orders/{id}/status"]),
    ]
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum SizeWord {
    Web,
    Original,
}

#[derive(Deserialize, ToSchema)]
struct ItemBody {
    photo: Uuid,
    size: SizeWord,
}

#[derive(Deserialize, ToSchema)]
struct NewOrder {
    /// What to order, whatever lies in the cart. Left out: everything in the cart.
    items: Option<Vec<ItemBody>>,
    #[serde(default)]
    #[schema(inline)]
    payment: Method,
    /// What the order is believed to cost; anything else is a conflict and orders nothing.
    expected_total: Option<MoneyBody>,
}

#[derive(Serialize, ToSchema)]
struct OrderRow {
    /// The order's number, such as `PV-2026-000123`.
    id: String,
    number: String,
    /// `awaiting_payment`, `paid` or `cancelled`.
    status: String,
    buyer: String,
    /// Of the own photographs, for a photographer.
    total: MoneyBody,
    photos: i64,
    #[schema(format = DateTime)]
    created_at: String,
}

impl From<OrderEntry> for OrderRow {
    fn from(entry: OrderEntry) -> Self {
        Self {
            id: entry.number.clone(),
            number: entry.number,
            status: entry.status.to_string(),
            buyer: entry.buyer_name,
            total: entry.total.into(),
            photos: entry.photos,
            created_at: instant(entry.placed_at),
        }
    }
}

#[derive(Serialize, ToSchema)]
struct LineBody {
    photo: Uuid,
    gallery_title: String,
    filename: String,
    /// `web` or `original`.
    size: String,
    licence: String,
    price: MoneyBody,
    /// Where the file is, once the order is paid.
    download: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub struct OrderBody {
    /// The order's number, such as `PV-2026-000123`.
    id: String,
    number: String,
    /// `awaiting_payment`, `paid` or `cancelled`.
    status: String,
    /// `offline`, `card`, `sandbox` or `free`.
    payment: String,
    buyer: String,
    email: String,
    items: Vec<LineBody>,
    total: MoneyBody,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    paid_at: Option<String>,
    #[schema(format = DateTime)]
    closed_at: Option<String>,
}

impl From<OrderFacts> for OrderBody {
    fn from(order: OrderFacts) -> Self {
        let line = |line: OrderLine| LineBody {
            photo: line.photo.0,
            gallery_title: line.gallery_title,
            filename: line.filename,
            download: (order.status == OrderStatus::Paid).then(|| paths::download(line.photo, line.size)),
            size: line.size.to_string(),
            licence: line.licence,
            price: line.amount.into(),
        };
        Self {
            id: order.number.clone(),
            number: order.number,
            status: order.status.to_string(),
            payment: order.method.to_string(),
            buyer: order.buyer_name,
            email: order.buyer_email,
            items: order.lines.into_iter().map(line).collect(),
            total: order.total.into(),
            created_at: instant(order.placed_at),
            paid_at: order.paid_at.map(instant),
            closed_at: order.closed_at.map(instant),
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct OrdersAsked {
    #[param(inline)]
    status: Option<StatusWord>,
    #[param(inline)]
    sort: Option<Sort>,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
enum Sort {
    #[serde(rename = "-created_at")]
    Newest,
    #[serde(rename = "created_at")]
    Oldest,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum StatusWord {
    AwaitingPayment,
    Paid,
    Cancelled,
}

impl From<StatusWord> for OrderStatus {
    fn from(word: StatusWord) -> Self {
        match word {
            StatusWord::AwaitingPayment => Self::AwaitingPayment,
            StatusWord::Paid => Self::Paid,
            StatusWord::Cancelled => Self::Cancelled,
        }
    }
}

/// Orders, newest first unless asked otherwise: the studio's for who runs galleries, the own ones for everybody else.
#[utoipa::path(get, path = "/api/v1/orders", tag = "orders", params(Window, OrdersAsked), responses((status = 200, body = Vec<OrderRow>)))]
async fn list_orders(cx: RequestContext, uri: Uri, ListOf { window, asked }: ListOf<OrdersAsked>) -> Result<Listed<OrderRow>, Refusal> {
    let oldest_first = matches!(asked.sort, Some(Sort::Oldest));
    let page = service::orders(&cx, asked.status.map(Into::into), oldest_first, window.after(), window.size()?).await;
    Ok(Listed::new(page.map_err(|error| window.wrong_cursor(error))?.map(Into::into), &uri))
}

/// Order photographs at today's prices. What cannot be bought, or costs something else than expected, is a conflict.
#[utoipa::path(post, path = "/api/v1/orders", tag = "orders",
    params(("Idempotency-Key" = Option<String>, Header, description = "Sent again with the same key it is answered again and not done again", max_length = 255)),
    request_body = NewOrder, responses((status = 201, body = OrderBody, headers(("Location" = String, description = "Where the order is")))))]
async fn create_order(cx: RequestContext, key: Key, BodyOf { value, bytes }: BodyOf<NewOrder>) -> Result<Response, Refusal> {
    let buyer = cx.clone();
    let place = async move {
        let number = place(&buyer, value).await?;
        let order = service::order(&buyer, &number).await?;
        Done::created(&OrderBody::from(order), Some(format!("/api/v1/orders/{number}")))
    };
    once(&cx, &key, "create_order", &bytes, place).await
}

async fn place(cx: &RequestContext, form: NewOrder) -> Result<String, Refusal> {
    let item = |item: ItemBody| Item {
        photo: PhotoId(item.photo),
        size: match item.size {
            SizeWord::Web => Size::Web,
            SizeWord::Original => Size::Original,
        },
    };
    let items = form.items.map(|items| items.into_iter().map(item).collect());
    let expected = form.expected_total.map(|money| (money.amount, money.currency));
    Ok(service::order_items(cx, items, offered(cx, form.payment)?, expected).await?)
}

/// One order.
#[utoipa::path(get, path = "/api/v1/orders/{id}", tag = "orders", params(("id" = String, Path, example = "PV-2026-000123")), responses((status = 200, body = OrderBody)))]
async fn order(cx: RequestContext, Named(id): Named<String>) -> Result<Json<OrderBody>, Refusal> {
    Ok(Json(service::order(&cx, &id).await?.into()))
}

#[derive(Deserialize, ToSchema)]
struct NewStatus {
    #[schema(inline)]
    status: EndWord,
    /// With `paid`: the day on which the money came, `2026-06-14`.
    #[serde(default)]
    paid_on: String,
    /// With `paid`: how it came, such as the bank's reference.
    #[serde(default)]
    reference: String,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum EndWord {
    Paid,
    Cancelled,
}

/// Mark an order paid (the studio), or cancel one that waits (its buyer, or the studio).
#[utoipa::path(put, path = "/api/v1/orders/{id}/status", tag = "orders", params(("id" = String, Path)), request_body = NewStatus, responses((status = 200, body = OrderBody)))]
async fn set_status(cx: RequestContext, Named(id): Named<String>, Body(form): Body<NewStatus>) -> Result<Json<OrderBody>, Refusal> {
    match form.status {
        EndWord::Paid => {
            let how = service::MarkPaid { paid_on: form.paid_on, reference: form.reference };
            service::mark_paid(&cx, &id, how).await?;
        }
        EndWord::Cancelled => service::cancel_order(&cx, &id).await?,
    }
    Ok(Json(service::order(&cx, &id).await?.into()))
}
