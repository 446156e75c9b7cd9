//! What photographers do with their galleries.
use super::{
    policy,
    store::{self, GalleryRow},
};
use crate::{
    features::{
        galleries::{GallerySettings, GalleryStatus, NewGallery},
        photos::{
            PhotoStatus,
            server::{NewOrder, service as photos},
        },
    },
    platform::{
        RequestContext, Services,
        db::{On, Tx},
        history::{self, Change},
        jobs::{self, Job},
        when,
    },
    shared::{AppError, GalleryId, PhotoId},
};

pub use super::arrange::{move_photos, sort_photos};
pub use super::pages::{overview, page_of_galleries, photo_list, progress, studio_gallery};

/// None when there is no such gallery, or it was removed. Asks nobody for permission.
pub async fn gallery(on: impl Into<On<'_>>, id: GalleryId) -> Result<Option<GalleryRow>, AppError> {
    store::gallery(on, id).await
}

/// As many of them as there are, in no particular order.
pub async fn galleries(on: impl Into<On<'_>>, ids: &[GalleryId]) -> Result<Vec<GalleryRow>, AppError> {
    store::galleries(on, ids).await
}

/// The gallery for somebody who may run it; to everybody else there is nothing here.
pub async fn gallery_to_run(cx: &RequestContext, id: GalleryId) -> Result<GalleryRow, AppError> {
    cx.actor.runs_galleries()?;
    let gallery = store::gallery(&cx.db, id).await?.ok_or(AppError::NotFound)?;
    policy::may_run(&cx.actor, &gallery)?;
    Ok(gallery)
}

/// The same inside a transaction, held for a change.
async fn lock(tx: &mut Tx, cx: &RequestContext, id: GalleryId) -> Result<GalleryRow, AppError> {
    cx.actor.runs_galleries()?;
    let gallery = store::lock(tx, id).await?.ok_or(AppError::NotFound)?;
    policy::may_run(&cx.actor, &gallery)?;
    Ok(gallery)
}

pub async fn create_gallery(cx: &RequestContext, new: NewGallery) -> Result<GalleryId, AppError> {
    let photographer = policy::may_create(&cx.actor)?.id;
    let settings = checked(GallerySettings::of_new(new))?;
    let id = GalleryId::new();
    let mut tx = cx.db.begin().await?;
    store::insert(&mut tx, id, photographer, &settings, cx.now()).await?;
    record(&mut tx, cx, id, "", GalleryStatus::Draft.as_str()).await?;
    tx.commit().await?;
    Ok(id)
}

/// `version` is that of the page the person filled in; a stale one is a conflict and changes nothing.
pub async fn change_gallery(cx: &RequestContext, id: GalleryId, version: i64, settings: GallerySettings) -> Result<(), AppError> {
    let mut tx = cx.db.begin().await?;
    lock(&mut tx, cx, id).await?;
    let settings = checked(settings)?;
    if !store::change(&mut tx, id, version, &settings).await? {
        return Err(AppError::Conflict(
            "Somebody else changed this gallery meanwhile. Open it again to see their changes, then make yours.".into(),
        ));
    }
    tx.commit().await
}

fn checked(settings: GallerySettings) -> Result<GallerySettings, AppError> {
    let settings = settings.tidied();
    let mut problems = settings.problems();
    let is_day = settings.event_date.len() == 10 && when::civil(&settings.event_date).is_some();
    if !settings.event_date.is_empty() && !is_day {
        problems.push(("event_date", "choose a day, such as 2026-06-14"));
    }
    AppError::invalid_if(problems)?;
    Ok(settings)
}

pub async fn publish_gallery(cx: &RequestContext, id: GalleryId) -> Result<(), AppError> {
    set_status(cx, id, GalleryStatus::Published).await
}

/// Its clients find nothing from the next request on.
pub async fn unpublish_gallery(cx: &RequestContext, id: GalleryId) -> Result<(), AppError> {
    set_status(cx, id, GalleryStatus::Draft).await
}

