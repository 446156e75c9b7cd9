//! Payments that came through, as lists show them.
use crate::{
    features::orders::{PaymentMethod, server::lists::Before},
    platform::db::{Db, sql},
    shared::{AppError, Money, PaymentId, UserId},
};

#[derive(sqlx::FromRow)]
pub struct Row {
    pub id: PaymentId,
    pub at: i64,
    pub number: String,
    pub buyer_name: String,
    pub method: PaymentMethod,
    pub reference: Option<String>,
    currency: String,
    amount: i64,
}

impl Row {
    pub fn amount(&self) -> Result<Money, AppError> {
        Ok(Money::new(self.amount, self.currency.parse()?))
    }
}

/// `buyer`: only this person's. `photographer`: only this person's part of them, without how the whole was paid.
pub async fn list(db: &Db, buyer: Option<UserId>, photographer: Option<UserId>, before: Before, most: i64) -> Result<Vec<Row>, AppError> {
    let (at, id) = before.parts();
    sql("SELECT p.id, COALESCE(p.settled_at, p.created_at) AS at, o.number, o.buyer_name, p.provider AS method, p.currency,
           CASE WHEN $2 IS NULL THEN p.provider_ref END AS reference,
           CASE WHEN $2 IS NULL THEN p.amount ELSE
             CAST((SELECT COALESCE(SUM(l.amount), 0) FROM order_lines l WHERE l.order_id = o.id AND l.photographer_id = $2) AS BIGINT) END AS amount
         FROM payments p JOIN orders o ON o.id = p.order_id
         WHERE p.status = 'succeeded' AND ($1 IS NULL OR o.buyer_id = $1)
           AND ($2 IS NULL OR EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.id AND l.photographer_id = $2))
           AND (COALESCE(p.settled_at, p.created_at) < $3 OR (COALESCE(p.settled_at, p.created_at) = $3 AND p.id < $4))
         ORDER BY COALESCE(p.settled_at, p.created_at) DESC, p.id DESC LIMIT $5")
        .bind(buyer)
        .bind(photographer)
        .bind(at)
        .bind(id)
        .bind(most)
        .all(db)
        .await
}
