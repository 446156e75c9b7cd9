//! Whether each row has its file, and each file its row.
use super::{Finding, Visit, note, trouble, well};
use crate::{
    features::{
        images::server::service as images,
        photos::server::{integrity, service as photos},
    },
    platform::{
        Services,
        clock::DAY,
        storage::{Key, Kind, hex},
    },
    shared::{AppError, PhotoId},
};
use std::{
    collections::BTreeSet,
    time::{Duration, SystemTime},
};

/// So many are named; the rest is counted.
const NAMED: usize = 20;

pub async fn originals(services: &Services, visit: Visit) -> Vec<Finding> {
    let (mut after, mut count, mut found) = (vec![], 0, vec![]);
    loop {
        let page = match integrity::page(&services.db, &after, 200).await {
            Ok(page) => page,
            Err(error) => return vec![trouble("originals", error.to_string())],
        };
        let Some(last) = page.last() else { break };
        after = last.hash.clone();
        for original in page {
            count += 1;
            match integrity::look(services, &original, !visit.quick).await {
                Ok(None) => {}
                Ok(Some(wrong)) => found.push(format!("{} is {}", Key::original(&original.hash).as_str(), wrong.as_str())),
                Err(error) => return vec![trouble("originals", error.to_string())],
            }
        }
    }
    let done = if visit.quick { "there" } else { "read whole and right" };
    told("originals", found, format!("{count} {done}"), "put them back from a backup, or upload them again")
}

/// What people keep through the API.
pub async fn images(services: &Services, visit: Visit) -> Vec<Finding> {
    match images::unwell(services, !visit.quick).await {
        Ok(found) => told("images", found, "all there".into(), "put them back from a backup"),
        Err(error) => vec![trouble("images", error.to_string())],
    }
}

pub async fn pictures(services: &Services, visit: Visit) -> Vec<Finding> {
    let here = match all_pictures(services).await {
        Ok(here) => here,
        Err(error) => return vec![trouble("pictures", error.to_string())],
    };
    let (mut after, mut count, mut found) = (PhotoId(uuid::Uuid::nil()), 0, vec![]);
    loop {
        let page = match integrity::with_pictures(&services.db, after, 500).await {
            Ok(page) => page,
            Err(error) => return vec![trouble("pictures", error.to_string())],
        };
        let Some((last, _)) = page.last() else { break };
        after = *last;
        for (photo, rev) in page {
            let missing = photos::picture_names(rev).into_iter().filter(|name| !here.contains(&(photo, name.clone()))).count();
            count += 1;
            if missing > 0 {
                found.push(format!("{photo} lacks {missing}"));
                if visit.repair
                    && let Err(error) = photos::prepare_again(services, photo).await
                {
                    return vec![trouble("pictures", error.to_string())];
                }
            }
        }
    }
    if visit.repair && !found.is_empty() {
        return vec![note("pictures", format!("of {} photographs are being made again", found.len()))];
    }
    told("pictures", found, format!("{count} photographs have all of theirs"), "photovault doctor --repair makes them again")
}

async fn all_pictures(services: &Services) -> Result<BTreeSet<(PhotoId, String)>, AppError> {
    let mut here = BTreeSet::new();
    for side in services.storage.sides() {
        let mut after = None;
        loop {
            let page = services.storage.list(side, Kind::Variants, after.take(), 1000).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.key.as_str().to_string());
            // an empty file is no picture
            here.extend(
                page.iter()
                    .filter(|file| file.length > 0)
                    .filter_map(|file| file.key.picture())
                    .map(|(photo, name)| (photo, name.to_string())),
            );
        }
    }
    Ok(here)
}

/// Files that no row speaks of. Young ones may belong to an upload that is just being written down.
pub async fn orphans(services: &Services) -> Vec<Finding> {
    let strays = async {
        let mut found = vec![];
        let deadline = SystemTime::now() - Duration::from_millis(DAY as u64);
        for piece in services.storage.originals_before(deadline).await?.chunks(200) {
            let known = integrity::known(&services.db, piece).await?;
            found.extend(piece.iter().filter(|hash| !known.contains(*hash)).map(|hash| format!("original {}", hex(hash))));
        }
        let photos: Vec<PhotoId> =
            all_pictures(services).await?.into_iter().map(|(photo, _)| photo).collect::<BTreeSet<_>>().into_iter().collect();
        for piece in photos.chunks(200) {
            let known = integrity::not_purged(&services.db, piece).await?;
            found.extend(piece.iter().filter(|photo| !known.contains(photo)).map(|photo| format!("pictures of {photo}")));
        }
        Ok::<_, AppError>(found)
    };
    match strays.await {
        Ok(found) => {
            told("orphans", found, "no file without its row".into(), "they only take room; originals go by themselves within the hour")
        }
        Err(error) => vec![trouble("orphans", error.to_string())],
    }
}

fn told(about: &'static str, found: Vec<String>, fine: String, advice: &str) -> Vec<Finding> {
    if found.is_empty() {
        return vec![well(about, fine)];
    }
    let rest = found.len().saturating_sub(NAMED);
    let mut all: Vec<Finding> = found.into_iter().take(NAMED).map(|words| trouble(about, format!("{words}: {advice}"))).collect();
    if rest > 0 {
        all.push(trouble(about, format!("and {rest} more")));
    }
    all
}
