use super::{
    dump::dump,
    files::{self, Copied, Restored},
    load::load,
    manifest::{FORMAT, Manifest},
};
use crate::platform::{
    Services,
    storage::{Key, hash_file, hex},
};
use std::{
    collections::HashSet,
    fs,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};

#[derive(Debug)]
pub struct Saved {
    pub snapshot: PathBuf,
    pub rows: u64,
    pub files: Copied,
}

const SECRET: &str = "secret-key";

/// Saves everything while the studio is open: the rows first, then the files. A row never comes before its file, so
/// whatever file a saved row speaks of is there.
pub async fn back_up(services: &Services, shelf: &Path, keep: Option<usize>) -> Result<Saved, String> {
    let snapshots = shelf.join("snapshots");
    // it holds addresses, and the key that opens sealed letters: nobody else looks in
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(shelf.join("files"))
        .and_then(|()| fs::create_dir_all(&snapshots))
        .map_err(|e| format!("{} cannot be written: {e}", shelf.display()))?;
    let lock = fs::File::create(shelf.join("lock")).map_err(|e| e.to_string())?;
    lock.try_lock().map_err(|_| format!("another backup into {} is running", shelf.display()))?;
    clear_unfinished(shelf);
    let before = newest(shelf).ok();
    let name =
        jiff::Timestamp::from_millisecond(services.clock.now()).map_err(|e| e.to_string())?.strftime("%Y-%m-%dT%H-%M-%SZ").to_string();
    let (snapshot, unfinished) = (free_name(&snapshots, &name), snapshots.join(format!(".unfinished-{name}")));
    fs::create_dir_all(unfinished.join("tables")).map_err(|e| e.to_string())?;
    let dumped = dump(&services.db, &unfinished.join("tables")).await.map_err(|e| e.to_string())?;
    let known = before.as_ref().and_then(|before| files::entries(&before.join("files.jsonl")).ok()).unwrap_or_default();
    let (copied, list) = files::copy(&services.storage, shelf, &unfinished.join("files.jsonl"), known).await.map_err(|e| e.to_string())?;
    save_secret(services, &unfinished).map_err(|e| e.to_string())?;
    let manifest = Manifest {
        format: FORMAT,
        made_at: services.clock.now(),
        program: env!("CARGO_PKG_VERSION").into(),
        migrations: dumped.migrations,
        tables: dumped.tables,
        files: copied.files,
        bytes: copied.bytes,
        list,
    };
    let rows = manifest.tables.iter().map(|table| table.rows).sum();
    write_for_good(&unfinished.join("manifest.json"), &serde_json::to_vec_pretty(&manifest).map_err(|e| e.to_string())?)?;
    fs::rename(&unfinished, &snapshot).and_then(|()| fs::File::open(&snapshots)?.sync_all()).map_err(|e| e.to_string())?;
    if let Some(keep) = keep {
        prune(shelf, keep.max(1))?;
    }
    Ok(Saved { snapshot, rows, files: copied })
}

impl Saved {
    /// Which of these files the snapshot does not have.
    pub fn lacks(&self, wanted: &[Key]) -> Result<Vec<Key>, String> {
        let listed: HashSet<String> = files::entries(&self.snapshot.join("files.jsonl"))?.into_iter().map(|entry| entry.key).collect();
        Ok(wanted.iter().filter(|key| !listed.contains(key.as_str())).cloned().collect())
    }
}

/// Brings the newest snapshot (or the one that is named) into an empty studio.
pub async fn restore(services: &Services, shelf: &Path, snapshot: Option<&str>) -> Result<(PathBuf, Restored), String> {
    let snapshot = match snapshot {
        Some(name) => shelf.join("snapshots").join(name),
        None => newest(shelf)?,
    };
    let manifest = read(&snapshot)?;
    let list = snapshot.join("files.jsonl");
    if hash_file(&list).map(|hash| hex(&hash)).ok().as_ref() != Some(&manifest.list) {
        return Err(format!("{} is damaged; choose another snapshot", list.display()));
    }
    // the files first: a studio that has its rows has its files
    let restored = files::bring_back(&services.storage, shelf, files::entries(&list)?).await?;
    load(&services.db, &manifest, &snapshot.join("tables")).await?;
    if snapshot.join(SECRET).exists() && std::env::var_os("SECRET_KEY").is_none() {
        let secret = fs::read(snapshot.join(SECRET)).map_err(|e| e.to_string())?;
        write_secret(&services.config.data.join(SECRET), &secret).map_err(|e| e.to_string())?;
    }
    Ok((snapshot, restored))
}

