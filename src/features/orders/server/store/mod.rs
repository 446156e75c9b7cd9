pub mod disputes;
pub mod events;
pub mod invoices;
pub mod payments;
pub mod refunds;

pub use payments::*;

use super::policy::Parties;
use crate::{
    features::{
        catalogue::Size,
        orders::{OrderStatus, PaymentMethod},
    },
    platform::{
        db::{Db, On, Tx, placeholders, sql, sql_built, sql_by_engine},
        live::{self, Topic},
    },
    shared::{AppError, Money, OrderId, OrderLineId, PhotoId, UserId},
};

#[derive(Clone, sqlx::FromRow)]
pub struct Order {
    pub id: OrderId,
    pub number: String,
    pub buyer_id: UserId,
    pub buyer_name: String,
    pub buyer_email: String,
    currency: String,
    total: i64,
    pub status: OrderStatus,
    pub provider: PaymentMethod,
    pub placed_at: i64,
    pub paid_at: Option<i64>,
    pub paid_on: Option<String>,
    pub paid_reference: Option<String>,
    pub closed_at: Option<i64>,
}

impl Order {
    pub fn money(&self, amount: i64) -> Result<Money, AppError> {
        Ok(Money::new(amount, self.currency.parse()?))
    }

    pub fn total(&self) -> Result<Money, AppError> {
        self.money(self.total)
    }
}

macro_rules! order {
    ($rest:literal) => {
        concat!(
            "SELECT id, number, buyer_id, buyer_name, buyer_email, currency, total, status, provider, placed_at, paid_at, paid_on, paid_reference, closed_at FROM orders ",
            $rest
        )
    };
}

pub async fn order(on: impl Into<On<'_>>, number: &str) -> Result<Order, AppError> {
    sql(order!("WHERE number = $1")).bind(number).optional(on).await?.ok_or(AppError::NotFound)
}

pub async fn latest(db: &Db) -> Result<Option<Order>, AppError> {
    sql(order!("ORDER BY placed_at DESC, id DESC LIMIT 1")).optional(db).await
}

/// Whoever looks at this order, at its buyer's list or at the studio's, reads it again.
async fn tell(tx: &mut Tx, order: OrderId) -> Result<(), AppError> {
    live::tell(tx, Topic::of("order", order)).await?;
    let (buyer,): (UserId,) = sql("SELECT buyer_id FROM orders WHERE id = $1").bind(order).one(&mut *tx).await?;
    live::tell(tx, Topic::of("orders", buyer)).await?;
    live::tell(tx, Topic::of("orders", "all")).await
}

/// Holds the order until the transaction ends: payment, cancelling and a new attempt go one after the other.
pub async fn lock_order(tx: &mut Tx, id: OrderId) -> Result<Order, AppError> {
    sql_by_engine(order!("WHERE id = $1"), order!("WHERE id = $1 FOR UPDATE")).bind(id).optional(tx).await?.ok_or(AppError::NotFound)
}

/// The next number of the year's series; waits for the transaction that took the one before.
pub async fn next_number(tx: &mut Tx, year: i16) -> Result<String, AppError> {
    let (value,): (i64,) = sql(
        "INSERT INTO counters (name, value) VALUES ($1, 1) ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value",
    )
    .bind(format!("order-{year}"))
    .one(tx)
    .await?;
    Ok(format!("PV-{year}-{value:06}"))
}

pub struct NewOrder<'a> {
    pub id: OrderId,
    pub number: &'a str,
    pub buyer: (UserId, &'a str, &'a str),
    pub total: Money,
    pub provider: PaymentMethod,
    pub placed_at: i64,
}

