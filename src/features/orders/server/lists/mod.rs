//! Lists of orders, found by key: the last page costs what the first one costs.
pub mod ledger;

use crate::{
    features::{catalogue::Size, orders::OrderStatus},
    platform::db::{Db, sql, sql_built},
    shared::{AppError, Money, OrderId, OrderLineId, PhotoId, UserId},
};

/// Where a page begins: before this instant and id, newest first; or after them, where the oldest come first.
pub struct Before {
    at: i64,
    id: uuid::Uuid,
    oldest_first: bool,
}

impl Before {
    pub fn read(after: Option<&str>) -> Result<Self, AppError> {
        Self::read_in(after, false)
    }

    pub fn read_in(after: Option<&str>, oldest_first: bool) -> Result<Self, AppError> {
        let Some(after) = after else {
            let (at, id) = if oldest_first { (i64::MIN, uuid::Uuid::nil()) } else { (i64::MAX, uuid::Uuid::max()) };
            return Ok(Self { at, id, oldest_first });
        };
        let (at, id) = after.split_once('.').ok_or(AppError::NotFound)?;
        Ok(Self { at: at.parse().map_err(|_| AppError::NotFound)?, id: id.parse().map_err(|_| AppError::NotFound)?, oldest_first })
    }

    /// On which side the rows lie, and how they are ordered.
    fn words(&self) -> (&'static str, &'static str) {
        if self.oldest_first { (">", "ASC") } else { ("<", "DESC") }
    }

    pub fn write(at: i64, id: uuid::Uuid) -> String {
        format!("{at}.{}", id.simple())
    }
}

#[derive(sqlx::FromRow)]
pub struct Row {
    pub id: OrderId,
    pub number: String,
    pub status: OrderStatus,
    pub buyer_name: String,
    pub placed_at: i64,
    currency: String,
    amount: i64,
    pub photos: i64,
    pub first_photo: Option<PhotoId>,
}

impl Row {
    pub fn amount(&self) -> Result<Money, AppError> {
        Ok(Money::new(self.amount, self.currency.parse()?))
    }
}

pub async fn of_buyer(db: &Db, buyer: UserId, status: Option<OrderStatus>, before: Before, most: i64) -> Result<Vec<Row>, AppError> {
    let (side, order) = before.words();
    let text = format!(
        "SELECT o.id, o.number, o.status, o.buyer_name, o.placed_at, o.currency, o.total AS amount,
           (SELECT COUNT(*) FROM order_lines l WHERE l.order_id = o.id) AS photos,
           (SELECT l.photo_id FROM order_lines l WHERE l.order_id = o.id ORDER BY l.position LIMIT 1) AS first_photo
         FROM orders o WHERE o.buyer_id = $1 AND (o.placed_at {side} $2 OR (o.placed_at = $2 AND o.id {side} $3)) AND ($5 IS NULL OR o.status = $5)
         ORDER BY o.placed_at {order}, o.id {order} LIMIT $4"
    );
    let status = status.map(OrderStatus::as_str);
    sql_built(text).bind(buyer).bind(before.at).bind(before.id).bind(most).bind(status).all(db).await
}

/// `photographer`: only orders with pictures by this person, counting only those.
pub async fn of_studio(
    db: &Db,
    photographer: Option<UserId>,
    (status, client): (Option<OrderStatus>, Option<UserId>),
    before: Before,
    most: i64,
) -> Result<Vec<Row>, AppError> {
    let status = status.map(OrderStatus::as_str);
    let (side, order) = before.words();
    let text = format!(
        "SELECT o.id, o.number, o.status, o.buyer_name, o.placed_at, o.currency,
           CAST((SELECT COALESCE(SUM(l.amount), 0) FROM order_lines l WHERE l.order_id = o.id AND ($1 IS NULL OR l.photographer_id = $1)) AS BIGINT) AS amount,
           (SELECT COUNT(*) FROM order_lines l WHERE l.order_id = o.id AND ($1 IS NULL OR l.photographer_id = $1)) AS photos,
           (SELECT l.photo_id FROM order_lines l WHERE l.order_id = o.id AND ($1 IS NULL OR l.photographer_id = $1) ORDER BY l.position LIMIT 1) AS first_photo
         FROM orders o
         WHERE ($1 IS NULL OR EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.id AND l.photographer_id = $1))
           AND ($2 IS NULL OR o.status = $2) AND (o.placed_at {side} $3 OR (o.placed_at = $3 AND o.id {side} $4)) AND ($6 IS NULL OR o.buyer_id = $6)
         ORDER BY o.placed_at {order}, o.id {order} LIMIT $5"
    );
    sql_built(text).bind(photographer).bind(status).bind(before.at).bind(before.id).bind(most).bind(client).all(db).await
}

#[derive(sqlx::FromRow)]
pub struct BoughtRow {
    pub id: OrderLineId,
    pub photo_id: PhotoId,
    pub size: Size,
    pub filename: String,
    pub gallery_title: String,
    pub number: String,
    pub paid_at: i64,
}

