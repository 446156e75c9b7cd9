use crate::{
    features::orders::{PaymentMethod, PaymentStatus},
    platform::{
        clock::{HOUR, SECOND},
        db::{Db, On, Tx, sql},
    },
    shared::{AppError, Money, OrderId, PaymentId},
};

/// One attempt to pay an order.
#[derive(Clone, sqlx::FromRow)]
pub struct Payment {
    pub id: PaymentId,
    pub order_id: OrderId,
    /// The order's.
    pub number: String,
    pub provider: PaymentMethod,
    pub provider_ref: Option<String>,
    pub amount: i64,
    pub currency: String,
    pub status: PaymentStatus,
    pub failure: Option<String>,
    pub created_at: i64,
}

impl Payment {
    /// The provider may still have something to say about it.
    pub fn is_open(&self) -> bool {
        use PaymentStatus::{ActionNeeded, Asked, Processing, Started, Unknown};
        matches!(self.status, Asked | Unknown | Started | ActionNeeded | Processing)
    }

    /// A card payment whose card is still to come; it can be given up for another way to pay.
    pub fn is_card(&self) -> bool {
        self.provider == PaymentMethod::Card
    }

    pub fn money(&self) -> Result<Money, AppError> {
        Ok(Money::new(self.amount, self.currency.parse()?))
    }
}

macro_rules! payment {
    ($rest:literal) => {
        concat!(
            "SELECT p.id, p.order_id, o.number, p.provider, p.provider_ref, p.amount, p.currency, p.status, p.failure, p.created_at
             FROM payments p JOIN orders o ON o.id = p.order_id ",
            $rest
        )
    };
}

pub async fn insert_payment(
    tx: &mut Tx,
    id: PaymentId,
    order: OrderId,
    provider: PaymentMethod,
    amount: Money,
    at: i64,
) -> Result<(), AppError> {
    sql("INSERT INTO payments (id, order_id, provider, amount, currency, status, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(id)
        .bind(order)
        .bind(provider)
        .bind(amount.amount)
        .bind(amount.currency.code())
        .bind(PaymentStatus::Asked)
        .bind(at)
        .run(tx)
        .await?;
    Ok(())
}

/// All attempts, the latest first.
pub async fn payments(on: impl Into<On<'_>>, order: OrderId) -> Result<Vec<Payment>, AppError> {
    sql(payment!("WHERE p.order_id = $1 ORDER BY p.created_at DESC, p.id DESC")).bind(order).all(on).await
}

pub async fn payment(on: impl Into<On<'_>>, id: PaymentId) -> Result<Payment, AppError> {
    find_payment(on, id).await?.ok_or(AppError::NotFound)
}

pub async fn find_payment(on: impl Into<On<'_>>, id: PaymentId) -> Result<Option<Payment>, AppError> {
    sql(payment!("WHERE p.id = $1")).bind(id).optional(on).await
}

pub async fn payment_by_intent(on: impl Into<On<'_>>, intent: &str) -> Result<Option<Payment>, AppError> {
    sql(payment!("WHERE p.provider = 'card' AND p.provider_ref = $1")).bind(intent).optional(on).await
}

pub async fn set_payment(
    tx: &mut Tx,
    id: PaymentId,
    status: PaymentStatus,
    reference: Option<&str>,
    failure: Option<&str>,
    at: i64,
) -> Result<(), AppError> {
    let (order,): (OrderId,) = sql(
        "UPDATE payments SET status = $2, provider_ref = COALESCE($3, provider_ref), failure = $4, settled_at = $5 WHERE id = $1 RETURNING order_id",
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

pub async fn mark_checked(tx: &mut Tx, id: PaymentId, at: i64) -> Result<(), AppError> {
    sql("UPDATE payments SET checked_at = $2 WHERE id = $1").bind(id).bind(at).run(tx).await.map(drop)
}

/// Attempts without an end that it is time to ask about: nearly a minute after the last time, and ever more rarely with
/// their age (a sixtieth of it), but at least once an hour.
pub async fn due_payments(db: &Db, now: i64) -> Result<Vec<Payment>, AppError> {
    sql(payment!(
        "WHERE p.status IN ('asked', 'unknown', 'started', 'action_needed', 'processing') AND p.created_at <= $1
           AND (p.checked_at IS NULL OR (p.checked_at <= $2 AND ($4 - p.checked_at >= ($4 - p.created_at) / 60 OR p.checked_at <= $3)))
         ORDER BY p.created_at, p.id LIMIT 500"
    ))
    .bind(now - 10 * SECOND)
    .bind(now - 50 * SECOND)
    .bind(now - HOUR)
    .bind(now)
    .all(db)
    .await
}
