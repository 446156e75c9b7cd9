//! The end of photographs that were removed long ago. Who still has a claim to one is known above; here it is only done.
use super::{pictures, store::originals};
use crate::{
    platform::{
        Actor, Services,
        clock::DAY,
        history::{self, Change},
        storage::Key,
    },
    shared::{AppError, PhotoId},
};
use std::time::{Duration, SystemTime};

/// How long a removal can be taken back.
pub const KEPT: i64 = 30 * DAY;

/// The next photographs that were removed before the instant, after the last one that was looked at.
pub async fn removed_before(services: &Services, instant: i64, after: (i64, PhotoId), most: i64) -> Result<Vec<(PhotoId, i64)>, AppError> {
    originals::removed_before(&services.db, instant, after, most).await
}

/// Takes away the pictures, and the original unless another photograph has the same. The row says so first: should the
/// program end in between, files without a row are swept, and no row speaks of a file that is gone.
pub async fn purge(services: &Services, id: PhotoId) -> Result<(), AppError> {
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    let Some((hash, rev)) = originals::set_purged(&mut tx, id, now).await? else { return Ok(()) };
    let change = Change { entity: "photo", id: id.to_string(), from: "removed", to: "purged", reason: "" };
    history::record(&mut tx, &Actor::System, now, change).await?;
    tx.commit().await?;
    pictures::forget_all(services, id, rev).await?;
    if !originals::is_wanted(&services.db, &hash).await? {
        // somebody may be uploading the same bytes just now: then the file is young again
        let deadline = SystemTime::now() - Duration::from_millis(DAY as u64);
        services.storage.remove_if_before(&Key::original(&hash), deadline).await?;
    }
    Ok(())
}