pub async fn bought(db: &Db, buyer: UserId, before: Before, most: i64) -> Result<Vec<BoughtRow>, AppError> {
    sql("SELECT l.id, l.photo_id, l.size, l.filename, l.gallery_title, o.number, o.paid_at
         FROM orders o JOIN order_lines l ON l.order_id = o.id
         WHERE o.buyer_id = $1 AND o.status = 'paid' AND (o.paid_at < $2 OR (o.paid_at = $2 AND l.id < $3))
         ORDER BY o.paid_at DESC, l.id DESC LIMIT $4")
    .bind(buyer)
    .bind(before.at)
    .bind(before.id)
    .bind(most)
    .all(db)
    .await
}

#[derive(sqlx::FromRow)]
pub struct WaitingRow {
    #[sqlx(flatten)]
    pub order: Row,
    /// No line belongs to another photographer.
    pub is_whole: bool,
    pub is_checking: bool,
}

/// Those that wait for payment, the longest first.
pub async fn waiting_longest(db: &Db, photographer: Option<UserId>, most: i64) -> Result<Vec<WaitingRow>, AppError> {
    sql("SELECT o.id, o.number, o.status, o.buyer_name, o.placed_at, o.currency,
           CAST((SELECT COALESCE(SUM(l.amount), 0) FROM order_lines l WHERE l.order_id = o.id AND ($1 IS NULL OR l.photographer_id = $1)) AS BIGINT) AS amount,
           (SELECT COUNT(*) FROM order_lines l WHERE l.order_id = o.id AND ($1 IS NULL OR l.photographer_id = $1)) AS photos, (SELECT l.photo_id FROM order_lines l WHERE l.order_id = o.id ORDER BY l.position LIMIT 1) AS first_photo,
           NOT EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.id AND l.photographer_id <> $1) AS is_whole,
           EXISTS (SELECT 1 FROM payments p WHERE p.order_id = o.id AND p.status IN ('asked', 'unknown')) AS is_checking
         FROM orders o
         WHERE o.status = 'awaiting_payment' AND ($1 IS NULL OR EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.id AND l.photographer_id = $1))
         ORDER BY o.placed_at, o.id LIMIT $2")
    .bind(photographer)
    .bind(most)
    .all(db)
    .await
}

#[derive(sqlx::FromRow)]
pub struct ClientRow {
    pub buyer_id: UserId,
    pub buyer_email: String,
    /// Of this client, with those that are not in the list.
    pub orders: i64,
    #[sqlx(flatten)]
    pub order: Row,
}

/// The latest orders of each client, at most `each` of each.
pub async fn latest_of_clients(db: &Db, photographer: Option<UserId>, each: i64) -> Result<Vec<ClientRow>, AppError> {
    sql("SELECT w.buyer_id, w.buyer_email, w.orders, w.id, w.number, w.status, w.buyer_name, w.placed_at, w.currency,
           CAST((SELECT COALESCE(SUM(l.amount), 0) FROM order_lines l WHERE l.order_id = w.id AND ($1 IS NULL OR l.photographer_id = $1)) AS BIGINT) AS amount,
           (SELECT COUNT(*) FROM order_lines l WHERE l.order_id = w.id AND ($1 IS NULL OR l.photographer_id = $1)) AS photos, (SELECT l.photo_id FROM order_lines l WHERE l.order_id = w.id ORDER BY l.position LIMIT 1) AS first_photo
         FROM (
           SELECT o.buyer_id, o.buyer_email, o.id, o.number, o.status, o.buyer_name, o.placed_at, o.currency, COUNT(*) OVER (PARTITION BY o.buyer_id) AS orders,
             ROW_NUMBER() OVER (PARTITION BY o.buyer_id ORDER BY o.placed_at DESC, o.id DESC) AS place
           FROM orders o WHERE ($1 IS NULL OR EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.id AND l.photographer_id = $1))) w
         WHERE w.place <= $2 ORDER BY w.buyer_id, w.place")
        .bind(photographer)
        .bind(each)
        .all(db)
        .await
}

/// Orders that wait for payment.
pub async fn waiting(db: &Db, photographer: Option<UserId>) -> Result<i64, AppError> {
    let (count,): (i64,) = sql("SELECT COUNT(*) FROM orders o WHERE o.status = 'awaiting_payment'
           AND ($1 IS NULL OR EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.id AND l.photographer_id = $1))")
    .bind(photographer)
    .one(db)
    .await?;
    Ok(count)
}

/// Photographs sold since then, and what they brought in this currency.
pub async fn sold_since(db: &Db, photographer: Option<UserId>, since: i64, currency: &str) -> Result<(i64, i64), AppError> {
    sql("SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN o.currency = $3 THEN l.amount ELSE 0 END), 0) AS BIGINT)
         FROM orders o JOIN order_lines l ON l.order_id = o.id
         WHERE o.status = 'paid' AND o.paid_at >= $2 AND ($1 IS NULL OR l.photographer_id = $1)")
    .bind(photographer)
    .bind(since)
    .bind(currency)
    .one(db)
    .await
}
