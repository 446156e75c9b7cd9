//! The originals that rows speak of.
use crate::{
    features::photos::server::intake::NewPhoto,
    platform::db::{Db, Tx, placeholders, sql, sql_built},
    shared::AppError,
};

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

/// Which of these originals a row still speaks of.
pub async fn known_blobs(db: &Db, hashes: &[Vec<u8>]) -> Result<Vec<Vec<u8>>, AppError> {
    let text = format!("SELECT hash FROM blobs WHERE hash IN ({})", placeholders(1, hashes.len()));
    let rows: Vec<(Vec<u8>,)> = sql_built(text).bind_all(hashes.to_vec()).all(db).await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}
