use crate::{
    features::orders::DisputeState,
    platform::db::{On, Tx, sql},
    shared::{AppError, Money, OrderId, PaymentId},
};

#[derive(Clone, sqlx::FromRow)]
pub struct DisputeRow {
    pub id: String,
    pub payment_id: PaymentId,
    pub amount: i64,
    pub currency: String,
    pub reason: String,
    pub state: DisputeState,
    pub opened_at: i64,
}

impl DisputeRow {
    pub fn money(&self) -> Result<Money, AppError> {
        Ok(Money::new(self.amount, self.currency.parse()?))
    }
}

/// The latest first.
pub async fn of_order(on: impl Into<On<'_>>, order: OrderId) -> Result<Vec<DisputeRow>, AppError> {
    sql("SELECT id, payment_id, amount, currency, reason, state, opened_at FROM disputes WHERE order_id = $1 ORDER BY opened_at DESC, id")
        .bind(order)
        .all(on)
        .await
}

/// Writes down how the dispute stands.
pub async fn save(tx: &mut Tx, order: OrderId, dispute: &DisputeRow, now: i64) -> Result<(), AppError> {
    sql("INSERT INTO disputes (id, order_id, payment_id, amount, currency, reason, state, opened_at, closed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (id) DO UPDATE SET amount = excluded.amount, reason = excluded.reason, state = excluded.state, closed_at = excluded.closed_at")
    .bind(&dispute.id)
    .bind(order)
    .bind(dispute.payment_id)
    .bind(dispute.amount)
    .bind(&dispute.currency)
    .bind(&dispute.reason)
    .bind(dispute.state)
    .bind(dispute.opened_at)
    .bind(dispute.state.is_closed().then_some(now))
    .run(tx)
    .await?;
    super::tell(tx, order).await
}
