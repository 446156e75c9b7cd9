//! Whether the files are still what was kept. Disks forget; a studio should hear of it while its backup still remembers.
pub use super::store::originals::{Original, known, not_purged, page, with_pictures};

use super::store::originals;
use crate::{
    features::{accounts::server::service as accounts, site::server::service as site},
    platform::{
        RequestContext, Services,
        clock::DAY,
        jobs::{self, Job},
        mail::{self, Letter, Sample},
        storage::{Key, hex, unhex},
    },
    shared::AppError,
};

/// Every original is read once in this time.
const EVERY: i64 = 30 * DAY;
/// Bytes that one round reads, so that the disk has time for visitors; a round begins every hour.
const ROUND: i64 = 4_000_000_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    Missing,
    Damaged,
}

impl Trouble {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Damaged => "damaged",
        }
    }
}

/// Reads the originals that were not looked at for longest, and tells the owners of those that are not right.
pub async fn check_some(services: &Services) -> Result<(), AppError> {
    let mut read = 0;
    loop {
        let due = originals::due_for_check(&services.db, services.clock.now() - EVERY, 20).await?;
        if due.is_empty() || read >= ROUND {
            return Ok(());
        }
        for original in due {
            check(services, &original).await?;
            read += original.size;
        }
    }
}

/// One original, because somebody found it wrong while sending it.
pub async fn check_one(services: &Services, hash: &str) -> Result<(), AppError> {
    let hash = unhex(hash).ok_or(AppError::BadRequest)?;
    match originals::original(&services.db, &hash).await? {
        Some(original) => check(services, &original).await.map(drop),
        None => Ok(()),
    }
}

/// Asks for the look at one original; the download that met the trouble goes on without waiting for it.
pub async fn doubt(services: &Services, hash: &[u8]) -> Result<(), AppError> {
    let mut tx = services.db.begin().await?;
    jobs::enqueue(&mut tx, &services.clock, Job::new("check_original", hex(hash))).await?;
    tx.commit().await?;
    services.bell.ring();
    Ok(())
}

async fn check(services: &Services, original: &Original) -> Result<Option<Trouble>, AppError> {
    let trouble = match services.storage.is_right(&Key::original(&original.hash)).await? {
        Some(true) => None,
        Some(false) => Some(Trouble::Damaged),
        None => Some(Trouble::Missing),
    };
    // one that was purged meanwhile is not missed
    if trouble.is_some() && !originals::is_wanted(&services.db, &original.hash).await? {
        return Ok(None);
    }
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    originals::set_checked(&mut tx, &original.hash, now, trouble.map(Trouble::as_str)).await?;
    if let (Some(trouble), false) = (trouble, original.trouble.is_some()) {
        let names = originals::names_of(&mut tx, &original.hash).await?;
        tracing::error!(original = hex(&original.hash), trouble = trouble.as_str(), "a stored original is not right");
        for owner in accounts::owners(&mut tx).await? {
            let letter = letter(&site::studio_in(&mut tx).await?.name, &owner.email, trouble, &names, &original.hash, now);
            mail::post(&mut tx, services, letter).await?;
        }
    }
    tx.commit().await?;
    services.bell.ring();
    Ok(trouble)
}

fn letter(studio: &str, to: &str, trouble: Trouble, names: &[String], hash: &[u8], now: i64) -> Letter {
    let what = match trouble {
        Trouble::Missing => "is missing from the storage",
        Trouble::Damaged => "has been changed by the disk",
    };
    Letter::new(to, format!("{studio}: a stored original {what}"), format!("original-{}-{}-{to}", hex(hash), now / DAY))
        .words(format!("The original of {} {what}. It is not given out until it is right again.", names.join(", ")))
        .fact("File", Key::original(hash).as_str())
        .words("If you have a backup, put it back from there; uploading the same file again to any gallery mends it too.")
        .from(studio)
}

/// What the owner's letter looks like.
pub async fn sample_letters(cx: &RequestContext) -> Result<Vec<Sample>, AppError> {
    let to = &cx.actor.owner()?.email;
    let names = ["DSC_0001.jpg".to_string()];
    let letter = letter(&site::studio(&cx.db).await?.name, to, Trouble::Damaged, &names, &[0; 32], cx.now());
    Ok(vec![Sample { name: "original", title: "A stored original is not right, to the owner", letter: Some(letter) }])
}

/// How one original fares, for whoever goes through all of them.
pub async fn look(services: &Services, original: &Original, read_whole: bool) -> Result<Option<Trouble>, AppError> {
    let key = Key::original(&original.hash);
    let right = if read_whole {
        services.storage.is_right(&key).await?
    } else {
        services.storage.has(&key, original.size as u64).await?.then_some(true)
    };
    Ok(match right {
        Some(true) => None,
        Some(false) => Some(Trouble::Damaged),
        None => Some(Trouble::Missing),
    })
}
