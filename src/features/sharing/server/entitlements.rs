//! What people have bought. Orders give and take it; everybody else only asks.
use crate::{
    features::sharing::Size,
    platform::db::{On, Tx, placeholders, sql, sql_built},
    shared::{AppError, EntitlementId, GalleryId, OrderLineId, PhotoId, UserId},
};
use std::collections::HashMap;

#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Entitlement {
    pub photo_id: PhotoId,
    pub size: Size,
}

/// Gives the buyer of an order line the photo in this size, for good. Done twice it is done once: true only the first time.
pub async fn entitle(tx: &mut Tx, now: i64, user: UserId, photo: PhotoId, size: Size, line: OrderLineId) -> Result<bool, AppError> {
    let written = sql("INSERT INTO entitlements (id, user_id, photo_id, size, order_line_id, created_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING")
        .bind(EntitlementId::new())
        .bind(user)
        .bind(photo)
        .bind(size)
        .bind(line)
        .bind(now)
        .run(tx)
        .await?;
    Ok(written == 1)
}

/// Takes back what an order line gave.
pub async fn withdraw(tx: &mut Tx, now: i64, line: OrderLineId) -> Result<(), AppError> {
    sql("UPDATE entitlements SET revoked_at = COALESCE(revoked_at, $2), is_suspended = FALSE WHERE order_line_id = $1")
        .bind(line)
        .bind(now)
        .run(tx)
        .await?;
    Ok(())
}

/// Takes back what an order line gave until `restore` gives it again.
pub async fn suspend(tx: &mut Tx, now: i64, line: OrderLineId) -> Result<(), AppError> {
    sql("UPDATE entitlements SET revoked_at = COALESCE(revoked_at, $2), is_suspended = TRUE WHERE order_line_id = $1")
        .bind(line)
        .bind(now)
        .run(tx)
        .await?;
    Ok(())
}

/// Gives back what was suspended or withdrawn, unless the person has bought the same copy again meanwhile.
pub async fn restore(tx: &mut Tx, line: OrderLineId) -> Result<(), AppError> {
    sql("UPDATE entitlements SET revoked_at = NULL, is_suspended = FALSE WHERE order_line_id = $1 AND revoked_at IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM entitlements e WHERE e.user_id = entitlements.user_id AND e.photo_id = entitlements.photo_id
                         AND e.size = entitlements.size AND e.revoked_at IS NULL)")
    .bind(line)
    .run(tx)
    .await?;
    Ok(())
}

/// A copy that somebody bought.
#[derive(sqlx::FromRow)]
pub struct Copy {
    pub photo_id: PhotoId,
    pub size: Size,
    pub is_live: bool,
}

/// What became of the right that an order line gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RightOfLine {
    pub order_line_id: OrderLineId,
    pub is_live: bool,
    pub is_suspended: bool,
}

/// Lines that never gave anything are missing.
pub async fn rights_of_lines(on: impl Into<On<'_>>, lines: &[OrderLineId]) -> Result<Vec<RightOfLine>, AppError> {
    if lines.is_empty() {
        return Ok(vec![]);
    }
    let text = format!(
        "SELECT order_line_id, revoked_at IS NULL AS is_live, is_suspended FROM entitlements WHERE order_line_id IN ({})",
        placeholders(1, lines.len())
    );
    sql_built(text).bind_all(lines.iter().copied()).all(on).await
}

/// What the person owns of these photos.
pub async fn entitlements_of(on: impl Into<On<'_>>, user: UserId, photos: &[PhotoId]) -> Result<Vec<Entitlement>, AppError> {
    if photos.is_empty() {
        return Ok(vec![]);
    }
    let text = format!(
        "SELECT photo_id, size FROM entitlements WHERE user_id = $1 AND revoked_at IS NULL AND photo_id IN ({})",
        placeholders(2, photos.len())
    );
    sql_built(text).bind(user).bind_all(photos.iter().copied()).all(on).await
}

/// The copies that are the person's, also those whose downloads rest: what comes back need not be bought again.
pub async fn copies_of(on: impl Into<On<'_>>, user: UserId, photos: &[PhotoId]) -> Result<Vec<Copy>, AppError> {
    if photos.is_empty() {
        return Ok(vec![]);
    }
    let text = format!(
        "SELECT photo_id, size, revoked_at IS NULL AS is_live FROM entitlements
         WHERE user_id = $1 AND (revoked_at IS NULL OR is_suspended) AND photo_id IN ({})",
        placeholders(2, photos.len())
    );
    sql_built(text).bind(user).bind_all(photos.iter().copied()).all(on).await
}

/// How often the person has downloaded each of these photos, by size; what was never downloaded is missing.
pub async fn downloads_of(on: impl Into<On<'_>>, user: UserId, photos: &[PhotoId]) -> Result<HashMap<(PhotoId, Size), i64>, AppError> {
    if photos.is_empty() {
        return Ok(HashMap::new());
    }
    let text = format!(
        "SELECT photo_id, size, COUNT(*) FROM downloads WHERE user_id = $1 AND photo_id IN ({}) GROUP BY photo_id, size",
        placeholders(2, photos.len())
    );
    let rows: Vec<(PhotoId, Size, i64)> = sql_built(text).bind(user).bind_all(photos.iter().copied()).all(on).await?;
    Ok(rows.into_iter().map(|(photo, size, times)| ((photo, size), times)).collect())
}

/// The file names of those of these photos that somebody has bought, in the gallery's order.
pub async fn sold_of(on: impl Into<On<'_>>, gallery: GalleryId, photos: &[PhotoId]) -> Result<Vec<String>, AppError> {
    if photos.is_empty() {
        return Ok(vec![]);
    }
    let text = format!(
        "SELECT p.filename FROM photos p WHERE p.gallery_id = $1 AND p.removed_at IS NULL AND p.id IN ({})
           AND EXISTS (SELECT 1 FROM entitlements e WHERE e.photo_id = p.id AND (e.revoked_at IS NULL OR e.is_suspended)) ORDER BY p.position, p.id",
        placeholders(2, photos.len())
    );
    let rows: Vec<(String,)> = sql_built(text).bind(gallery).bind_all(photos.iter().copied()).all(on).await?;
    Ok(rows.into_iter().map(|(filename,)| filename).collect())
}
