//! An upload that died between "file stored" and "row committed" leaves an original that nobody speaks of.
use super::store::originals;
use crate::{
    platform::{Services, clock::DAY, storage::Key},
    shared::AppError,
};
use std::time::{Duration, SystemTime};

/// Removes originals without a row that are older than a day. Run at the start and once a day.
pub async fn orphans(services: &Services) -> Result<u64, AppError> {
    orphans_before(services, SystemTime::now() - Duration::from_millis(DAY as u64)).await
}

pub(super) async fn orphans_before(services: &Services, deadline: SystemTime) -> Result<u64, AppError> {
    const AT_ONCE: usize = 200;
    let mut removed = 0;
    let old = services.storage.originals_before(deadline).await?;
    for piece in old.chunks(AT_ONCE) {
        let known = originals::known(&services.db, piece).await?;
        for hash in piece.iter().filter(|hash| !known.contains(*hash)) {
            // somebody may be uploading the same bytes just now: then the file is young again
            if services.storage.remove_if_before(&Key::original(hash), deadline).await? {
                removed += 1;
            }
        }
    }
    if removed > 0 {
        tracing::info!(removed, "originals of interrupted uploads were removed");
    }
    Ok(removed)
}
