//! The way in: a received file becomes a photograph, or is refused with a reason.
use super::{filename, integrity, pictures, policy, store};
use crate::{
    platform::{
        RequestContext,
        jobs::{self, Job},
        storage::{Key, Received},
    },
    shared::{AppError, GalleryId, PhotoId, UserId},
};

pub use super::{filename::tidy as tidy_filename, pictures::accept};

pub struct Intake {
    pub gallery: GalleryId,
    /// Whose photograph it is: the gallery's photographer, whoever uploads.
    pub photographer: UserId,
    /// As the uploader's machine says it.
    pub filename: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Added(PhotoId),
    /// The same bytes by the same person are in this gallery: they stay one photograph.
    AlreadyThere(PhotoId),
}

pub(super) struct NewPhoto {
    pub id: PhotoId,
    pub gallery: GalleryId,
    pub photographer: UserId,
    pub uploader: UserId,
    pub hash: Vec<u8>,
    pub crc32: i64,
    pub filename: String,
    pub format: &'static str,
    pub size: i64,
    pub width: u32,
    pub height: u32,
    pub facts: String,
}

/// Proves that the file is a photograph, keeps it bit for bit, and asks for its pictures. The file has its name on the
/// disk before the row speaks of it: a row without a file cannot be, and a file without a row is swept later.
pub async fn take_in(cx: &RequestContext, intake: Intake, received: Received) -> Result<Outcome, AppError> {
    policy::may_change(&cx.actor, intake.photographer)?;
    let uploader = cx.actor.user().unwrap_or(intake.photographer);
    let filename = filename::tidy(&intake.filename);
    if received.size == 0 {
        return Err(AppError::field(&filename, "the file is empty"));
    }
    let hash = received.hash.clone();
    let ails = ails(cx, &received).await?;
    if let Some(there) = store::twin(&cx.db, intake.gallery, uploader, &hash).await? {
        if ails {
            cx.storage.keep(received, &Key::original(&hash)).await?;
            integrity::doubt(cx, &hash).await?;
        }
        return Ok(Outcome::AlreadyThere(there));
    }
    let accepted = pictures::accept(cx, received.path()).await?.map_err(|refusal| AppError::field(&filename, refusal.to_string()))?;
    let photo = NewPhoto {
        id: PhotoId::new(),
        gallery: intake.gallery,
        photographer: intake.photographer,
        uploader,
        hash,
        crc32: received.crc32.into(),
        filename,
        format: accepted.format.media_type(),
        size: received.size as i64,
        width: accepted.width,
        height: accepted.height,
        facts: serde_json::to_string(&accepted.facts).unwrap_or_default(),
    };
    cx.storage.keep(received, &Key::original(&photo.hash)).await?;
    if ails {
        integrity::doubt(cx, &photo.hash).await?;
    }
    if record(cx, &photo).await? {
        cx.bell.ring();
        return Ok(Outcome::Added(photo.id));
    }
    // another upload of the same bytes was faster
    store::twin(&cx.db, photo.gallery, photo.uploader, &photo.hash).await?.map(Outcome::AlreadyThere).ok_or(AppError::Unavailable)
}

/// Whether these bytes belong to an original that was lost or changed: now they are here again, and mend it.
async fn ails(cx: &RequestContext, received: &Received) -> Result<bool, AppError> {
    match store::originals::original(&cx.db, &received.hash).await? {
        Some(known) => Ok(known.trouble.is_some() || !cx.storage.has(&Key::original(&received.hash), received.size).await?),
        None => Ok(false),
    }
}

async fn record(cx: &RequestContext, photo: &NewPhoto) -> Result<bool, AppError> {
    let now = cx.now();
    let mut tx = cx.db.begin().await?;
    store::insert_blob(&mut tx, photo, now).await?;
    let is_new = store::insert(&mut tx, photo, now).await?;
    if is_new {
        jobs::enqueue(&mut tx, &cx.clock, Job::new("prepare_photo", photo.id)).await?;
        tx.commit().await?;
    }
    Ok(is_new)
}
