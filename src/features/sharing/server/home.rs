//! The pictures that the studio shows to everybody on its home page, chosen one by one.
use super::policy;
use crate::{
    features::sharing::HomePicture,
    platform::{
        RequestContext,
        db::{Db, sql},
    },
    shared::{AppError, PhotoId, UserId},
};

#[derive(sqlx::FromRow)]
struct Row {
    id: PhotoId,
    width: i64,
    height: i64,
    title: String,
    placeholder: Option<String>,
}

/// In the order in which they were chosen, at most 60. A removed photo leaves the wall by itself.
pub async fn home_pictures(db: &Db) -> Result<Vec<HomePicture>, AppError> {
    let rows: Vec<Row> =
        sql("SELECT p.id, p.width, p.height, p.title, p.placeholder FROM site_home_pictures h JOIN photos p ON p.id = h.photo_id
                              WHERE p.status = 'ready' AND p.removed_at IS NULL ORDER BY h.position, h.photo_id LIMIT 60")
        .all(db)
        .await?;
    let picture = |row: Row| HomePicture {
        photo: row.id,
        width: row.width,
        height: row.height,
        title: row.title,
        placeholder: row.placeholder.unwrap_or_default(),
    };
    Ok(rows.into_iter().map(picture).collect())
}

pub async fn is_shown(db: &Db, photo: PhotoId) -> Result<bool, AppError> {
    let found: Option<(i64,)> = sql("SELECT h.position FROM site_home_pictures h JOIN photos p ON p.id = h.photo_id WHERE h.photo_id = $1 AND p.status = 'ready' AND p.removed_at IS NULL")
        .bind(photo)
        .optional(db)
        .await?;
    Ok(found.is_some())
}

/// Puts a photo of an own gallery on the home page, last, or takes it off.
pub async fn show_on_home_page(cx: &RequestContext, photo: PhotoId, shown: bool) -> Result<(), AppError> {
    cx.actor.runs_galleries()?;
    let mut tx = cx.db.begin().await?;
    let photographer: Option<(UserId,)> =
        sql("SELECT g.photographer_id FROM photos p JOIN galleries g ON g.id = p.gallery_id WHERE p.id = $1 AND p.removed_at IS NULL")
            .bind(photo)
            .optional(&mut tx)
            .await?;
    if !photographer.is_some_and(|(photographer,)| policy::is_staff_of(&cx.actor, photographer)) {
        return Err(AppError::NotFound);
    }
    match shown {
        true => sql("INSERT INTO site_home_pictures (photo_id, position) SELECT $1, COALESCE(MAX(position), 0) + 1 FROM site_home_pictures WHERE TRUE ON CONFLICT (photo_id) DO NOTHING"),
        false => sql("DELETE FROM site_home_pictures WHERE photo_id = $1"),
    }
    .bind(photo)
    .run(&mut tx)
    .await?;
    tx.commit().await
}
