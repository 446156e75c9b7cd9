//! From an original to everything that is shown of it.
use super::{
    mark::{self, StudioMark},
    placeholder,
    store::{self, PhotoRow, Prepared},
};
use crate::{
    features::photos::PhotoStatus,
    platform::{
        Actor, Services,
        db::Tx,
        history::{self, Change},
        imaging::{self, Accepted, Limits, Picture, Refusal, Variant},
        jobs::{self, Job},
        storage::Key,
    },
    shared::{AppError, PhotoId},
};
use futures::future::try_join_all;
use std::{path::Path, sync::Arc};

fn limits(services: &Services) -> Limits {
    Limits { max_pixels: services.config.pixel_limit, ..Limits::default() }
}

/// Whether the file is a whole photograph, and what its camera says. The header decides how much memory is set aside; a
/// camera's JPEG is only walked through, so its upload doesn't wait behind the pictures that are being made.
pub async fn accept(services: &Services, path: &Path) -> Result<Result<Accepted, Refusal>, AppError> {
    const LIGHT: u64 = 4 << 20;
    let limits = limits(services);
    let whole = path.to_path_buf();
    match look(services, path).await? {
        Err(refusal) => Ok(Err(refusal)),
        Ok(header) if header.memory_to_accept() <= LIGHT => beside(move || imaging::accept(&whole, &limits)).await,
        Ok(header) => services.imaging.run(header.memory_to_accept(), move || imaging::accept(&whole, &limits)).await,
    }
}

async fn look(services: &Services, path: &Path) -> Result<Result<imaging::Header, Refusal>, AppError> {
    let (path, limits) = (path.to_path_buf(), limits(services));
    beside(move || imaging::look(&path, &limits)).await
}

async fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
    tokio::task::spawn_blocking(work).await.map_err(|e| crate::platform::log::internal("imaging", &e))
}

/// Makes every picture of a received photograph and then shows it. Done twice, or broken off anywhere, it comes to the
/// same: pictures are written whole under names of their own, and the row speaks of them last.
pub async fn prepare(services: &Services, id: PhotoId) -> Result<(), AppError> {
    let Some(photo) = store::photo(&services.db, id).await? else { return Ok(()) };
    if photo.status == PhotoStatus::Ready {
        return Ok(());
    }
    develop(services, &photo).await
}

/// Makes them all once more, of one whose pictures were lost.
pub async fn prepare_again(services: &Services, id: PhotoId) -> Result<(), AppError> {
    match store::photo(&services.db, id).await? {
        Some(photo) => develop(services, &photo).await,
        None => Ok(()),
    }
}

async fn develop(services: &Services, photo: &PhotoRow) -> Result<(), AppError> {
    let key = Key::original(&photo.blob_hash);
    let Some(original) = services.storage.on_disk(&key).await? else {
        return Err(crate::platform::log::internal("photos", &format!("the original of {} is missing", photo.id)));
    };
    let (path, limits, mark) = (original.path().to_path_buf(), limits(services), mark::current(&services.db).await?);
    let header = match look(services, &path).await? {
        Ok(header) => header,
        Err(refusal) => return fail(services, photo.id, &refusal.to_string()).await,
    };
    let ink = mark.mark.clone();
    match services.imaging.run(header.memory_to_develop(), move || imaging::develop(&path, &limits, Some(&ink))).await? {
        Err(refusal) => fail(services, photo.id, &refusal.to_string()).await,
        Ok(developed) => {
            keep(services, photo.id, mark.rev, developed.pictures).await?;
            let placeholder = placeholder::css(&developed.thumbhash);
            show(
                services,
                photo,
                Prepared {
                    width: developed.width,
                    height: developed.height,
                    thumbhash: developed.thumbhash,
                    placeholder,
                    marked_rev: mark.rev,
                },
            )
            .await
        }
    }
}

async fn keep(services: &Services, photo: PhotoId, rev: i64, pictures: Vec<Picture>) -> Result<(), AppError> {
    let puts = pictures.into_iter().map(|picture| async move {
        let key = Key::variant(photo, &variant_name(picture.variant, rev));
        services.storage.put(&key, picture.bytes).await
    });
    try_join_all(puts).await.map(drop)
}

/// `thumb`, `web-1024`, `web-2048`; with the watermark `marked-7-thumb` and so on: the number is the watermark's revision.
fn variant_name(variant: Variant, rev: i64) -> String {
    match variant.as_str().strip_prefix("marked-") {
        Some(size) => format!("marked-{rev}-{size}"),
        None => variant.as_str().into(),
    }
}

