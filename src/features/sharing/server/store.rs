//! All writing of grants, and the lists of them.
use crate::{
    platform::db::{Db, On, Tx, sql, sql_built},
    shared::{AppError, BatchId, GalleryId, GrantId, PhotoId, UserId},
};

/// Whom a right is for: an account, or an address that nobody has proven yet.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Whom {
    Account(UserId),
    /// As it was typed.
    Address(String),
}

impl Whom {
    fn columns(&self) -> (Option<UserId>, Option<String>, Option<String>) {
        match self {
            Self::Account(id) => (Some(*id), None, None),
            Self::Address(email) => (None, Some(crate::shared::email_key(email)), Some(email.clone())),
        }
    }
}

#[derive(sqlx::FromRow)]
pub struct GalleryRow {
    pub id: GalleryId,
    pub photographer_id: UserId,
    pub title: String,
    pub is_published: bool,
    pub is_removed: bool,
}

const GALLERY: &str = "SELECT id, photographer_id, title, status = 'published' AS is_published, removed_at IS NOT NULL AS is_removed FROM galleries WHERE id = $1";

pub async fn gallery(on: impl Into<On<'_>>, id: GalleryId) -> Result<Option<GalleryRow>, AppError> {
    sql(GALLERY).bind(id).optional(on).await
}

/// How many of these photos hang in the gallery.
pub async fn count_in_gallery(tx: &mut Tx, gallery: GalleryId, photos: &[PhotoId]) -> Result<usize, AppError> {
    let mut found = 0;
    for some in photos.chunks(500) {
        let text = format!(
            "SELECT COUNT(*) FROM photos WHERE gallery_id = $1 AND removed_at IS NULL AND id IN ({})",
            crate::platform::db::placeholders(2, some.len())
        );
        let (count,): (i64,) = sql_built(text).bind(gallery).bind_all(some.iter().copied()).one(&mut *tx).await?;
        found += count as usize;
    }
    Ok(found)
}

pub struct NewGrants<'a> {
    pub batch: BatchId,
    pub gallery: GalleryId,
    /// Empty: the whole gallery.
    pub photos: &'a [PhotoId],
    pub by: Option<UserId>,
    pub now: i64,
}

/// Gives one person these rights; those they have already are left as they are. Says how many were new.
pub async fn give(tx: &mut Tx, new: &NewGrants<'_>, whom: &Whom) -> Result<u64, AppError> {
    let (user, key, email) = whom.columns();
    let wanted: Vec<Option<PhotoId>> = if new.photos.is_empty() { vec![None] } else { new.photos.iter().copied().map(Some).collect() };
    let mut given = 0;
    for some in wanted.chunks(100) {
        // $1 to $7 are the same in each row, then an id and a photo for each
        let rows: Vec<String> = (0..some.len()).map(|n| format!("(${}, $1, $2, ${}, $3, $4, $5, $6, $7)", 8 + 2 * n, 9 + 2 * n)).collect();
        let text = format!(
            "INSERT INTO grants (id, batch_id, gallery_id, photo_id, user_id, email_key, email, created_by, created_at) VALUES {} ON CONFLICT DO NOTHING",
            rows.join(", ")
        );
        let mut insert =
            sql_built(text).bind(new.batch).bind(new.gallery).bind(user).bind(key.clone()).bind(email.clone()).bind(new.by).bind(new.now);
        for photo in some {
            insert = insert.bind(GrantId::new()).bind(*photo);
        }
        given += insert.run(tx).await?;
    }
    Ok(given)
}

/// The gallery that a batch is about, while anything of the batch is live.
pub async fn gallery_of_batch(tx: &mut Tx, batch: BatchId) -> Result<Option<GalleryId>, AppError> {
    let found: Option<(GalleryId,)> =
        sql("SELECT gallery_id FROM grants WHERE batch_id = $1 AND revoked_at IS NULL LIMIT 1").bind(batch).optional(tx).await?;
    Ok(found.map(|(gallery,)| gallery))
}