pub async fn insert_order(tx: &mut Tx, order: &NewOrder<'_>) -> Result<(), AppError> {
    let (buyer, name, email) = order.buyer;
    sql("INSERT INTO orders (id, number, buyer_id, buyer_name, buyer_email, currency, total, status, provider, placed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
        .bind(order.id)
        .bind(order.number)
        .bind(buyer)
        .bind(name)
        .bind(email)
        .bind(order.total.currency.code())
        .bind(order.total.amount)
        .bind(OrderStatus::AwaitingPayment)
        .bind(order.provider)
        .bind(order.placed_at)
        .run(tx)
        .await?;
    tell(tx, order.id).await
}

#[derive(Clone, sqlx::FromRow)]
pub struct LineRow {
    pub id: OrderLineId,
    pub photo_id: PhotoId,
    pub photographer_id: UserId,
    pub gallery_title: String,
    pub filename: String,
    pub size: Size,
    pub licence: String,
    pub amount: i64,
}

pub async fn insert_line(tx: &mut Tx, order: OrderId, position: i64, line: &LineRow) -> Result<(), AppError> {
    sql("INSERT INTO order_lines (id, order_id, photo_id, photographer_id, gallery_title, filename, size, licence, amount, position) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
        .bind(line.id)
        .bind(order)
        .bind(line.photo_id)
        .bind(line.photographer_id)
        .bind(&line.gallery_title)
        .bind(&line.filename)
        .bind(line.size)
        .bind(&line.licence)
        .bind(line.amount)
        .bind(position)
        .run(tx)
        .await?;
    Ok(())
}

pub async fn lines(on: impl Into<On<'_>>, order: OrderId) -> Result<Vec<LineRow>, AppError> {
    sql("SELECT id, photo_id, photographer_id, gallery_title, filename, size, licence, amount FROM order_lines WHERE order_id = $1 ORDER BY position").bind(order).all(on).await
}

pub async fn parties(on: impl Into<On<'_>>, order: &Order) -> Result<Parties, AppError> {
    let rows: Vec<(UserId,)> = sql("SELECT DISTINCT photographer_id FROM order_lines WHERE order_id = $1").bind(order.id).all(on).await?;
    Ok(Parties { buyer: order.buyer_id, photographers: rows.into_iter().map(|(id,)| id).collect() })
}

pub async fn order_by_id(on: impl Into<On<'_>>, id: OrderId) -> Result<Order, AppError> {
    sql(order!("WHERE id = $1")).bind(id).optional(on).await?.ok_or(AppError::NotFound)
}

/// The order that this person placed last, not longer ago than `since`.
pub async fn latest_of(on: impl Into<On<'_>>, buyer: UserId, since: i64) -> Result<Option<Order>, AppError> {
    sql(order!("WHERE buyer_id = $1 AND placed_at >= $2 ORDER BY placed_at DESC, id DESC LIMIT 1"))
        .bind(buyer)
        .bind(since)
        .optional(on)
        .await
}

pub struct PaidHow<'a> {
    pub at: i64,
    pub on: Option<&'a str>,
    pub reference: Option<&'a str>,
    pub provider: PaymentMethod,
    /// The downloads wait until somebody has looked at the payment.
    pub rests: bool,
}

/// True for the one who turned the waiting order into a paid one.
pub async fn set_paid(tx: &mut Tx, id: OrderId, how: &PaidHow<'_>) -> Result<bool, AppError> {
    let rows = sql("UPDATE orders SET status = 'paid', paid_at = $2, paid_on = $3, paid_reference = $4, provider = $5, closed_at = $2 WHERE id = $1 AND status = 'awaiting_payment'")
        .bind(id)
        .bind(how.at)
        .bind(how.on)
        .bind(how.reference)
        .bind(how.provider)
        .run(tx)
        .await?;
    tell(tx, id).await?;
    Ok(rows == 1)
}

pub async fn set_cancelled(tx: &mut Tx, id: OrderId, at: i64) -> Result<bool, AppError> {
    let rows = sql("UPDATE orders SET status = 'cancelled', closed_at = $2 WHERE id = $1 AND status = 'awaiting_payment'")
        .bind(id)
        .bind(at)
        .run(tx)
        .await?;
    tell(tx, id).await?;
    Ok(rows == 1)
}

pub async fn set_provider(tx: &mut Tx, id: OrderId, provider: PaymentMethod) -> Result<(), AppError> {
    sql("UPDATE orders SET provider = $2 WHERE id = $1 AND status = 'awaiting_payment'").bind(id).bind(provider).run(tx).await?;
    tell(tx, id).await
}

/// Which of these photographs stand in an order that was not cancelled.
pub async fn ordered_of(db: &Db, photos: &[PhotoId]) -> Result<Vec<PhotoId>, AppError> {
    let text = format!(
        "SELECT DISTINCT l.photo_id FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE o.status <> 'cancelled' AND l.photo_id IN ({})",
        placeholders(1, photos.len())
    );
    let rows: Vec<(PhotoId,)> = sql_built(text).bind_all(photos.iter().copied()).all(db).await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}
