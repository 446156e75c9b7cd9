use crate::{
    features::catalogue::Size,
    platform::db::{Db, On, Tx, placeholders, sql, sql_built},
    shared::{AppError, CartLineId, Money, PhotoId, UserId},
};

#[derive(sqlx::FromRow)]
pub struct LineRow {
    pub photo_id: PhotoId,
    pub size: Size,
    pub saved_for_later: bool,
    pub price_seen: i64,
    pub currency: String,
}

pub async fn lines_of(on: impl Into<On<'_>>, user: UserId) -> Result<Vec<LineRow>, AppError> {
    sql("SELECT photo_id, size, saved_for_later, price_seen, currency FROM cart_lines WHERE user_id = $1 ORDER BY added_at, id")
        .bind(user)
        .all(on)
        .await
}

pub async fn line_of(on: impl Into<On<'_>>, user: UserId, photo: PhotoId) -> Result<Option<LineRow>, AppError> {
    sql("SELECT photo_id, size, saved_for_later, price_seen, currency FROM cart_lines WHERE user_id = $1 AND photo_id = $2")
        .bind(user)
        .bind(photo)
        .optional(on)
        .await
}

pub async fn count(db: &Db, user: UserId, saved: bool) -> Result<i64, AppError> {
    let (count,): (i64,) =
        sql("SELECT COUNT(*) FROM cart_lines WHERE user_id = $1 AND saved_for_later = $2").bind(user).bind(saved).one(db).await?;
    Ok(count)
}

/// One line for a photograph: another size replaces the one before.
pub async fn put_line(tx: &mut Tx, user: UserId, photo: PhotoId, size: Size, price: Money, now: i64) -> Result<(), AppError> {
    sql("INSERT INTO cart_lines (id, user_id, photo_id, size, saved_for_later, price_seen, currency, added_at) VALUES ($1, $2, $3, $4, FALSE, $5, $6, $7)
         ON CONFLICT (user_id, photo_id) DO UPDATE SET
           size = excluded.size, saved_for_later = FALSE, price_seen = excluded.price_seen, currency = excluded.currency")
        .bind(CartLineId::new())
        .bind(user)
        .bind(photo)
        .bind(size)
        .bind(price.amount)
        .bind(price.currency.code())
        .bind(now)
        .run(tx)
        .await?;
    Ok(())
}

pub async fn set_saved(tx: &mut Tx, user: UserId, photo: PhotoId, saved: bool) -> Result<u64, AppError> {
    sql("UPDATE cart_lines SET saved_for_later = $3 WHERE user_id = $1 AND photo_id = $2").bind(user).bind(photo).bind(saved).run(tx).await
}

/// What was taken out, if it was still there.
pub async fn take_out(tx: &mut Tx, user: UserId, photo: PhotoId) -> Result<Option<Size>, AppError> {
    let row: Option<(Size,)> =
        sql("DELETE FROM cart_lines WHERE user_id = $1 AND photo_id = $2 RETURNING size").bind(user).bind(photo).optional(tx).await?;
    Ok(row.map(|(size,)| size))
}

pub async fn delete(tx: &mut Tx, user: UserId, photos: &[PhotoId]) -> Result<u64, AppError> {
    if photos.is_empty() {
        return Ok(0);
    }
    let text = format!("DELETE FROM cart_lines WHERE user_id = $1 AND photo_id IN ({})", placeholders(2, photos.len()));
    sql_built(text).bind(user).bind_all(photos.iter().copied()).run(tx).await
}

/// Which of these copies wait for payment, and in which order.
pub async fn on_order(on: impl Into<On<'_>>, user: UserId) -> Result<Vec<(PhotoId, Size, String)>, AppError> {
    sql("SELECT photo_id, size, order_number FROM copies_on_order WHERE user_id = $1").bind(user).all(on).await
}

/// False when the copy waits in an order already.
pub async fn put_on_order(tx: &mut Tx, user: UserId, photo: PhotoId, size: Size, number: &str) -> Result<bool, AppError> {
    let rows = sql("INSERT INTO copies_on_order (user_id, photo_id, size, order_number) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING")
        .bind(user)
        .bind(photo)
        .bind(size)
        .bind(number)
        .run(tx)
        .await?;
    Ok(rows == 1)
}

pub async fn take_off_order(tx: &mut Tx, number: &str) -> Result<(), AppError> {
    sql("DELETE FROM copies_on_order WHERE order_number = $1").bind(number).run(tx).await?;
    Ok(())
}
