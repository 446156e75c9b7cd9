use super::Before;
use crate::{
    features::orders::PaymentMethod,
    platform::db::{Db, sql_built},
    shared::{AppError, Money, UserId},
};

/// Whose money it is about. A photographer's part is what the own lines came to.
#[derive(Clone, Copy)]
pub enum Whose {
    Buyer(UserId),
    Studio,
    Photographer(UserId),
}

#[derive(sqlx::FromRow)]
pub struct Entry {
    pub id: uuid::Uuid,
    pub at: i64,
    pub is_refund: bool,
    pub is_through: bool,
    pub number: String,
    pub buyer_name: String,
    pub method: PaymentMethod,
    pub reference: Option<String>,
    currency: String,
    amount: i64,
}

impl Entry {
    /// Negative for money that went back.
    pub fn amount(&self) -> Result<Money, AppError> {
        Ok(Money::new(if self.is_refund { -self.amount } else { self.amount }, self.currency.parse()?))
    }
}

/// Payments that came and refunds that are through or on their way, the latest first.
pub async fn entries(db: &Db, whose: Whose, before: Before, most: i64) -> Result<Vec<Entry>, AppError> {
    let (person, orders, paid, returned) = match whose {
        Whose::Buyer(id) => (Some(id), "o.buyer_id = $1", "p.amount", "r.amount"),
        Whose::Studio => (None, "$1 IS NULL", "p.amount", "r.amount"),
        Whose::Photographer(id) => (
            Some(id),
            "EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.id AND l.photographer_id = $1)",
            "CAST((SELECT COALESCE(SUM(l.amount), 0) FROM order_lines l WHERE l.order_id = o.id AND l.photographer_id = $1) AS BIGINT)",
            "CAST((SELECT COALESCE(SUM(x.amount), 0) FROM refund_lines x JOIN order_lines l ON l.id = x.order_line_id
                   WHERE x.refund_id = r.id AND l.photographer_id = $1) AS BIGINT)",
        ),
    };
    // what the whole was paid with is told to those to whom the whole belongs
    let reference = if matches!(whose, Whose::Photographer(_)) { "CAST(NULL AS TEXT)" } else { "p.provider_ref" };
    // money that no order took is the owner's and the payer's matter: it goes back, and no photographer has a part in it
    let settled = if matches!(whose, Whose::Photographer(_)) { "('succeeded')" } else { "('succeeded', 'unexpected', 'mismatch')" };
    let text = format!(
        "SELECT id, at, is_refund, is_through, number, buyer_name, method, reference, currency, amount FROM (
           SELECT p.id AS id, COALESCE(p.settled_at, p.created_at) AS at, FALSE AS is_refund, TRUE AS is_through, o.number AS number,
                  o.buyer_name AS buyer_name, p.provider AS method, {reference} AS reference, p.currency AS currency, {paid} AS amount
           FROM payments p JOIN orders o ON o.id = p.order_id WHERE p.status IN {settled} AND {orders}
           UNION ALL
           SELECT r.id, COALESCE(r.settled_at, r.created_at), TRUE, r.status = 'succeeded', o.number,
                  o.buyer_name, p.provider, {reference}, r.currency, {returned}
           FROM refunds r JOIN payments p ON p.id = r.payment_id JOIN orders o ON o.id = r.order_id
           WHERE r.status <> 'failed' AND p.status IN {settled} AND {orders}
         ) entries WHERE at < $2 OR (at = $2 AND id < $3) ORDER BY at DESC, id DESC LIMIT $4"
    );
    sql_built(text).bind(person).bind(before.0).bind(before.1).bind(most).all(db).await
}
