//! Orders as programs read them: the same as on the pages, with instants and amounts instead of words.
use super::{order_page, studio_order};
use crate::{
    features::orders::{
        OrderLine, OrderStatus, PaymentMethod,
        server::{
            lists::{self, Before},
            policy, store,
        },
    },
    platform::RequestContext,
    shared::{AppError, Money, OrderId, Page},
};

/// One row of a list.
#[derive(Clone, Debug)]
pub struct OrderEntry {
    pub number: String,
    pub status: OrderStatus,
    pub placed_at: i64,
    pub buyer_name: String,
    /// Of the own lines, for a photographer.
    pub total: Money,
    pub photos: i64,
}

/// The whole of one.
#[derive(Clone, Debug)]
pub struct OrderFacts {
    pub number: String,
    pub status: OrderStatus,
    pub method: PaymentMethod,
    pub placed_at: i64,
    pub paid_at: Option<i64>,
    pub closed_at: Option<i64>,
    pub buyer_name: String,
    pub buyer_email: String,
    /// The own ones, for a photographer.
    pub lines: Vec<OrderLine>,
    pub total: Money,
}

/// The studio's orders for who runs galleries, the own ones for everybody else; the newest first unless asked otherwise.
pub async fn orders(
    cx: &RequestContext,
    status: Option<OrderStatus>,
    oldest_first: bool,
    after: Option<&str>,
    size: usize,
) -> Result<Page<OrderEntry>, AppError> {
    let person = cx.actor.person()?;
    let (before, most) = (Before::read_in(after, oldest_first)?, size as i64 + 1);
    let rows = match cx.actor.runs_galleries() {
        Ok(_) => lists::of_studio(&cx.db, (!cx.actor.is_owner()).then_some(person.id), (status, None), before, most).await?,
        Err(_) => lists::of_buyer(&cx.db, person.id, status, before, most).await?,
    };
    let page = Page::cut(rows, size, |row| Before::write(row.placed_at, row.id.0));
    let entry = |row: lists::Row| {
        Ok(OrderEntry {
            total: row.amount()?,
            number: row.number,
            status: row.status,
            placed_at: row.placed_at,
            buyer_name: row.buyer_name,
            photos: row.photos,
        })
    };
    Ok(Page { items: page.items.into_iter().map(entry).collect::<Result<_, AppError>>()?, next: page.next })
}

/// The order's id, for whoever sees the order and wants to hear when it changes.
pub async fn order_to_hear(cx: &RequestContext, id: OrderId) -> Result<OrderId, AppError> {
    cx.actor.person()?;
    let order = store::order_by_id(&cx.db, id).await?;
    policy::may_check_payment(&cx.actor, &store::parties(&cx.db, &order).await?)?;
    Ok(order.id)
}

/// As its buyer sees it, or as the studio does.
pub async fn order(cx: &RequestContext, number: &str) -> Result<OrderFacts, AppError> {
    let (lines, total) = match order_page(cx, number).await {
        Ok(view) => (view.lines, view.total),
        Err(AppError::NotFound) if cx.actor.runs_galleries().is_ok() => {
            let view = studio_order(cx, number).await?;
            (view.lines, view.subtotal)
        }
        Err(error) => return Err(error),
    };
    let order = store::order(&cx.db, number).await?;
    Ok(OrderFacts {
        number: order.number,
        status: order.status,
        method: order.provider,
        placed_at: order.placed_at,
        paid_at: order.paid_at,
        closed_at: order.closed_at,
        buyer_name: order.buyer_name,
        buyer_email: order.buyer_email,
        lines,
        total,
    })
}
