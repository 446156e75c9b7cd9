use crate::{
    features::orders::{Hold, PaymentMethod, PaymentStatus},
    platform::{
        clock::{HOUR, SECOND},
        db::{Db, On, Tx, sql},
        payment::Risk,
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
    /// What was really taken, where it is something else than what was asked for.
    pub taken: Option<i64>,
    /// What the provider thinks of it, in its own words.
    pub risk_level: Option<String>,
    pub risk_type: Option<String>,
    pub hold: Option<Hold>,
}

impl Payment {
    /// The provider may still have something to say about it.
    pub fn is_open(&self) -> bool {
        use PaymentStatus::{ActionNeeded, Asked, Processing, Started, Unknown};
        matches!(self.status, Asked | Unknown | Started | ActionNeeded | Processing)
    }

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
            "SELECT p.id, p.order_id, o.number, p.provider, p.provider_ref, p.amount, p.currency, p.status, p.failure, p.created_at,
               p.taken, p.risk_level, p.risk_type, p.hold
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

/// What becomes of a payment after its money came; when that was stays as it is.
pub async fn set_after(tx: &mut Tx, id: PaymentId, status: PaymentStatus, failure: Option<&str>) -> Result<(), AppError> {
    let (order,): (OrderId,) = sql("UPDATE payments SET status = $2, failure = $3 WHERE id = $1 RETURNING order_id")
        .bind(id)
        .bind(status)
        .bind(failure)
        .one(&mut *tx)
        .await?;
    super::tell(tx, order).await
}

/// Another amount or currency came than was asked for.
pub async fn set_taken(tx: &mut Tx, id: PaymentId, taken: Money) -> Result<(), AppError> {
    sql("UPDATE payments SET taken = $2, taken_currency = $3 WHERE id = $1")
        .bind(id)
        .bind(taken.amount)
        .bind(taken.currency.code())
        .run(tx)
        .await
        .map(drop)
}

/// What the provider says is kept; where it says nothing, what it said before stays.
pub async fn set_risk(tx: &mut Tx, payment: &Payment, risk: &Risk, hold: Option<Hold>) -> Result<(), AppError> {
    let said = |now: &str, before: &Option<String>| if now.is_empty() { before.clone() } else { Some(now.to_string()) };
    sql("UPDATE payments SET risk_level = $2, risk_type = $3, hold = $4 WHERE id = $1")
        .bind(payment.id)
        .bind(said(&risk.level, &payment.risk_level))
        .bind(said(&risk.kind, &payment.risk_type))
        .bind(hold.map(Hold::as_str))
        .run(&mut *tx)
        .await?;
    super::tell(tx, payment.order_id).await
}

pub async fn mark_checked(tx: &mut Tx, id: PaymentId, at: i64) -> Result<(), AppError> {
    sql("UPDATE payments SET checked_at = $2 WHERE id = $1").bind(id).bind(at).run(tx).await.map(drop)
}

/// Attempts without an end that it is time to ask about: nearly a minute after the last time, and ever more rarely when
/// they are older than half a day (a six-hundredth of their age), but at least once an hour. Who was never asked about
/// comes first, and then who waits longest: so nobody stands at the head for good.
pub async fn due_payments(db: &Db, now: i64) -> Result<Vec<Payment>, AppError> {
    sql(payment!(
        "WHERE p.status IN ('asked', 'unknown', 'started', 'action_needed', 'processing') AND p.created_at <= $1
           AND (p.checked_at IS NULL OR (p.checked_at <= $2 AND ($4 - p.checked_at >= ($4 - p.created_at) / 600 OR p.checked_at <= $3)))
         ORDER BY COALESCE(p.checked_at, 0), p.created_at, p.id LIMIT 500"
    ))
    .bind(now - 10 * SECOND)
    .bind(now - 50 * SECOND)
    .bind(now - HOUR)
    .bind(now)
    .all(db)
    .await
}
