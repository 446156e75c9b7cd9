//! All SQL of galleries.
use crate::{
    features::galleries::{GallerySettings, GalleryStatus},
    platform::{
        db::{Db, On, Sql, Tx, placeholders, sql, sql_built, sql_by_engine},
        when,
    },
    shared::{AppError, GalleryId, PhotoId, UserId},
};

#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct GalleryRow {
    pub id: GalleryId,
    pub photographer_id: UserId,
    pub title: String,
    /// `2026-06-14`
    pub event_date: Option<String>,
    pub client_name: String,
    pub note: String,
    /// As chosen; it may have been removed since. `photos::server::service::covers` knows what to show.
    pub cover_photo_id: Option<PhotoId>,
    pub status: GalleryStatus,
    pub shows_prices: bool,
    pub has_watermark: bool,
    pub has_free_downloads: bool,
    pub version: i64,
    pub created_at: i64,
    pub published_at: Option<i64>,
}

impl GalleryRow {
    /// `14 June 2026`
    pub fn event_day(&self) -> Option<String> {
        self.event_date.as_deref().and_then(when::civil)
    }
}

macro_rules! galleries {
    ($rest:literal) => {
        concat!(
            "SELECT id, photographer_id, title, event_date, client_name, note, cover_photo_id, status, shows_prices, has_watermark, has_free_downloads,
                    version, created_at, published_at FROM galleries ",
            $rest
        )
    };
}

pub async fn gallery(on: impl Into<On<'_>>, id: GalleryId) -> Result<Option<GalleryRow>, AppError> {
    sql(galleries!("WHERE id = $1 AND removed_at IS NULL")).bind(id).optional(on).await
}

/// For a change: on PostgreSQL nobody else changes the row until the transaction ends.
pub async fn lock(tx: &mut Tx, id: GalleryId) -> Result<Option<GalleryRow>, AppError> {
    sql_by_engine(galleries!("WHERE id = $1 AND removed_at IS NULL"), galleries!("WHERE id = $1 AND removed_at IS NULL FOR UPDATE"))
        .bind(id)
        .optional(tx)
        .await
}

pub async fn galleries(on: impl Into<On<'_>>, ids: &[GalleryId]) -> Result<Vec<GalleryRow>, AppError> {
    let text = format!("{}WHERE id IN ({}) AND removed_at IS NULL", galleries!(""), placeholders(1, ids.len()));
    if ids.is_empty() { Ok(vec![]) } else { sql_built(text).bind_all(ids.iter().copied()).all(on).await }
}

/// Newest first. `photographer`: only this one's.
pub async fn list(db: &Db, photographer: Option<UserId>, after: (i64, uuid::Uuid), limit: i64) -> Result<Vec<GalleryRow>, AppError> {
    sql(galleries!(
        "WHERE removed_at IS NULL AND ($1 OR photographer_id = $2) AND (created_at, id) < ($3, $4) ORDER BY created_at DESC, id DESC LIMIT $5"
    ))
    .bind(photographer.is_none())
    .bind(photographer.map_or(uuid::Uuid::nil(), |id| id.0))
    .bind(after.0)
    .bind(after.1)
    .bind(limit)
    .all(db)
    .await
}

/// All, and those of them that are published.
pub async fn counts(db: &Db, photographer: Option<UserId>) -> Result<(i64, i64), AppError> {
    sql("SELECT COUNT(*), COUNT(CASE WHEN status = 'published' THEN 1 END) FROM galleries WHERE removed_at IS NULL AND ($1 OR photographer_id = $2)")
        .bind(photographer.is_none())
        .bind(photographer.map_or(uuid::Uuid::nil(), |id| id.0))
        .one(db)
        .await
}

/// Binds $3 to $9: what a photographer can set, in the order of both statements below.
fn with(statement: Sql, settings: &GallerySettings) -> Sql {
    statement
        .bind(&settings.title)
        .bind(stored_date(settings))
        .bind(&settings.client_name)
        .bind(&settings.note)
        .bind(settings.shows_prices)
        .bind(settings.has_watermark)
        .bind(settings.has_free_downloads)
}

pub async fn insert(tx: &mut Tx, id: GalleryId, photographer: UserId, settings: &GallerySettings, now: i64) -> Result<(), AppError> {
    let insert = sql("INSERT INTO galleries (id, photographer_id, title, event_date, client_name, note, shows_prices, has_watermark, has_free_downloads, status, version, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'draft', 1, $10)")
        .bind(id)
        .bind(photographer);
    with(insert, settings).bind(now).run(tx).await.map(drop)
}

/// False when somebody else changed the gallery since this version.
pub async fn change(tx: &mut Tx, id: GalleryId, version: i64, settings: &GallerySettings) -> Result<bool, AppError> {
    let change = sql(
        "UPDATE galleries SET title = $3, event_date = $4, client_name = $5, note = $6, shows_prices = $7, has_watermark = $8, has_free_downloads = $9, version = version + 1
         WHERE id = $1 AND version = $2 AND removed_at IS NULL",
    )
    .bind(id)
    .bind(version);
    Ok(with(change, settings).run(tx).await? > 0)
}

fn stored_date(settings: &GallerySettings) -> Option<&str> {
    Some(settings.event_date.as_str()).filter(|date| !date.is_empty())
}

/// Keeps when a gallery was first published.
pub async fn set_status(tx: &mut Tx, id: GalleryId, status: GalleryStatus, now: i64) -> Result<(), AppError> {
    sql("UPDATE galleries SET status = $2, published_at = CASE WHEN $2 = 'published' THEN COALESCE(published_at, $3) ELSE published_at END WHERE id = $1")
        .bind(id)
        .bind(status)
        .bind(now)
        .run(tx)
        .await?;
    Ok(())
}

pub async fn set_cover(tx: &mut Tx, id: GalleryId, photo: PhotoId) -> Result<(), AppError> {
    sql("UPDATE galleries SET cover_photo_id = $2 WHERE id = $1").bind(id).bind(photo).run(tx).await?;
    Ok(())
}

pub async fn set_removed(tx: &mut Tx, id: GalleryId, now: i64) -> Result<(), AppError> {
    sql("UPDATE galleries SET removed_at = $2 WHERE id = $1").bind(id).bind(now).run(tx).await?;
    Ok(())
}

pub async fn removed(tx: &mut Tx, id: GalleryId) -> Result<Option<GalleryRow>, AppError> {
    sql(galleries!("WHERE id = $1 AND removed_at IS NOT NULL")).bind(id).optional(tx).await
}

pub async fn set_restored(tx: &mut Tx, id: GalleryId) -> Result<(), AppError> {
    sql("UPDATE galleries SET removed_at = NULL WHERE id = $1").bind(id).run(tx).await?;
    Ok(())
}

pub async fn removed_before(db: &Db, instant: i64) -> Result<Vec<(GalleryId, i64)>, AppError> {
    sql("SELECT id, removed_at FROM galleries WHERE removed_at < $1").bind(instant).all(db).await
}
