//! Counted limits per address and per account, in the database, so that several instances count together.
use super::{
    Clock,
    db::{Db, Tx, sql},
};
use crate::shared::AppError;

/// One count: at most `most` tries in the bucket within `window` milliseconds.
pub struct Limit {
    pub bucket: String,
    pub most: i64,
    pub window: i64,
}

/// Counts one try in the bucket; the one above `most` within `window` (milliseconds) is refused with the time to wait.
/// Fixed windows: at the turn of one up to twice `most` may pass, which is good enough against guessing.
pub async fn take(db: &Db, clock: &Clock, bucket: &str, most: i64, window: i64) -> Result<(), AppError> {
    take_each(db, clock, &[Limit { bucket: bucket.into(), most, window }]).await
}

/// The same for several buckets, one after the other. A try that one of them refuses was none for those behind it: who
/// is turned away at the door fills nobody's account.
pub async fn take_each(db: &Db, clock: &Clock, limits: &[Limit]) -> Result<(), AppError> {
    let now = clock.now();
    let mut refused = Ok(());
    let mut tx = db.begin().await?;
    for limit in limits {
        let (hits, resets_at) = count(&mut tx, now, limit).await?;
        if hits > limit.most {
            refused = Err(AppError::TooMany { retry_after: ((resets_at - now).max(1_000) as u64).div_ceil(1_000) });
            break;
        }
    }
    tx.commit().await?;
    refused
}

/// Counts one in the bucket together with what it is counted for, and refuses nobody.
pub async fn note(tx: &mut Tx, clock: &Clock, limit: &Limit) -> Result<(), AppError> {
    count(tx, clock.now(), limit).await.map(drop)
}

/// Refuses while the bucket holds `most` tries or more, and counts nothing.
pub async fn refuse_when_full(db: &Db, clock: &Clock, bucket: &str, most: i64) -> Result<(), AppError> {
    let now = clock.now();
    let found: Option<(i64, i64)> =
        sql("SELECT hits, resets_at FROM limits WHERE bucket = $1 AND resets_at > $2").bind(bucket).bind(now).optional(db).await?;
    match found {
        Some((hits, resets_at)) if hits >= most => {
            Err(AppError::TooMany { retry_after: ((resets_at - now).max(1_000) as u64).div_ceil(1_000) })
        }
        _ => Ok(()),
    }
}

async fn count(tx: &mut Tx, now: i64, limit: &Limit) -> Result<(i64, i64), AppError> {
    sql("INSERT INTO limits (bucket, hits, resets_at) VALUES ($1, 1, $2)
         ON CONFLICT (bucket) DO UPDATE SET
           hits = CASE WHEN limits.resets_at <= $3 THEN 1 ELSE limits.hits + 1 END,
           resets_at = CASE WHEN limits.resets_at <= $3 THEN $2 ELSE limits.resets_at END
         RETURNING hits, resets_at")
    .bind(&limit.bucket)
    .bind(now + limit.window)
    .bind(now)
    .one(tx)
    .await
}

/// Forgets a bucket, as a right password does with the wrong ones before it; in the transaction of that success.
pub async fn forget(tx: &mut Tx, bucket: &str) -> Result<(), AppError> {
    sql("DELETE FROM limits WHERE bucket = $1").bind(bucket).run(tx).await.map(drop)
}

/// Removes windows that have passed; run once an hour.
pub async fn sweep(db: &Db, clock: &Clock) -> Result<(), AppError> {
    let mut tx = db.begin().await?;
    sql("DELETE FROM limits WHERE resets_at < $1").bind(clock.now()).run(&mut tx).await?;
    tx.commit().await
}
