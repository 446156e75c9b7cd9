//! All SQL of images.
use crate::{
    platform::db::{Db, Tx, sql, sql_built},
    shared::{AppError, ImageId, UserId},
};

#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct ImageRow {
    pub id: ImageId,
    pub user_id: UserId,
    /// As it stands in the address.
    pub filename: String,
    /// The media type.
    pub format: String,
    pub size: i64,
    pub width: i64,
    pub height: i64,
    pub hash: Vec<u8>,
    pub title: String,
    pub description: String,
    pub created_at: i64,
    pub changed_at: i64,
}

macro_rules! images {
    ($rest:literal) => {
        concat!(
            "SELECT id, user_id, filename, format, size, width, height, hash, title, description, created_at, changed_at FROM images ",
            $rest
        )
    };
}

/// Written before the bytes are kept; nobody sees it until [`set_here`].
pub async fn insert(tx: &mut Tx, image: &ImageRow) -> Result<(), AppError> {
    sql("INSERT INTO images (id, user_id, filename, format, size, width, height, hash, title, description, created_at, changed_at, is_here)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, FALSE)")
    .bind(image.id)
    .bind(image.user_id)
    .bind(&image.filename)
    .bind(&image.format)
    .bind(image.size)
    .bind(image.width)
    .bind(image.height)
    .bind(image.hash.clone())
    .bind(&image.title)
    .bind(&image.description)
    .bind(image.created_at)
    .bind(image.changed_at)
    .run(tx)
    .await
    .map(drop)
}

/// Counts these bytes to those that the person keeps, with what is just coming or going; false, and nothing is done, when
/// they would be more than `most`. Whoever counts at the same time waits for the end of the transaction.
pub async fn take_room(tx: &mut Tx, user: UserId, bytes: i64, most: i64) -> Result<bool, AppError> {
    let taken = sql("INSERT INTO image_rooms (user_id, bytes) SELECT $1, CAST($2 AS BIGINT) WHERE CAST($2 AS BIGINT) <= $3
         ON CONFLICT (user_id) DO UPDATE SET bytes = image_rooms.bytes + excluded.bytes WHERE image_rooms.bytes + excluded.bytes <= $3")
    .bind(user)
    .bind(bytes)
    .bind(most)
    .run(tx)
    .await?;
    Ok(taken == 1)
}

/// Shows or hides it; true for the one who changed something.
pub async fn set_here(tx: &mut Tx, id: ImageId, is_here: bool) -> Result<bool, AppError> {
    Ok(sql("UPDATE images SET is_here = $2 WHERE id = $1 AND is_here <> $2").bind(id).bind(is_here).run(tx).await? == 1)
}

/// Only one that is hidden already; what it took is room again.
pub async fn delete(tx: &mut Tx, image: &ImageRow) -> Result<(), AppError> {
    if sql("DELETE FROM images WHERE id = $1 AND NOT is_here").bind(image.id).run(tx).await? == 1 {
        sql("UPDATE image_rooms SET bytes = bytes - $2 WHERE user_id = $1").bind(image.user_id).bind(image.size).run(tx).await?;
    }
    Ok(())
}

pub async fn image(db: &Db, id: ImageId) -> Result<Option<ImageRow>, AppError> {
    sql(images!("WHERE id = $1 AND is_here")).bind(id).optional(db).await
}

/// An empty field filters nothing.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// A part of title or description.
    pub words: String,
    pub since: Option<i64>,
    pub until: Option<i64>,
    pub oldest_first: bool,
}

pub async fn list(db: &Db, user: UserId, filter: &Filter, after: Option<(i64, uuid::Uuid)>, limit: i64) -> Result<Vec<ImageRow>, AppError> {
    let (side, order) = if filter.oldest_first { (">", "ASC") } else { ("<", "DESC") };
    let start = if filter.oldest_first { (i64::MIN, uuid::Uuid::nil()) } else { (i64::MAX, uuid::Uuid::max()) };
    let (at, id) = after.unwrap_or(start);
    // only what is asked for stands in the text, so that the index carries the plain list
    let words =
        if filter.words.is_empty() { "$4 = ''" } else { "(LOWER(title) LIKE $4 ESCAPE '\\' OR LOWER(description) LIKE $4 ESCAPE '\\')" };
    let text = format!(
        "{} AND (created_at, id) {side} ($2, $3) AND {words} AND created_at >= $5 AND created_at < $6 ORDER BY created_at {order}, id {order} LIMIT $7",
        images!("WHERE user_id = $1 AND is_here")
    );
    let escaped = filter.words.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    sql_built(text)
        .bind(user)
        .bind(at)
        .bind(id)
        .bind(if filter.words.is_empty() { String::new() } else { format!("%{escaped}%") })
        .bind(filter.since.unwrap_or(i64::MIN))
        .bind(filter.until.unwrap_or(i64::MAX))
        .bind(limit)
        .all(db)
        .await
}

/// What an interruption left between row and bytes, if it is older than `before`.
pub async fn astray(db: &Db, before: i64) -> Result<Vec<ImageRow>, AppError> {
    sql(images!("WHERE NOT is_here AND created_at < $1 ORDER BY created_at LIMIT 500")).bind(before).all(db).await
}

/// All that are kept, in the order of their ids.
pub async fn here(db: &Db, after: ImageId, most: i64) -> Result<Vec<ImageRow>, AppError> {
    sql(images!("WHERE is_here AND id > $1 ORDER BY id LIMIT $2")).bind(after).bind(most).all(db).await
}
