//! All SQL of stored originals: which are wanted, which were looked at, which may go.
use crate::{
    features::photos::server::intake::NewPhoto,
    platform::db::{Db, On, Tx, placeholders, sql, sql_built},
    shared::{AppError, PhotoId},
};

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Original {
    pub hash: Vec<u8>,
    pub size: i64,
    /// What the last look found wrong.
    pub trouble: Option<String>,
}

pub async fn insert_blob(tx: &mut Tx, photo: &NewPhoto, now: i64) -> Result<(), AppError> {
    sql("INSERT INTO blobs (hash, size, crc32, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (hash) DO NOTHING")
        .bind(photo.hash.clone())
        .bind(photo.size)
        .bind(photo.crc32)
        .bind(now)
        .run(tx)
        .await?;
    Ok(())
}

/// True when a photograph that was not purged has original `b`.
macro_rules! wanted {
    () => {
        "EXISTS (SELECT 1 FROM photos p WHERE p.blob_hash = b.hash AND p.purged_at IS NULL)"
    };
}

/// Which of these originals a photograph still speaks of.
pub async fn known(db: &Db, hashes: &[Vec<u8>]) -> Result<Vec<Vec<u8>>, AppError> {
    let text = format!(concat!("SELECT b.hash FROM blobs b WHERE b.hash IN ({}) AND ", wanted!()), placeholders(1, hashes.len()));
    let rows: Vec<(Vec<u8>,)> = sql_built(text).bind_all(hashes.to_vec()).all(db).await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

pub async fn is_wanted(on: impl Into<On<'_>>, hash: &[u8]) -> Result<bool, AppError> {
    let found: Option<(i32,)> = sql(concat!("SELECT 1 FROM blobs b WHERE b.hash = $1 AND ", wanted!())).bind(hash).optional(on).await?;
    Ok(found.is_some())
}

pub async fn original(db: &Db, hash: &[u8]) -> Result<Option<Original>, AppError> {
    sql(concat!("SELECT b.hash, b.size, b.trouble FROM blobs b WHERE b.hash = $1 AND ", wanted!())).bind(hash).optional(db).await
}

/// All wanted originals in the order of their hashes.
pub async fn page(db: &Db, after: &[u8], most: i64) -> Result<Vec<Original>, AppError> {
    sql(concat!("SELECT b.hash, b.size, b.trouble FROM blobs b WHERE b.hash > $1 AND ", wanted!(), " ORDER BY b.hash LIMIT $2"))
        .bind(after)
        .bind(most)
        .all(db)
        .await
}

/// Those that nobody looked at since the instant, longest first.
pub async fn due_for_check(db: &Db, instant: i64, most: i64) -> Result<Vec<Original>, AppError> {
    sql(concat!(
        "SELECT b.hash, b.size, b.trouble FROM blobs b WHERE COALESCE(b.checked_at, b.created_at) < $1 AND ",
        wanted!(),
        " ORDER BY COALESCE(b.checked_at, b.created_at) LIMIT $2"
    ))
    .bind(instant)
    .bind(most)
    .all(db)
    .await
}

pub async fn set_checked(tx: &mut Tx, hash: &[u8], now: i64, trouble: Option<&str>) -> Result<(), AppError> {
    sql("UPDATE blobs SET checked_at = $2, trouble = $3 WHERE hash = $1").bind(hash).bind(now).bind(trouble).run(tx).await.map(drop)
}

/// The file names under which people know it.
pub async fn names_of(tx: &mut Tx, hash: &[u8]) -> Result<Vec<String>, AppError> {
    let rows: Vec<(String,)> =
        sql("SELECT DISTINCT filename FROM photos WHERE blob_hash = $1 AND purged_at IS NULL ORDER BY filename LIMIT 10")
            .bind(hash)
            .all(tx)
            .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// Ready photographs with the revision of their marked pictures, in the order of their ids.
pub async fn with_pictures(db: &Db, after: PhotoId, most: i64) -> Result<Vec<(PhotoId, i64)>, AppError> {
    sql("SELECT id, marked_rev FROM photos WHERE status = 'ready' AND removed_at IS NULL AND id > $1 ORDER BY id LIMIT $2")
        .bind(after)
        .bind(most)
        .all(db)
        .await
}

/// Which of these have pictures that somebody may be shown.
pub async fn not_purged(db: &Db, ids: &[PhotoId]) -> Result<Vec<PhotoId>, AppError> {
    let text = format!("SELECT id FROM photos WHERE purged_at IS NULL AND id IN ({})", placeholders(1, ids.len()));
    let rows: Vec<(PhotoId,)> = sql_built(text).bind_all(ids.iter().copied()).all(db).await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

pub async fn removed_before(db: &Db, instant: i64, after: (i64, PhotoId), most: i64) -> Result<Vec<(PhotoId, i64)>, AppError> {
    sql("SELECT id, removed_at FROM photos WHERE removed_at < $1 AND purged_at IS NULL AND (removed_at, id) > ($2, $3)
         ORDER BY removed_at, id LIMIT $4")
    .bind(instant)
    .bind(after.0)
    .bind(after.1)
    .bind(most)
    .all(db)
    .await
}

/// The original's hash and the revision of the marked pictures; none when it was restored or purged meanwhile.
pub async fn set_purged(tx: &mut Tx, id: PhotoId, now: i64) -> Result<Option<(Vec<u8>, i64)>, AppError> {
    sql("UPDATE photos SET purged_at = $2 WHERE id = $1 AND removed_at IS NOT NULL AND purged_at IS NULL RETURNING blob_hash, marked_rev")
        .bind(id)
        .bind(now)
        .optional(tx)
        .await
}
