//! Files on their way to the shelf and back. Each is hashed on the way, so a damaged one is named and never replaces a
//! good one.
use super::{dump::Sheet, manifest::FileEntry};
use crate::{
    platform::{
        log,
        storage::{Key, Kind, Listed, Side, Storage, hash_file, hex, unhex},
    },
    shared::AppError,
};
use std::{
    collections::{HashMap, HashSet},
    fs,
    io::{BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
};

#[derive(Debug, Default)]
pub struct Copied {
    pub files: u64,
    pub bytes: u64,
    /// Files that were not on the shelf yet.
    pub fresh: u64,
    /// Originals whose bytes are not what their name promises: they are not saved.
    pub damaged: Vec<String>,
}

#[derive(Debug, Default)]
pub struct Restored {
    pub files: u64,
    pub bytes: u64,
    pub damaged: Vec<String>,
}

pub fn place_of(shelf: &Path, hash: &str) -> PathBuf {
    shelf.join("files").join(hash.get(..2).unwrap_or("00")).join(hash)
}

pub fn entries(list: &Path) -> Result<Vec<FileEntry>, String> {
    let file = fs::File::open(list).map_err(|e| format!("{}: {e}", list.display()))?;
    let lines = BufReader::new(file).lines();
    lines.map(|line| serde_json::from_str(&line.map_err(|e| e.to_string())?).map_err(|e| format!("{}: {e}", list.display()))).collect()
}

/// Every file of both sides; what `known` (the snapshot before) had already is only noted. The folder is listed first and
/// once more at the end: a file that moves from the bucket into it while we look would be on neither side otherwise.
pub async fn copy(storage: &Storage, shelf: &Path, list: &Path, known: Vec<FileEntry>) -> Result<(Copied, String), AppError> {
    let known: HashMap<String, FileEntry> = known.into_iter().map(|entry| (entry.key.clone(), entry)).collect();
    let (mut copied, mut sheet, mut noted) = (Copied::default(), Sheet::create(list)?, HashSet::new());
    let mut sides = storage.sides();
    if sides.len() > 1 {
        sides.push(Side::Folder);
    }
    for side in sides {
        let mut after = None;
        loop {
            let page = storage.list(side, Kind::All, after.take(), 500).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.key.as_str().to_string());
            for listed in page {
                if noted.contains(listed.key.as_str()) {
                    continue;
                }
                let Some(hash) = shelve(storage, shelf, &listed, known.get(listed.key.as_str()), &mut copied).await? else { continue };
                copied.files += 1;
                copied.bytes += listed.length;
                noted.insert(listed.key.as_str().to_string());
                sheet.write(&FileEntry { key: listed.key.as_str().into(), hash, length: listed.length, stamp: listed.stamp })?;
            }
        }
    }
    let (_, hash) = sheet.finish()?;
    Ok((copied, hash))
}

/// The hash under which the file is on the shelf now; none when it vanished meanwhile or is damaged.
async fn shelve(
    storage: &Storage,
    shelf: &Path,
    listed: &Listed,
    known: Option<&FileEntry>,
    copied: &mut Copied,
) -> Result<Option<String>, AppError> {
    let promised = listed.key.hash().map(|hash| hex(&hash));
    let unchanged = known.filter(|known| known.length == listed.length && known.stamp == listed.stamp).map(|known| known.hash.clone());
    if let Some(hash) = promised.clone().or(unchanged)
        && fs::metadata(place_of(shelf, &hash)).is_ok_and(|there| there.len() == listed.length)
    {
        return Ok(Some(hash));
    }
    let Some(here) = storage.on_disk(&listed.key).await? else { return Ok(None) };
    let (shelf, promise) = (shelf.to_path_buf(), promised.clone());
    let stored = tokio::task::spawn_blocking(move || store(&shelf, here.path(), promise.as_deref()));
    let stored = stored.await.map_err(|e| log::internal("backup", &e))?.map_err(|e| log::internal("backup", &e))?;
    match stored {
        Some(hash) => {
            copied.fresh += 1;
            Ok(Some(hash))
        }
        None => {
            copied.damaged.push(listed.key.as_str().into());
            Ok(None)
        }
    }
}

/// Copies and hashes; on the disk for good, under its hash. None when it is not what was promised.
fn store(shelf: &Path, from: &Path, promised: Option<&str>) -> std::io::Result<Option<String>> {
    let temporary = shelf.join("files").join(format!("incoming-{}", crate::platform::token::fresh().secret));
    let (mut source, mut target) = (fs::File::open(from)?, fs::File::create_new(&temporary)?);
    let (mut hasher, mut piece) = (blake3::Hasher::new(), vec![0; 1 << 20]);
    let copied = (|| loop {
        match source.read(&mut piece)? {
            0 => return target.sync_all(),
            read => {
                hasher.update(&piece[..read]);
                target.write_all(&piece[..read])?;
            }
        }
    })();
    let hash = hex(hasher.finalize().as_bytes());
    if copied.is_err() || promised.is_some_and(|promised| promised != hash) {
        let _ = fs::remove_file(&temporary);
        return copied.map(|()| None);
    }
    let place = place_of(shelf, &hash);
    fs::create_dir_all(place.parent().unwrap_or(shelf))?;
    fs::rename(&temporary, &place)?;
    Ok(Some(hash))
}

/// Puts every file of the list into the storage, unless it is there already.
pub async fn bring_back(storage: &Storage, shelf: &Path, entries: Vec<FileEntry>) -> Result<Restored, String> {
    let mut restored = Restored::default();
    let words = |e: AppError| e.to_string();
    for entry in entries {
        let (Some(key), Some(hash)) = (Key::parse(&entry.key), unhex(&entry.hash)) else {
            return Err(format!("the list of files names {}, which is none of ours", entry.key));
        };
        if storage.has(&key, entry.length).await.map_err(words)? {
            continue;
        }
        let place = place_of(shelf, &entry.hash);
        let path = place.clone();
        let found = tokio::task::spawn_blocking(move || hash_file(&path)).await.map_err(|e| e.to_string())?;
        if found.ok() != Some(hash) {
            restored.damaged.push(format!("{} ({})", entry.key, place.display()));
            continue;
        }
        let mut incoming = storage.receive(u64::MAX).await.map_err(words)?;
        let mut file = fs::File::open(&place).map_err(|e| e.to_string())?;
        let mut piece = vec![0; 256 * 1024];
        loop {
            let read = file.read(&mut piece).map_err(|e| e.to_string())?;
            if read == 0 {
                break;
            }
            incoming.write(&piece[..read]).await.map_err(words)?;
        }
        let received = incoming.finish().await.map_err(words)?;
        if received.hash != hash {
            restored.damaged.push(entry.key);
            continue;
        }
        storage.keep(received, &key).await.map_err(words)?;
        restored.files += 1;
        restored.bytes += entry.length;
    }
    Ok(restored)
}
