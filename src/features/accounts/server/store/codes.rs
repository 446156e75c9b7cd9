use crate::{
    platform::db::{Tx, sql},
    shared::{AppError, UserId},
};

/// The one code of a person; the one before counts for nothing.
pub async fn replace(tx: &mut Tx, user: UserId, hash: &[u8], expires_at: i64) -> Result<(), AppError> {
    sql("INSERT INTO email_codes (user_id, code_hash, attempts, expires_at) VALUES ($1, $2, 0, $3)
         ON CONFLICT (user_id) DO UPDATE SET code_hash = $2, attempts = 0, expires_at = $3")
    .bind(user)
    .bind(hash)
    .bind(expires_at)
    .run(tx)
    .await
    .map(drop)
}

/// Counts one try, and gives the hash to compare with; none when there is no code, or it has run out, or was tried too
/// often.
pub async fn attempt(tx: &mut Tx, user: UserId, most: i64, now: i64) -> Result<Option<Vec<u8>>, AppError> {
    let row: Option<(Vec<u8>,)> =
        sql("UPDATE email_codes SET attempts = attempts + 1 WHERE user_id = $1 AND attempts < $2 AND expires_at > $3 RETURNING code_hash")
            .bind(user)
            .bind(most)
            .bind(now)
            .optional(tx)
            .await?;
    Ok(row.map(|(hash,)| hash))
}

pub async fn delete(tx: &mut Tx, user: UserId) -> Result<(), AppError> {
    sql("DELETE FROM email_codes WHERE user_id = $1").bind(user).run(tx).await.map(drop)
}