async fn show(services: &Services, photo: &PhotoRow, found: Prepared) -> Result<(), AppError> {
    let (now, rev) = (services.clock.now(), found.marked_rev);
    let mut tx = services.db.begin().await?;
    if store::set_ready(&mut tx, photo.id, found).await? && photo.status != PhotoStatus::Ready {
        let change =
            Change { entity: "photo", id: photo.id.to_string(), from: photo.status.as_str(), to: PhotoStatus::Ready.as_str(), reason: "" };
        history::record(&mut tx, &Actor::System, now, change).await?;
    }
    mark_again_if_changed(services, &mut tx, photo.id, rev).await?;
    tx.commit().await
}

/// The watermark may have changed while its predecessor was being drawn: then this photograph is in no list of theirs.
async fn mark_again_if_changed(services: &Services, tx: &mut Tx, photo: PhotoId, drawn: i64) -> Result<(), AppError> {
    if mark::revision_in(tx).await? > drawn {
        jobs::enqueue(tx, &services.clock, Job::new("remark_photo", photo).patient()).await?;
    }
    Ok(())
}

/// Ends the preparation with a reason; the photographer reads it beside a button to try again.
pub async fn fail(services: &Services, id: PhotoId, reason: &str) -> Result<(), AppError> {
    let mut tx = services.db.begin().await?;
    if store::set_failed(&mut tx, id, reason).await? {
        let change =
            Change { entity: "photo", id: id.to_string(), from: PhotoStatus::Received.as_str(), to: PhotoStatus::Failed.as_str(), reason };
        history::record(&mut tx, &Actor::System, services.clock.now(), change).await?;
    }
    tx.commit().await
}

/// After the watermark's settings changed: asks for new marked pictures of every ready photograph. Until they are there
/// nobody gets the old ones, because their names carry another revision.
pub async fn remark_all(services: &Services) -> Result<(), AppError> {
    const AT_ONCE: i64 = 200;
    let rev = mark::current(&services.db).await?.rev;
    let mut after = PhotoId(uuid::Uuid::nil());
    loop {
        let photos = store::with_older_mark(&services.db, rev, after, AT_ONCE).await?;
        let Some(last) = photos.last() else { return Ok(()) };
        after = *last;
        let mut tx = services.db.begin().await?;
        for photo in photos {
            jobs::enqueue(&mut tx, &services.clock, Job::new("remark_photo", photo).patient()).await?;
        }
        tx.commit().await?;
        services.bell.ring();
    }
}

/// New marked pictures of one photograph, from its largest clean one: a tenth of the work of starting again.
pub async fn remark(services: &Services, id: PhotoId) -> Result<(), AppError> {
    let StudioMark { mark, rev } = mark::current(&services.db).await?;
    let Some(photo) = store::photo(&services.db, id).await? else { return Ok(()) };
    if photo.status != PhotoStatus::Ready || photo.marked_rev >= rev {
        return Ok(());
    }
    let Some(bytes) = services.storage.read(&Key::variant(id, Variant::Web2048.as_str())).await? else {
        return develop(services, &photo).await;
    };
    let memory = 2048 * 2048 * 3 * 4;
    let bytes = Arc::new(bytes);
    let Ok(pictures) = services.imaging.run(memory, move || imaging::mark_again(&bytes, &mark)).await? else {
        return develop(services, &photo).await;
    };
    keep(services, id, rev, pictures).await?;
    let mut tx = services.db.begin().await?;
    store::set_marked(&mut tx, id, rev).await?;
    mark_again_if_changed(services, &mut tx, id, rev).await?;
    tx.commit().await?;
    forget_marked(services, id, photo.marked_rev).await
}

/// Every picture of a photograph that is gone for good.
pub async fn forget_all(services: &Services, id: PhotoId, rev: i64) -> Result<(), AppError> {
    for variant in Variant::ALL {
        services.storage.remove(&Key::variant(id, &variant_name(variant, rev))).await?;
    }
    Ok(())
}

/// The names of all pictures that a ready photograph has. Revision 0: none with a watermark was made yet.
pub fn names(rev: i64) -> Vec<String> {
    Variant::ALL.into_iter().filter(|variant| rev > 0 || !variant.is_marked()).map(|variant| variant_name(variant, rev)).collect()
}

/// The pictures with an old watermark: nobody is shown them, so they only take room.
async fn forget_marked(services: &Services, id: PhotoId, rev: i64) -> Result<(), AppError> {
    for variant in Variant::ALL.into_iter().filter(|variant| variant.is_marked()) {
        services.storage.remove(&Key::variant(id, &variant_name(variant, rev))).await?;
    }
    Ok(())
}
