//! Copies of the bucket's files on our own disk, so that a wall of thumbnails doesn't ask the bucket a hundred times.
//! Bounded: what was not wanted for longest goes first. What lies there is hashed each time it is given out, so a disk
//! that forgets is a miss and never a wrong picture. It begins empty at
//! each start.
use super::Key;
use std::{
    collections::{BTreeMap, HashMap},
    fs::{File, TryLockError},
    path::{Path, PathBuf},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};
use tokio::fs;

pub(super) struct Cache {
    folder: PathBuf,
    /// Locked for as long as the process lives, so that others know. Numbers of processes tell nothing: two containers on
    /// one data folder both have number 1.
    _alive: Option<File>,
    /// Bytes.
    room: u64,
    index: Mutex<Index>,
    names: AtomicU64,
}

#[derive(Default)]
struct Index {
    entries: HashMap<String, Entry>,
    /// Which entry was wanted when, longest ago first.
    order: BTreeMap<u64, String>,
    taken: u64,
    turn: u64,
}

struct Entry {
    file: PathBuf,
    size: u64,
    hash: blake3::Hash,
    turn: u64,
}

impl Cache {
    pub async fn open(folder: PathBuf, room: u64) -> std::io::Result<Self> {
        // a folder for each process: a command beside the server doesn't empty the server's
        let mut alive = None;
        if room > 0 {
            if let Some(all) = folder.parent() {
                fs::create_dir_all(all).await?;
            }
            let lock = File::create(lock_of(&folder))?;
            // where nothing can be held, as on some network shares, nobody is taken for dead
            if let Err(error @ TryLockError::WouldBlock) = lock.try_lock() {
                return Err(error.into());
            }
            alive = Some(lock);
            fs::create_dir_all(&folder).await?;
        }
        Ok(Self { folder, _alive: alive, room, index: Mutex::default(), names: AtomicU64::new(0) })
    }

    fn index(&self) -> MutexGuard<'_, Index> {
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub async fn read(&self, key: &Key) -> Option<Vec<u8>> {
        let (file, hash) = self.index().touch(key)?;
        let bytes = fs::read(&file).await.ok()?;
        if blake3::hash(&bytes) == hash {
            return Some(bytes);
        }
        self.forget(key);
        None
    }

    /// A second name for a whole file, so that it stays while somebody works on it; false when it is not here.
    pub async fn link(&self, key: &Key, to: &Path) -> bool {
        let Some((file, _)) = self.index().touch(key) else { return false };
        fs::hard_link(file, to).await.is_ok()
    }

    pub async fn keep(&self, key: &Key, bytes: &[u8]) {
        if let Some(file) = self.slot(bytes.len() as u64)
            && fs::write(&file, bytes).await.is_ok()
        {
            self.enter(key, file, bytes.len() as u64, blake3::hash(bytes));
        }
    }

    /// Takes over a file whose hash was just computed.
    pub async fn adopt(&self, key: &Key, from: &Path, size: u64, hash: [u8; 32]) {
        if let Some(file) = self.slot(size)
            && fs::rename(from, &file).await.is_ok()
        {
            self.enter(key, file, size, blake3::Hash::from_bytes(hash));
        }
    }

    /// None for what would push out too much else.
    fn slot(&self, size: u64) -> Option<PathBuf> {
        let number = self.names.fetch_add(1, Ordering::Relaxed);
        (size <= self.room / 4).then(|| self.folder.join(number.to_string()))
    }

    fn enter(&self, key: &Key, file: PathBuf, size: u64, hash: blake3::Hash) {
        let mut index = self.index();
        let mut gone = index.remove(key.as_str()).into_iter().collect::<Vec<_>>();
        while index.taken + size > self.room {
            let Some(oldest) = index.order.values().next().cloned() else { break };
            gone.extend(index.remove(&oldest));
        }
        index.turn += 1;
        let turn = index.turn;
        index.taken += size;
        index.order.insert(turn, key.as_str().into());
        index.entries.insert(key.as_str().into(), Entry { file, size, hash, turn });
        drop(index);
        remove_files(gone);
    }

