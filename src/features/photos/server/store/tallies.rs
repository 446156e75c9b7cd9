//! How many photographs there are, and how far they are.
use crate::{
    features::photos::{PhotoStatus, Tally, server::service::Undo},
    platform::db::{Db, placeholders, sql, sql_built},
    shared::{AppError, GalleryId, UserId},
};
use std::collections::BTreeMap;

pub async fn tallies(db: &Db, galleries: &[GalleryId]) -> Result<BTreeMap<GalleryId, Tally>, AppError> {
    if galleries.is_empty() {
        return Ok(BTreeMap::new());
    }
    let text = format!(
        "SELECT gallery_id, status, COUNT(*) FROM photos WHERE gallery_id IN ({}) AND removed_at IS NULL GROUP BY gallery_id, status",
        placeholders(1, galleries.len())
    );
    let rows: Vec<(GalleryId, PhotoStatus, i64)> = sql_built(text).bind_all(galleries.iter().copied()).all(db).await?;
    let mut found: BTreeMap<GalleryId, Tally> = galleries.iter().map(|id| (*id, Tally::default())).collect();
    for (gallery, status, count) in rows {
        count_in(found.entry(gallery).or_default(), status, count);
    }
    Ok(found)
}

/// Of everything that one photographer (or, without one, the whole studio) has.
pub async fn tally_of(db: &Db, photographer: Option<UserId>) -> Result<Tally, AppError> {
    let rows: Vec<(PhotoStatus, i64)> =
        sql("SELECT status, COUNT(*) FROM photos WHERE removed_at IS NULL AND ($1 OR photographer_id = $2) GROUP BY status")
            .bind(photographer.is_none())
            .bind(photographer.map_or(uuid::Uuid::nil(), |id| id.0))
            .all(db)
            .await?;
    let mut tally = Tally::default();
    for (status, count) in rows {
        count_in(&mut tally, status, count);
    }
    Ok(tally)
}

pub async fn count_since(db: &Db, photographer: Option<UserId>, instant: i64) -> Result<i64, AppError> {
    let row: (i64,) = sql("SELECT COUNT(*) FROM photos WHERE removed_at IS NULL AND created_at >= $1 AND ($2 OR photographer_id = $3)")
        .bind(instant)
        .bind(photographer.is_none())
        .bind(photographer.map_or(uuid::Uuid::nil(), |id| id.0))
        .one(db)
        .await?;
    Ok(row.0)
}

pub async fn count_removed(db: &Db, undo: Undo) -> Result<i64, AppError> {
    let row: (i64,) = sql("SELECT COUNT(*) FROM photos WHERE gallery_id = $1 AND removed_at = $2 AND purged_at IS NULL")
        .bind(undo.gallery)
        .bind(undo.at)
        .one(db)
        .await?;
    Ok(row.0)
}

fn count_in(tally: &mut Tally, status: PhotoStatus, count: i64) {
    match status {
        PhotoStatus::Received => tally.preparing += count,
        PhotoStatus::Ready => tally.ready += count,
        PhotoStatus::Failed => tally.failed += count,
    }
}
