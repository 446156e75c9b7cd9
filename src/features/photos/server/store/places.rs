//! The photographer's order: where each photograph of a gallery stands, and what an order can go by.
use crate::{
    platform::{
        db::{Db, Tx, sql, sql_by_engine},
        imaging::CameraFacts,
    },
    shared::{AppError, GalleryId, PhotoId},
};

/// The nearest ready ones before and after a place in the gallery.
pub async fn neighbours(db: &Db, gallery: GalleryId, at: (i64, PhotoId)) -> Result<(Option<PhotoId>, Option<PhotoId>), AppError> {
    let before: Option<(PhotoId,)> = sql(
        "SELECT id FROM photos WHERE gallery_id = $1 AND removed_at IS NULL AND status = 'ready' AND (position, id) < ($2, $3) ORDER BY position DESC, id DESC LIMIT 1",
    )
    .bind(gallery)
    .bind(at.0)
    .bind(at.1)
    .optional(db)
    .await?;
    let after: Option<(PhotoId,)> =
        sql("SELECT id FROM photos WHERE gallery_id = $1 AND removed_at IS NULL AND status = 'ready' AND (position, id) > ($2, $3) ORDER BY position, id LIMIT 1")
            .bind(gallery)
            .bind(at.0)
            .bind(at.1)
            .optional(db)
            .await?;
    Ok((before.map(|row| row.0), after.map(|row| row.0)))
}

pub struct Place {
    pub id: PhotoId,
    pub position: i64,
}

/// The whole order of a gallery, held still on PostgreSQL until the transaction ends.
pub async fn places(tx: &mut Tx, gallery: GalleryId) -> Result<Vec<Place>, AppError> {
    let rows: Vec<(PhotoId, i64)> = sql_by_engine(
        "SELECT id, position FROM photos WHERE gallery_id = $1 AND removed_at IS NULL ORDER BY position, id",
        "SELECT id, position FROM photos WHERE gallery_id = $1 AND removed_at IS NULL ORDER BY position, id FOR UPDATE",
    )
    .bind(gallery)
    .all(tx)
    .await?;
    Ok(rows.into_iter().map(|(id, position)| Place { id, position }).collect())
}

/// What an order of photographs can go by.
pub struct Sorting {
    pub id: PhotoId,
    pub filename: String,
    /// Wall time where the camera was.
    pub taken_at: Option<String>,
}

pub async fn sorting_of(db: &Db, gallery: GalleryId) -> Result<Vec<Sorting>, AppError> {
    let rows: Vec<(PhotoId, String, String)> =
        sql("SELECT id, filename, facts FROM photos WHERE gallery_id = $1 AND removed_at IS NULL ORDER BY position, id")
            .bind(gallery)
            .all(db)
            .await?;
    let taken = |facts: &str| serde_json::from_str::<CameraFacts>(facts).ok().and_then(|facts| facts.taken_at);
    Ok(rows.into_iter().map(|(id, filename, facts)| Sorting { id, filename, taken_at: taken(&facts) }).collect())
}

pub async fn set_position(tx: &mut Tx, id: PhotoId, position: i64) -> Result<(), AppError> {
    sql("UPDATE photos SET position = $2 WHERE id = $1").bind(id).bind(position).run(tx).await?;
    Ok(())
}
