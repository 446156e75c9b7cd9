//! What other domains and the studio's pages may ask of photographs.
use super::{
    order::{self, NewOrder},
    policy,
    store::{self, ListFilter, PhotoRow, Sorting},
};
use crate::{
    features::photos::{PhotoStatus, Tally},
    platform::{
        RequestContext, Services,
        db::{Db, On},
        history::{self, Change},
        jobs::{self, Job},
    },
    shared::{AppError, GalleryId, Page, PhotoId, one_line},
};
use std::collections::BTreeMap;

pub use super::{pictures::names as picture_names, sweep::orphans as sweep_orphans};

const LONGEST_TITLE: usize = 200;

/// Everything that one removal took, for taking it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undo {
    pub gallery: GalleryId,
    /// The instant of the removal.
    pub at: i64,
}

/// None when there is no such photograph, or it was removed.
pub async fn photo(db: &Db, id: PhotoId) -> Result<Option<PhotoRow>, AppError> {
    store::photo(db, id).await
}

/// The same also of one that was removed and not purged: who bought it keeps it.
pub async fn kept_photo(db: &Db, id: PhotoId) -> Result<Option<PhotoRow>, AppError> {
    Ok(store::kept_photos(db, &[id]).await?.pop())
}

pub async fn kept_photos(db: &Db, ids: &[PhotoId]) -> Result<Vec<PhotoRow>, AppError> {
    store::kept_photos(db, ids).await
}

/// As many of them as there are, in no particular order.
pub async fn photos(on: impl Into<On<'_>>, ids: &[PhotoId]) -> Result<Vec<PhotoRow>, AppError> {
    store::photos(on, ids).await
}

/// The ready photographs of a gallery in its order, as its guests see them. `after` is the cursor of the page before.
pub async fn page_of_gallery(db: &Db, gallery: GalleryId, after: Option<&str>, size: usize) -> Result<Page<PhotoRow>, AppError> {
    let rows = store::page(db, gallery, false, cursor(after, i64::MIN)?, size as i64 + 1).await?;
    Ok(Page::cut(rows, size, PhotoRow::cursor))
}

/// The same with those in preparation and those that failed, for the photographer.
pub async fn page_in_studio(db: &Db, gallery: GalleryId, after: Option<&str>, size: usize) -> Result<Page<PhotoRow>, AppError> {
    let rows = store::page(db, gallery, true, cursor(after, i64::MIN)?, size as i64 + 1).await?;
    Ok(Page::cut(rows, size, PhotoRow::cursor))
}

/// How many ready photographs the gallery has.
pub async fn count_in_gallery(db: &Db, gallery: GalleryId) -> Result<i64, AppError> {
    Ok(tally(db, gallery).await?.ready)
}

pub async fn tally(db: &Db, gallery: GalleryId) -> Result<Tally, AppError> {
    Ok(store::tallies(db, &[gallery]).await?.remove(&gallery).unwrap_or_default())
}

pub async fn tallies(db: &Db, galleries: &[GalleryId]) -> Result<BTreeMap<GalleryId, Tally>, AppError> {
    store::tallies(db, galleries).await
}

/// Of all photographs that the person runs.
pub async fn tally_for(cx: &RequestContext) -> Result<Tally, AppError> {
    store::tally_of(&cx.db, policy::listed_for(&cx.actor)?).await
}

/// How many photographs that the person runs came in since an instant.
pub async fn count_since(cx: &RequestContext, instant: i64) -> Result<i64, AppError> {
    store::count_since(&cx.db, policy::listed_for(&cx.actor)?, instant).await
}

/// How many photographs taking back a removal would bring.
pub async fn count_removed(db: &Db, undo: Undo) -> Result<i64, AppError> {
    store::count_removed(db, undo).await
}

/// The ready photographs before and after this one.
pub async fn neighbours(db: &Db, photo: &PhotoRow) -> Result<(Option<PhotoId>, Option<PhotoId>), AppError> {
    store::neighbours(db, photo.gallery_id, (photo.position, photo.id)).await
}

/// What each gallery shows as its cover: the chosen photograph, or else its first ready one.
pub async fn covers(db: &Db, galleries: &[(GalleryId, Option<PhotoId>)]) -> Result<BTreeMap<GalleryId, PhotoRow>, AppError> {
    store::covers(db, galleries).await
}

/// Every photograph of a gallery in its order, with what an order can go by.
pub async fn sorting_of(db: &Db, gallery: GalleryId) -> Result<Vec<Sorting>, AppError> {
    store::sorting_of(db, gallery).await
}

/// The studio's list, newest first.
pub async fn list(cx: &RequestContext, filter: &ListFilter, after: Option<&str>, size: usize) -> Result<Page<PhotoRow>, AppError> {
    let photographer = policy::listed_for(&cx.actor)?;
    if filter.name.chars().count() > 100 {
        return Err(AppError::field("name", "that is longer than any part of a file name needs to be"));
    }
    let rows =
        store::list(&cx.db, photographer, filter, cursor(after, if filter.oldest_first { i64::MIN } else { i64::MAX })?, size as i64 + 1)
            .await?;
    Ok(Page::cut(rows, size, |row| format!("{}.{}", row.created_at, row.id)))
}

