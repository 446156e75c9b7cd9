//! Counted limits per address and per account, in the database, so that several instances count together.
use super::{Clock, db::{Db, sql}};
use crate::shared::AppError;

/// Counts one try in the bucket; the one above `most` within `window` (milliseconds) is refused with the time to wait.
/// Fixed windows: at the turn of one up to twice `most` may pass, which is good enough against guessing.
pub async fn take(db: &Db, clock: &Clock, bucket: &str, most: i64, window: i64) -> Result<(), AppError> {
    let now = clock.now();
    let mut tx = db.begin().await?;
    let (hits, resets_at): (i64, i64) = sql(
        "INSERT INTO limits (bucket, hits, resets_at) VALUES ($1, 1, $2)
         ON CONFLICT (bucket) DO UPDATE SET
           hits = CASE WHEN limits.resets_at <= $3 THEN 1 ELSE limits.hits + 1 END,
           resets_at = CASE WHEN limits.resets_at <= $3 THEN $2 ELSE limits.resets_at END
         RETURNING hits, resets_at",
    )
    .bind(bucket)
    .bind(now + window)
    .bind(now)
    .one(&mut tx)
    .await?;
    tx.commit().await?;
    if hits <= most {
        return Ok(());
    }
    Err(AppError::TooMany { retry_after: ((resets_at - now).max(1_000) / 1_000) as u64 })
}

/// Forgets a bucket, as a right password does with the wrong ones before it.
pub async fn forget(db: &Db, bucket: &str) -> Result<(), AppError> {
    let mut tx = db.begin().await?;
    sql("DELETE FROM limits WHERE bucket = $1").bind(bucket).run(&mut tx).await?;
    tx.commit().await
}

/// Removes windows that have passed; run once an hour.
pub async fn sweep(db: &Db, clock: &Clock) -> Result<(), AppError> {
    let mut tx = db.begin().await?;
    sql("DELETE FROM limits WHERE resets_at < $1").bind(clock.now()).run(&mut tx).await?;
    tx.commit().await
}
