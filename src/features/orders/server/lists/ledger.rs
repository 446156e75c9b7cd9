use super::Before;
use crate::{
    features::orders::{Flow, PaymentMethod},
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
    pub what: Flow,
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
        Ok(Money::new(if self.what == Flow::Payment { self.amount } else { -self.amount }, self.currency.parse()?))
    }
}

/// An empty field filters nothing.
#[derive(Clone, Debug, Default)]
pub struct PaidFilter {
    /// The number of the order.
    pub order: Option<String>,
    pub method: Option<PaymentMethod>,
    pub what: Option<Flow>,
}

/// Payments that came, refunds that are through or on their way, and disputes that were lost, the latest first.
pub async fn entries(db: &Db, whose: Whose, filter: &PaidFilter, before: Before, most: i64) -> Result<Vec<Entry>, AppError> {
    // what came is not always what was asked for
    const TAKEN: &str = "COALESCE(p.taken, p.amount)";
    let (side, order) = before.words();
    let (person, orders, paid, returned, lost) = match whose {
        Whose::Buyer(id) => (Some(id), "o.buyer_id = $1", TAKEN, "r.amount", "d.amount"),
        Whose::Studio => (None, "$1 IS NULL", TAKEN, "r.amount", "d.amount"),
        Whose::Photographer(id) => (
            Some(id),
            "EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.id AND l.photographer_id = $1)",
            "CAST((SELECT COALESCE(SUM(l.amount), 0) FROM order_lines l WHERE l.order_id = o.id AND l.photographer_id = $1) AS BIGINT)",
            "CAST((SELECT COALESCE(SUM(x.amount), 0) FROM refund_lines x JOIN order_lines l ON l.id = x.order_line_id
                   WHERE x.refund_id = r.id AND l.photographer_id = $1) AS BIGINT)",
            "COALESCE(CAST((SELECT COALESCE(SUM(l.amount), 0) FROM order_lines l WHERE l.order_id = o.id AND l.photographer_id = $1) AS BIGINT)
                      * d.amount / NULLIF(p.amount, 0), 0)",
        ),
    };
    // what the whole was paid with is told to those to whom the whole belongs
    let reference = if matches!(whose, Whose::Photographer(_)) { "CAST(NULL AS TEXT)" } else { "p.provider_ref" };
    // money that no order took is the owner's and the payer's matter: it goes back, and no photographer has a part in it
    let settled = match whose {
        Whose::Photographer(_) => "p.status = 'succeeded'",
        _ => "(p.status IN ('succeeded', 'unexpected', 'mismatch') OR p.taken IS NOT NULL)",
    };
    let text = format!(
        "SELECT id, at, what, is_through, number, buyer_name, method, reference, currency, amount FROM (
           SELECT p.id AS id, COALESCE(p.settled_at, p.created_at) AS at, 'payment' AS what, TRUE AS is_through, o.number AS number,
                  o.buyer_name AS buyer_name, p.provider AS method, {reference} AS reference, COALESCE(p.taken_currency, p.currency) AS currency, {paid} AS amount
           FROM payments p JOIN orders o ON o.id = p.order_id WHERE {settled} AND {orders}
           UNION ALL
           SELECT r.id, COALESCE(r.settled_at, r.created_at), 'refund', r.status = 'succeeded', o.number,
                  o.buyer_name, p.provider, {reference}, r.currency, {returned}
           FROM refunds r JOIN payments p ON p.id = r.payment_id JOIN orders o ON o.id = r.order_id
           WHERE r.status <> 'failed' AND {settled} AND {orders}
           UNION ALL
           SELECT d.payment_id, COALESCE(d.closed_at, d.opened_at), 'dispute', TRUE, o.number, o.buyer_name, p.provider, {reference}, d.currency, {lost}
           FROM disputes d JOIN payments p ON p.id = d.payment_id JOIN orders o ON o.id = d.order_id
           WHERE d.state = 'lost' AND {settled} AND {orders}
         ) entries
         WHERE (at {side} $2 OR (at = $2 AND id {side} $3)) AND ($5 IS NULL OR number = $5) AND ($6 IS NULL OR method = $6) AND ($7 IS NULL OR what = $7)
         ORDER BY at {order}, id {order} LIMIT $4"
    );
    sql_built(text)
        .bind(person)
        .bind(before.at)
        .bind(before.id)
        .bind(most)
        .bind(filter.order.clone())
        .bind(filter.method.map(PaymentMethod::as_str))
        .bind(filter.what.map(Flow::as_str))
        .all(db)
        .await
}