fn cursor(after: Option<&str>, start: i64) -> Result<(i64, uuid::Uuid), AppError> {
    let Some(after) = after else { return Ok((start, uuid::Uuid::nil())) };
    let (number, id) = after.split_once('.').ok_or(AppError::BadRequest)?;
    Ok((number.parse().map_err(|_| AppError::BadRequest)?, id.parse().map_err(|_| AppError::BadRequest)?))
}

/// Takes photographs out of sight; the answer takes them back. Those that are gone already are passed over.
pub async fn remove(cx: &RequestContext, gallery: GalleryId, ids: &[PhotoId]) -> Result<(Undo, u64), AppError> {
    let mut tx = cx.db.begin().await?;
    let rows = store::photos(&mut tx, ids).await?;
    if rows.is_empty() || rows.iter().any(|row| row.gallery_id != gallery) {
        return Err(AppError::NotFound);
    }
    let undo = Undo { gallery, at: cx.now() };
    let mut count = 0;
    for row in rows {
        policy::may_change(&cx.actor, row.photographer_id)?;
        count += store::set_removed(&mut tx, row.id, undo.at).await?;
        let change = Change { entity: "photo", id: row.id.to_string(), from: row.status.as_str(), to: "removed", reason: "" };
        history::record(&mut tx, &cx.actor, undo.at, change).await?;
    }
    tx.commit().await?;
    Ok((undo, count))
}

/// Everything in a gallery that is gone itself, as if it had been removed with it.
pub async fn remove_all(services: &Services, gallery: GalleryId, at: i64) -> Result<u64, AppError> {
    let mut tx = services.db.begin().await?;
    let removed = store::set_all_removed(&mut tx, gallery, at).await?;
    tx.commit().await?;
    Ok(removed)
}

/// Brings back what one removal took.
pub async fn restore(cx: &RequestContext, undo: Undo) -> Result<u64, AppError> {
    let mut tx = cx.db.begin().await?;
    let mut count = 0;
    for (id, photographer) in store::removed_at(&mut tx, undo).await? {
        policy::may_change(&cx.actor, photographer)?;
        count += store::set_restored(&mut tx, id).await?;
        history::record(
            &mut tx,
            &cx.actor,
            cx.now(),
            Change { entity: "photo", id: id.to_string(), from: "removed", to: "restored", reason: "" },
        )
        .await?;
        // its preparation, or a new watermark, may have found it removed and left
        jobs::enqueue(&mut tx, &cx.clock, Job::new("prepare_photo", id)).await?;
        jobs::enqueue(&mut tx, &cx.clock, Job::new("remark_photo", id)).await?;
    }
    tx.commit().await?;
    cx.bell.ring();
    if count == 0 { Err(AppError::NotFound) } else { Ok(count) }
}

/// Gives the gallery's photographs another order. Who may change the gallery was asked by the caller.
pub async fn reorder(cx: &RequestContext, gallery: GalleryId, new_order: NewOrder) -> Result<(), AppError> {
    let mut tx = cx.db.begin().await?;
    order::apply(&mut tx, gallery, new_order).await?;
    tx.commit().await
}

/// What a photograph is called, for eyes and for screen readers; without a title it goes by its file's name.
pub async fn set_title(cx: &RequestContext, id: PhotoId, title: &str) -> Result<(), AppError> {
    let mut tx = cx.db.begin().await?;
    let photo = store::lock(&mut tx, id).await?.ok_or(AppError::NotFound)?;
    policy::may_change(&cx.actor, photo.photographer_id)?;
    let title = one_line(title);
    if title.chars().count() > LONGEST_TITLE {
        return Err(AppError::field("title", "a title may have at most 200 characters"));
    }
    store::set_title(&mut tx, id, &title).await?;
    tx.commit().await
}

/// Prepares a failed photograph once more, with a fresh count of attempts.
pub async fn retry(cx: &RequestContext, id: PhotoId) -> Result<PhotoRow, AppError> {
    let mut tx = cx.db.begin().await?;
    let photo = store::lock(&mut tx, id).await?.ok_or(AppError::NotFound)?;
    policy::may_change(&cx.actor, photo.photographer_id)?;
    if store::set_received(&mut tx, id).await? {
        let change = Change {
            entity: "photo",
            id: id.to_string(),
            from: PhotoStatus::Failed.as_str(),
            to: PhotoStatus::Received.as_str(),
            reason: "retry",
        };
        history::record(&mut tx, &cx.actor, cx.now(), change).await?;
        jobs::enqueue(&mut tx, &cx.clock, Job::new("prepare_photo", id)).await?;
        tx.commit().await?;
        cx.bell.ring();
    }
    Ok(photo)
}

/// Makes the pictures of a ready photograph once more; it stays on the wall meanwhile.
pub async fn prepare_again(services: &Services, id: PhotoId) -> Result<(), AppError> {
    let mut tx = services.db.begin().await?;
    jobs::enqueue(&mut tx, &services.clock, Job::new("prepare_again", id).patient()).await?;
    tx.commit().await?;
    services.bell.ring();
    Ok(())
}
