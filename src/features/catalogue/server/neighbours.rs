//! What selling needs from the domains below it, until their verbs of the same meaning are in.
use crate::{
    features::catalogue::Size,
    platform::{
        Person,
        db::{Db, On, Tx, placeholders, sql, sql_built},
    },
    shared::{AppError, Currency, EntitlementId, GalleryId, OrderLineId, PhotoId, UserId},
};

pub struct Studio {
    pub name: String,
    pub time_zone: String,
    pub currency: Currency,
    pub payment_instructions: String,
}

pub async fn studio(on: impl Into<On<'_>>) -> Result<Studio, AppError> {
    let row: Option<(String, String, String, String)> =
        sql("SELECT name, time_zone, currency, payment_instructions FROM studio WHERE id = 1").optional(on).await?;
    let (name, time_zone, currency, payment_instructions) = row.ok_or(AppError::NotFound)?;
    Ok(Studio { name, time_zone, currency: currency.parse()?, payment_instructions })
}

#[derive(sqlx::FromRow)]
pub struct GalleryCard {
    pub id: GalleryId,
    pub photographer_id: UserId,
    pub title: String,
}

pub async fn gallery(db: &Db, id: GalleryId) -> Result<Option<GalleryCard>, AppError> {
    sql("SELECT id, photographer_id, title FROM galleries WHERE id = $1 AND removed_at IS NULL").bind(id).optional(db).await
}

/// The newest galleries: all of them, or those of one photographer.
pub async fn galleries_of(db: &Db, photographer: Option<UserId>) -> Result<Vec<GalleryCard>, AppError> {
    sql("SELECT id, photographer_id, title FROM galleries WHERE removed_at IS NULL AND ($1 IS NULL OR photographer_id = $1) ORDER BY created_at DESC, id DESC LIMIT 200")
        .bind(photographer)
        .all(db)
        .await
}

/// A photograph that the person may buy now, with what is written into an order.
#[derive(Clone, sqlx::FromRow)]
pub struct Buyable {
    pub photo_id: PhotoId,
    pub gallery_id: GalleryId,
    pub photographer_id: UserId,
    pub gallery_title: String,
    pub filename: String,
    pub title: String,
}

pub async fn buyable(on: impl Into<On<'_>>, person: &Person, photos: &[PhotoId]) -> Result<Vec<Buyable>, AppError> {
    let text = format!(
        "SELECT p.id AS photo_id, g.id AS gallery_id, p.photographer_id, g.title AS gallery_title, p.filename, p.title
         FROM photos p JOIN galleries g ON g.id = p.gallery_id
         WHERE p.removed_at IS NULL AND g.removed_at IS NULL AND g.status = 'published'
           AND EXISTS (SELECT 1 FROM grants a WHERE a.gallery_id = g.id AND a.revoked_at IS NULL AND (a.photo_id IS NULL OR a.photo_id = p.id) AND (a.user_id = $1 OR a.email_key = $2))
           AND p.id IN ({})",
        placeholders(3, photos.len().max(1))
    );
    if photos.is_empty() {
        return Ok(vec![]);
    }
    sql_built(text).bind(person.id).bind(person.proven_email.clone()).bind_all(photos.iter().copied()).all(on).await
}

/// Which of these the person owns.
pub async fn owned(on: impl Into<On<'_>>, user: UserId, photos: &[PhotoId]) -> Result<Vec<(PhotoId, Size)>, AppError> {
    if photos.is_empty() {
        return Ok(vec![]);
    }
    sql_built(format!("SELECT photo_id, size FROM entitlements WHERE user_id = $1 AND revoked_at IS NULL AND photo_id IN ({})", placeholders(2, photos.len())))
        .bind(user)
        .bind_all(photos.iter().copied())
        .all(on)
        .await
}

pub async fn entitle(tx: &mut Tx, user: UserId, photo: PhotoId, size: Size, line: OrderLineId, now: i64) -> Result<(), AppError> {
    sql("INSERT INTO entitlements (id, user_id, photo_id, size, order_line_id, created_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING")
        .bind(EntitlementId::new())
        .bind(user)
        .bind(photo)
        .bind(size)
        .bind(line)
        .bind(now)
        .run(tx)
        .await?;
    Ok(())
}

/// Where letters to the owner go.
pub async fn owner_addresses(on: impl Into<On<'_>>) -> Result<Vec<String>, AppError> {
    let rows: Vec<(String,)> = sql("SELECT email FROM users WHERE role = 'owner' AND is_active ORDER BY created_at").all(on).await?;
    Ok(rows.into_iter().map(|(email,)| email).collect())
}