pub async fn revoke_batch(tx: &mut Tx, batch: BatchId, now: i64) -> Result<u64, AppError> {
    sql("UPDATE grants SET revoked_at = $2 WHERE batch_id = $1 AND revoked_at IS NULL").bind(batch).bind(now).run(tx).await
}

/// Takes everything that one person has in one gallery.
pub async fn revoke_person(tx: &mut Tx, gallery: GalleryId, whom: &Whom, now: i64) -> Result<u64, AppError> {
    let (user, key, _) = whom.columns();
    sql("UPDATE grants SET revoked_at = $4 WHERE gallery_id = $1 AND (user_id = $2 OR email_key = $3) AND revoked_at IS NULL")
        .bind(gallery)
        .bind(user)
        .bind(key)
        .bind(now)
        .run(tx)
        .await
}

#[derive(sqlx::FromRow)]
pub struct AccessRow {
    pub user_id: Option<UserId>,
    pub email_key: Option<String>,
    pub email: Option<String>,
    pub whole: i64,
    pub photos: i64,
}

/// Who has live rights in this gallery, one row a person or address.
pub async fn access(db: &Db, gallery: GalleryId) -> Result<Vec<AccessRow>, AppError> {
    sql("SELECT user_id, email_key, MIN(email) AS email, COUNT(*) - COUNT(photo_id) AS whole, COUNT(photo_id) AS photos
         FROM grants WHERE gallery_id = $1 AND revoked_at IS NULL GROUP BY user_id, email_key ORDER BY MIN(created_at)")
    .bind(gallery)
    .all(db)
    .await
}

#[derive(sqlx::FromRow)]
pub struct HoldingRow {
    pub gallery_id: GalleryId,
    pub title: String,
    pub is_published: bool,
    pub user_id: Option<UserId>,
    pub email_key: Option<String>,
    pub email: Option<String>,
    pub whole: i64,
    pub photos: i64,
}

/// Live rights in all galleries, or in those of one photographer.
pub async fn holdings(db: &Db, photographer: Option<UserId>) -> Result<Vec<HoldingRow>, AppError> {
    let whose = if photographer.is_some() { "AND g.photographer_id = $1" } else { "" };
    let text = format!(
        "SELECT g.id AS gallery_id, g.title, g.status = 'published' AS is_published, r.user_id, r.email_key, MIN(r.email) AS email,
                COUNT(*) - COUNT(r.photo_id) AS whole, COUNT(r.photo_id) AS photos
         FROM grants r JOIN galleries g ON g.id = r.gallery_id WHERE r.revoked_at IS NULL AND g.removed_at IS NULL {whose}
         GROUP BY g.id, g.title, g.status, g.created_at, r.user_id, r.email_key ORDER BY g.created_at DESC, g.id LIMIT 5000"
    );
    let statement = sql_built(text);
    let statement = match photographer {
        Some(id) => statement.bind(id),
        None => statement,
    };
    statement.all(db).await
}

/// People and addresses that have rights in this gallery and no letter about them yet.
pub async fn unannounced(tx: &mut Tx, gallery: GalleryId) -> Result<Vec<Waiting>, AppError> {
    sql("SELECT user_id, MIN(email) AS email, MAX(created_at) AS given_at, COUNT(*) - COUNT(photo_id) AS whole, COUNT(photo_id) AS photos
         FROM grants WHERE gallery_id = $1 AND revoked_at IS NULL AND announced_at IS NULL GROUP BY user_id, email_key ORDER BY MIN(created_at)")
        .bind(gallery)
        .all(tx)
        .await
}

#[derive(sqlx::FromRow)]
pub struct Waiting {
    pub user_id: Option<UserId>,
    pub email: Option<String>,
    pub given_at: i64,
    pub whole: i64,
    pub photos: i64,
}

pub async fn mark_announced(tx: &mut Tx, gallery: GalleryId, now: i64) -> Result<(), AppError> {
    sql("UPDATE grants SET announced_at = $2 WHERE gallery_id = $1 AND revoked_at IS NULL AND announced_at IS NULL")
        .bind(gallery)
        .bind(now)
        .run(tx)
        .await?;
    Ok(())
}