/// The database's steps at the time of the snapshot that would be restored.
pub fn migrations_of(shelf: &Path, snapshot: Option<&str>) -> Result<Vec<i64>, String> {
    let snapshot = snapshot.map_or_else(|| newest(shelf), |name| Ok(shelf.join("snapshots").join(name)))?;
    Ok(read(&snapshot)?.migrations)
}

fn read(snapshot: &Path) -> Result<Manifest, String> {
    let path = snapshot.join("manifest.json");
    let text = fs::read(&path).map_err(|e| format!("{} cannot be read: {e}", path.display()))?;
    let manifest: Manifest = serde_json::from_slice(&text).map_err(|e| format!("{}: {e}", path.display()))?;
    if manifest.format == FORMAT { Ok(manifest) } else { Err(format!("{} is of a form that this version does not know", path.display())) }
}

fn finished(shelf: &Path) -> Result<Vec<PathBuf>, String> {
    let folder = shelf.join("snapshots");
    let entries = fs::read_dir(&folder).map_err(|e| format!("{} cannot be read: {e}", folder.display()))?;
    let mut all: Vec<PathBuf> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.join("manifest.json").exists()).collect();
    all.retain(|path| path.file_name().is_some_and(|name| !name.to_string_lossy().starts_with('.')));
    all.sort();
    Ok(all)
}

fn newest(shelf: &Path) -> Result<PathBuf, String> {
    finished(shelf)?.pop().ok_or_else(|| format!("there is no finished snapshot in {}", shelf.display()))
}

fn free_name(snapshots: &Path, name: &str) -> PathBuf {
    let named = |n: u32| snapshots.join(if n == 0 { name.to_string() } else { format!("{name}-{n}") });
    (0..).map(named).find(|path| !path.exists()).unwrap_or_else(|| named(0))
}

/// What a backup left that was broken off.
fn clear_unfinished(shelf: &Path) {
    for (folder, mark) in [("snapshots", ".unfinished-"), ("files", "incoming-")] {
        for entry in fs::read_dir(shelf.join(folder)).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(mark) {
                let _ = fs::remove_dir_all(entry.path()).or_else(|_| fs::remove_file(entry.path()));
            }
        }
    }
}

/// Forgets the oldest snapshots, and the files that no other speaks of.
fn prune(shelf: &Path, keep: usize) -> Result<(), String> {
    let mut all = finished(shelf)?;
    let old = all.drain(..all.len().saturating_sub(keep)).collect::<Vec<_>>();
    let mut wanted = HashSet::new();
    for snapshot in &all {
        wanted.extend(files::entries(&snapshot.join("files.jsonl"))?.into_iter().map(|entry| entry.hash));
    }
    for snapshot in &old {
        fs::remove_dir_all(snapshot).map_err(|e| e.to_string())?;
    }
    if old.is_empty() {
        return Ok(());
    }
    for folder in fs::read_dir(shelf.join("files")).map_err(|e| e.to_string())?.flatten() {
        for file in fs::read_dir(folder.path()).into_iter().flatten().flatten() {
            if !file.file_name().to_str().is_some_and(|name| wanted.contains(name)) {
                fs::remove_file(file.path()).map_err(|e| e.to_string())?;
            }
        }
    }
    Ok(())
}

/// The key that an installation without settings made for itself: without it, what it sealed cannot be read again.
fn save_secret(services: &Services, snapshot: &Path) -> std::io::Result<()> {
    match fs::read(services.config.data.join(SECRET)) {
        Ok(secret) => write_secret(&snapshot.join(SECRET), &secret),
        Err(_) => Ok(()),
    }
}

fn write_secret(path: &Path, secret: &[u8]) -> std::io::Result<()> {
    use std::{io::Write, os::unix::fs::OpenOptionsExt};
    fs::OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(path)?.write_all(secret)
}

fn write_for_good(path: &Path, bytes: &[u8]) -> Result<(), String> {
    fs::write(path, bytes).and_then(|()| fs::File::open(path)?.sync_all()).map_err(|e| format!("{}: {e}", path.display()))
}