async fn set_status(cx: &RequestContext, id: GalleryId, status: GalleryStatus) -> Result<(), AppError> {
    let mut tx = cx.db.begin().await?;
    let gallery = lock(&mut tx, cx, id).await?;
    if gallery.status == status {
        return Ok(());
    }
    store::set_status(&mut tx, id, status, cx.now()).await?;
    record(&mut tx, cx, id, gallery.status.as_str(), status.as_str()).await?;
    if status == GalleryStatus::Published {
        // the letters to those who were let in before there was anything to see
        jobs::enqueue(&mut tx, &cx.clock, Job::new("announce_gallery", id)).await?;
    }
    tx.commit().await?;
    cx.bell.ring();
    Ok(())
}

/// Out of sight, with everything in it; what was bought from it stays bought.
pub async fn remove_gallery(cx: &RequestContext, id: GalleryId) -> Result<GalleryRow, AppError> {
    let mut tx = cx.db.begin().await?;
    let gallery = lock(&mut tx, cx, id).await?;
    store::set_removed(&mut tx, id, cx.now()).await?;
    record(&mut tx, cx, id, gallery.status.as_str(), "removed").await?;
    tx.commit().await?;
    Ok(gallery)
}

pub async fn restore_gallery(cx: &RequestContext, id: GalleryId) -> Result<GalleryRow, AppError> {
    cx.actor.runs_galleries()?;
    let mut tx = cx.db.begin().await?;
    let gallery = store::removed(&mut tx, id).await?.ok_or(AppError::NotFound)?;
    policy::may_run(&cx.actor, &gallery)?;
    store::set_restored(&mut tx, id).await?;
    record(&mut tx, cx, id, "removed", gallery.status.as_str()).await?;
    tx.commit().await?;
    Ok(gallery)
}

/// Removes the photographs of galleries that were removed before the instant, so that their room can be used again.
pub async fn empty_removed(services: &Services, instant: i64) -> Result<(), AppError> {
    for (gallery, at) in store::removed_before(&services.db, instant).await? {
        photos::remove_all(services, gallery, at).await?;
    }
    Ok(())
}

async fn record(tx: &mut Tx, cx: &RequestContext, id: GalleryId, from: &str, to: &str) -> Result<(), AppError> {
    history::record(tx, &cx.actor, cx.now(), Change { entity: "gallery", id: id.to_string(), from, to, reason: "" }).await
}

/// The photograph must be one of this gallery and ready to be shown.
pub async fn set_cover(cx: &RequestContext, id: GalleryId, photo: PhotoId) -> Result<(), AppError> {
    let mut tx = cx.db.begin().await?;
    lock(&mut tx, cx, id).await?;
    let photo = photos::photos(&mut tx, &[photo]).await?.into_iter().find(|row| row.gallery_id == id).ok_or(AppError::NotFound)?;
    if photo.status != PhotoStatus::Ready {
        return Err(AppError::Conflict("That photograph is not ready yet. Choose it as the cover once its picture is here.".into()));
    }
    store::set_cover(&mut tx, id, photo.id).await?;
    tx.commit().await
}

pub async fn reorder_photos(cx: &RequestContext, id: GalleryId, order: NewOrder) -> Result<(), AppError> {
    gallery_to_run(cx, id).await?;
    photos::reorder(cx, id, order).await
}

/// How to take it back, and how many photographs were removed.
pub async fn remove_photos(cx: &RequestContext, id: GalleryId, chosen: &[PhotoId]) -> Result<(photos::Undo, u64), AppError> {
    gallery_to_run(cx, id).await?;
    if chosen.is_empty() {
        return Err(AppError::field("photos", "choose at least one photograph"));
    }
    photos::remove(cx, id, chosen).await
}

pub async fn restore_photos(cx: &RequestContext, undo: photos::Undo) -> Result<u64, AppError> {
    gallery_to_run(cx, undo.gallery).await?;
    photos::restore(cx, undo).await
}

pub async fn title_photo(cx: &RequestContext, photo: PhotoId, title: &str) -> Result<(), AppError> {
    cx.actor.runs_galleries()?;
    photos::set_title(cx, photo, title).await
}

pub async fn retry_photo(cx: &RequestContext, photo: PhotoId) -> Result<GalleryId, AppError> {
    // before anybody looks whether there is such a photograph
    cx.actor.runs_galleries()?;
    photos::retry(cx, photo).await.map(|photo| photo.gallery_id)
}
