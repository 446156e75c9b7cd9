//! What the price lists need of galleries, until their verbs of the same meaning are in.
use crate::{
    platform::db::{Db, sql},
    shared::{AppError, GalleryId, UserId},
};

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