    /// Removes the copies of processes that were killed.
    pub async fn forget_the_dead(&self) {
        let (Some(all), Some(own)) = (self.folder.parent(), self.folder.file_name()) else { return };
        let Ok(mut entries) = fs::read_dir(all).await else { return };
        while let Ok(Some(entry)) = entries.next_entry().await {
            let (name, path) = (entry.file_name(), entry.path());
            if name == own || path.extension().is_some_and(|end| end == LOCK) {
                continue;
            }
            // held by its process; nobody else waits for it
            let is_alive = File::open(lock_of(&path)).is_ok_and(|lock| lock.try_lock().is_err());
            if !is_alive {
                let _ = fs::remove_dir_all(&path).await;
                let _ = fs::remove_file(lock_of(&path)).await;
            }
        }
    }

    pub fn forget(&self, key: &Key) {
        let gone = self.index().remove(key.as_str());
        remove_files(gone);
    }
}

const LOCK: &str = "lock";

fn lock_of(folder: &Path) -> PathBuf {
    folder.with_extension(LOCK)
}

fn remove_files(gone: impl IntoIterator<Item = PathBuf>) {
    for file in gone {
        let _ = std::fs::remove_file(file);
    }
}

impl Index {
    fn touch(&mut self, key: &Key) -> Option<(PathBuf, blake3::Hash)> {
        self.turn += 1;
        let turn = self.turn;
        let entry = self.entries.get_mut(key.as_str())?;
        self.order.remove(&entry.turn);
        entry.turn = turn;
        self.order.insert(turn, key.as_str().into());
        Some((entry.file.clone(), entry.hash))
    }

    fn remove(&mut self, key: &str) -> Option<PathBuf> {
        let entry = self.entries.remove(key)?;
        self.order.remove(&entry.turn);
        self.taken -= entry.size;
        Some(entry.file)
    }
}

impl Drop for Cache {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
        let _ = std::fs::remove_file(lock_of(&self.folder));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn key(n: u8) -> Key {
        Key::original(&[n; 32])
    }

    #[tokio::test]
    async fn it_stays_within_its_room_and_forgets_what_was_not_wanted_longest() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(folder.path().join("cache"), 1000).await.unwrap();
        for n in 0..10 {
            cache.keep(&key(n), &[n; 100]).await;
        }
        assert!(cache.read(&key(0)).await.is_some(), "wanted just now");
        cache.keep(&key(10), &[10; 100]).await;
        assert!(cache.read(&key(1)).await.is_none() && cache.read(&key(0)).await.is_some());
        cache.keep(&key(11), &[0; 251]).await;
        assert!(cache.read(&key(11)).await.is_none(), "too large to be kept");
        assert_eq!(std::fs::read_dir(folder.path().join("cache")).unwrap().count(), 10);
    }

    #[tokio::test]
    async fn copies_of_the_living_stay_and_those_of_the_dead_go() {
        let folder = tempfile::tempdir().unwrap();
        let all = folder.path().join("cache");
        // two containers on one data folder have the same number
        let (one, two) = (Cache::open(all.join("1-a"), 1000).await.unwrap(), Cache::open(all.join("1-b"), 1000).await.unwrap());
        one.keep(&key(1), b"one").await;
        std::fs::create_dir_all(all.join("1-dead")).unwrap();
        two.forget_the_dead().await;
        assert_eq!(one.read(&key(1)).await.as_deref(), Some(&b"one"[..]));
        assert!(!all.join("1-dead").exists());
        drop(one);
        assert!(!all.join("1-a").exists() && !all.join("1-a.lock").exists());
    }

    #[tokio::test]
    async fn what_the_disk_has_changed_is_not_given_out() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(folder.path().join("cache"), 1000).await.unwrap();
        cache.keep(&key(1), b"right").await;
        for entry in std::fs::read_dir(folder.path().join("cache")).unwrap() {
            std::fs::write(entry.unwrap().path(), b"wrong").unwrap();
        }
        assert_eq!(cache.read(&key(1)).await, None);
    }
}
