use crate::{
    features::orders::{RefundOrigin, RefundStatus},
    platform::db::{Db, On, Tx, sql},
    shared::{AppError, Money, OrderId, OrderLineId, PaymentId, RefundId},
};

#[derive(Clone, sqlx::FromRow)]
pub struct RefundRow {
    pub id: RefundId,
    pub order_id: OrderId,
    pub payment_id: PaymentId,
    pub provider_ref: Option<String>,
    pub amount: i64,
    pub currency: String,
    pub reason: String,
    pub origin: RefundOrigin,
    pub status: RefundStatus,
    pub failure: Option<String>,
    pub created_at: i64,
}

impl RefundRow {
    pub fn money(&self) -> Result<Money, AppError> {
        Ok(Money::new(self.amount, self.currency.parse()?))
    }
}

macro_rules! refund {
    ($rest:literal) => {
        concat!(
            "SELECT id, order_id, payment_id, provider_ref, amount, currency, reason, origin, status, failure, created_at FROM refunds ",
            $rest
        )
    };
}

pub async fn insert(tx: &mut Tx, refund: &RefundRow) -> Result<(), AppError> {
    sql("INSERT INTO refunds (id, order_id, payment_id, provider_ref, amount, currency, reason, origin, status, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
        .bind(refund.id)
        .bind(refund.order_id)
        .bind(refund.payment_id)
        .bind(refund.provider_ref.clone())
        .bind(refund.amount)
        .bind(&refund.currency)
        .bind(&refund.reason)
        .bind(refund.origin)
        .bind(refund.status)
        .bind(refund.created_at)
        .run(tx)
        .await?;
    super::tell(tx, refund.order_id).await
}

pub async fn find(on: impl Into<On<'_>>, id: RefundId) -> Result<Option<RefundRow>, AppError> {
    sql(refund!("WHERE id = $1")).bind(id).optional(on).await
}

pub async fn find_by_reference(on: impl Into<On<'_>>, reference: &str) -> Result<Option<RefundRow>, AppError> {
    sql(refund!("WHERE provider_ref = $1")).bind(reference).optional(on).await
}

/// All refunds of an order, the oldest first.
pub async fn of_order(on: impl Into<On<'_>>, order: OrderId) -> Result<Vec<RefundRow>, AppError> {
    sql(refund!("WHERE order_id = $1 ORDER BY created_at, id")).bind(order).all(on).await
}

/// Refunds that the provider has not finished.
pub async fn open(db: &Db, before: i64) -> Result<Vec<RefundRow>, AppError> {
    sql(refund!("WHERE status IN ('asked', 'pending') AND created_at <= $1 ORDER BY created_at, id LIMIT 200")).bind(before).all(db).await
}

pub async fn set_status(
    tx: &mut Tx,
    id: RefundId,
    status: RefundStatus,
    reference: Option<&str>,
    failure: Option<&str>,
    at: i64,
) -> Result<(), AppError> {
    let (order,): (OrderId,) = sql(
        "UPDATE refunds SET status = $2, provider_ref = COALESCE($3, provider_ref), failure = $4, settled_at = $5 WHERE id = $1 RETURNING order_id",
    )
    .bind(id)
    .bind(status)
    .bind(reference)
    .bind(failure)
    .bind(at)
    .one(&mut *tx)
    .await?;
    super::tell(tx, order).await
}

#[derive(Clone, sqlx::FromRow)]
pub struct RefundLine {
    pub refund_id: RefundId,
    pub order_line_id: OrderLineId,
    pub amount: i64,
    pub is_returned: bool,
}

pub async fn insert_line(tx: &mut Tx, line: &RefundLine) -> Result<(), AppError> {
    sql("INSERT INTO refund_lines (refund_id, order_line_id, amount, is_returned) VALUES ($1, $2, $3, $4)")
        .bind(line.refund_id)
        .bind(line.order_line_id)
        .bind(line.amount)
        .bind(line.is_returned)
        .run(tx)
        .await
        .map(drop)
}

/// The lines of all refunds of an order that are through or may still go through.
pub async fn lines_of_order(on: impl Into<On<'_>>, order: OrderId) -> Result<Vec<RefundLine>, AppError> {
    sql("SELECT l.refund_id, l.order_line_id, l.amount, l.is_returned FROM refund_lines l JOIN refunds r ON r.id = l.refund_id
         WHERE r.order_id = $1 AND r.status <> 'failed' ORDER BY l.refund_id, l.order_line_id")
    .bind(order)
    .all(on)
    .await
}
