//! The pictures that the studio shows to everybody on its home page, chosen one by one.
use super::{authorise::variant_name, store};
use crate::{
    features::{
        galleries::server::service::gallery_to_run,
        sharing::{GalleryOnHome, HomePicture, Picture},
    },
    platform::{
        RequestContext,
        db::{Db, sql},
    },
    shared::{AppError, GalleryId, PhotoId},
};
use std::collections::BTreeSet;

#[derive(sqlx::FromRow)]
struct Row {
    id: PhotoId,
    width: i64,
    height: i64,
    title: String,
    placeholder: Option<String>,
}

/// More than anybody scrolls through.
const MOST: i64 = 60;

macro_rules! home_pictures {
    ($rest:literal) => {
        concat!(
            "SELECT p.id, p.width, p.height, p.title, p.placeholder FROM site_home_pictures h
             JOIN photos p ON p.id = h.photo_id JOIN galleries g ON g.id = p.gallery_id JOIN studio s ON s.id = 1
             WHERE p.status = 'ready' AND p.removed_at IS NULL AND g.removed_at IS NULL ",
            $rest,
            " ORDER BY h.position, h.photo_id LIMIT 60"
        )
    };
}

/// In the order in which they were chosen. What is removed leaves the wall by itself; what waits for its new watermark
/// comes back with it.
pub async fn home_pictures(db: &Db) -> Result<Vec<HomePicture>, AppError> {
    let rows: Vec<Row> = sql(home_pictures!("AND (NOT g.has_watermark OR p.marked_rev >= s.watermark_rev)")).all(db).await?;
    Ok(rows.into_iter().map(Row::picture).collect())
}

/// Those of one gallery, for the people who run it.
pub async fn of_gallery(cx: &RequestContext, gallery: GalleryId) -> Result<GalleryOnHome, AppError> {
    let gallery = gallery_to_run(cx, gallery).await?;
    let rows: Vec<Row> = sql(home_pictures!("AND g.id = $1")).bind(gallery.id).all(&cx.db).await?;
    Ok(GalleryOnHome { gallery: gallery.id, pictures: rows.into_iter().map(Row::picture).collect(), is_marked: gallery.has_watermark })
}

impl Row {
    fn picture(self) -> HomePicture {
        HomePicture {
            photo: self.id,
            width: self.width,
            height: self.height,
            title: self.title,
            placeholder: self.placeholder.unwrap_or_default(),
        }
    }
}

/// The name of the file that everybody sees of a home picture: where the gallery is watermarked, strangers get nothing
/// better than its own clients do. None when the photo isn't shown.
pub async fn variant_for_all(db: &Db, photo: PhotoId, picture: Picture) -> Result<Option<String>, AppError> {
    let found: Option<(bool, i64)> = sql("SELECT g.has_watermark, s.watermark_rev FROM site_home_pictures h
         JOIN photos p ON p.id = h.photo_id JOIN galleries g ON g.id = p.gallery_id JOIN studio s ON s.id = 1
         WHERE h.photo_id = $1 AND p.status = 'ready' AND p.removed_at IS NULL AND g.removed_at IS NULL")
    .bind(photo)
    .optional(db)
    .await?;
    Ok(found.map(|(has_watermark, rev)| variant_name(has_watermark.then_some(rev), picture)))
}

/// Puts photos of an own gallery on the home page, last, or takes them off.
pub async fn show_on_home_page(cx: &RequestContext, gallery: GalleryId, photos: &[PhotoId], shown: bool) -> Result<(), AppError> {
    let gallery = gallery_to_run(cx, gallery).await?;
    if photos.is_empty() {
        return Err(AppError::field("photos", "choose at least one photograph"));
    }
    let mut tx = cx.db.begin().await?;
    let mut seen = BTreeSet::new();
    let photos: Vec<_> = photos.iter().copied().filter(|photo| seen.insert(*photo)).collect();
    if store::count_in_gallery(&mut tx, gallery.id, &photos).await? != photos.len() {
        return Err(AppError::NotFound);
    }
    for photo in photos {
        match shown {
            true => sql("INSERT INTO site_home_pictures (photo_id, position) SELECT $1, COALESCE(MAX(position), 0) + 1 FROM site_home_pictures WHERE TRUE ON CONFLICT (photo_id) DO NOTHING"),
            false => sql("DELETE FROM site_home_pictures WHERE photo_id = $1"),
        }
        .bind(photo)
        .run(&mut tx)
        .await?;
    }
    let (count,): (i64,) = sql("SELECT COUNT(*) FROM site_home_pictures").one(&mut tx).await?;
    if shown && count > MOST {
        return Err(AppError::Conflict(format!(
            "The home page holds {MOST} photographs. Take some off first, in this or another gallery."
        )));
    }
    tx.commit().await
}
