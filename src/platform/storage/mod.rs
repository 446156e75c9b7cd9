//! Where bytes live: in the data folder, or in a bucket when the settings name one. Originals are content-addressed and
//! never change; variants belong to a photo and can be made again. The row comes after the file.
//!
//! A file has the same name on both sides. Whoever looks for it looks in the folder, then in the bucket, then in the
//! folder once more (it may have been moved in between): so no record has to say where a file lies, and none can be wrong.
mod cache;
mod folder;
mod incoming;
mod key;
mod moving;
mod room;
mod s3;
mod settings;
mod stored;
mod verified;
mod walk;

pub use incoming::{Incoming, Received};
pub use key::{Key, hex, unhex};
pub use moving::Moved;
pub use room::Drill;
pub use settings::{BucketSettings, StorageSettings};
pub use stored::{Chunks, Stored};
pub use verified::hash_file;

use crate::{platform::log, shared::AppError};
use cache::Cache;
use folder::Folder;
use incoming::Temporary;
use room::failed;
use s3::{Bucket, Payload};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};
use stored::Source;
use verified::Verified;

pub struct Storage {
    folder: Folder,
    bucket: Option<Arc<Bucket>>,
    home: Side,
    proxies: bool,
    cache: Cache,
    verified: Verified,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Folder,
    Bucket,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Originals,
    Variants,
    All,
}

impl Kind {
    fn folders(self) -> &'static [&'static str] {
        match self {
            Self::Originals => &["originals"],
            Self::Variants => &["variants"],
            Self::All => &["images", "originals", "variants"],
        }
    }
}

/// A file as a listing shows it.
#[derive(Clone, Debug)]
pub struct Listed {
    pub key: Key,
    pub length: u64,
    pub modified: SystemTime,
    /// Changes when the file is written again.
    pub stamp: String,
}

/// A file on this machine for as long as this is held, for decoders that want a path.
pub struct OnDisk {
    path: PathBuf,
    _temporary: Option<Temporary>,
}

impl OnDisk {
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Storage {
    /// The folder is made when it is missing; the bucket is not asked yet.
    pub async fn open(data: &Path, settings: &StorageSettings) -> std::io::Result<Self> {
        let cache = data.join("cache").join(format!("{}-{}", std::process::id(), super::token::code(6)));
        Ok(Self {
            folder: Folder::open(&data.join("media")).await?,
            bucket: settings.bucket.as_ref().map(|bucket| Arc::new(Bucket::new(bucket))),
            home: if settings.in_bucket { Side::Bucket } else { Side::Folder },
            proxies: settings.proxies,
            cache: Cache::open(cache, if settings.bucket.is_some() { settings.cache } else { 0 }).await?,
            verified: Verified::default(),
        })
    }

    /// The side that takes new files.
    pub fn home(&self) -> Side {
        self.home
    }

    /// The sides that are there.
    pub fn sides(&self) -> Vec<Side> {
        if self.bucket.is_some() { vec![Side::Folder, Side::Bucket] } else { vec![Side::Folder] }
    }

    fn bucket(&self) -> Result<&Arc<Bucket>, AppError> {
        self.bucket.as_ref().ok_or_else(|| log::internal("storage", &"no bucket is named in the settings"))
    }

    /// For drills: makes the disk fail.
    pub fn drill(&self) -> &Drill {
        &self.folder.drill
    }

    /// Begins to receive a file of at most `limit` bytes.
    pub async fn receive(&self, limit: u64) -> Result<Incoming, AppError> {
        let bucket = self.bucket.as_ref().filter(|_| self.home == Side::Bucket);
        Incoming::begin(self.folder.temporary(), self.folder.drill.clone(), limit, bucket).await.map_err(|e| failed(&e))
    }

    /// Gives a received file its name for good. The same bytes once more are simply there already.
    pub async fn keep(&self, received: Received, key: &Key) -> Result<(), AppError> {
        let Received { temporary, safe, sha256, parts, size, hash, .. } = received;
        if self.home == Side::Folder {
            return self.folder.adopt(&temporary.0, safe, key).await;
        }
        let bucket = self.bucket()?;
        let sha256 = sha256.ok_or_else(|| log::internal("storage", &"a file came in without its checksum"))?;
        let went = match parts {
            Some(parts) => parts.finish(key, size, sha256).await?,
            None => false,
        };
        if !went {
            bucket.put(key, Payload::file(&temporary.0, size, sha256)).await?;
        }
        // its pictures are made next: they need not fetch it back
        if key.hash().is_some_and(|name| hash == name) {
            self.cache.adopt(key, &temporary.0, size, key.hash().unwrap_or_default()).await;
        }
        Ok(())
    }

    /// Writes a small file, such as a variant, whole or not at all.
    pub async fn put(&self, key: &Key, bytes: Vec<u8>) -> Result<(), AppError> {
        if self.home == Side::Bucket {
            self.bucket()?.put(key, Payload::bytes(&bytes)).await?;
            self.cache.keep(key, &bytes).await;
            return self.folder.remove(key).await;
        }
        let mut incoming = self.receive(u64::MAX).await?;
        incoming.write(&bytes).await?;
        self.keep(incoming.finish().await?, key).await
    }

    /// For giving it out; none when there is no such file. An original on the disk is hashed first.
    pub async fn get(&self, key: &Key) -> Result<Option<Stored>, AppError> {
        if let Some(stored) = self.get_from_folder(key).await? {
            return Ok(Some(stored));
        }
        let Some(bucket) = &self.bucket else { return Ok(None) };
        match bucket.head(key).await? {
            Some(head) => Ok(Some(Stored { length: head.length, key: key.clone(), source: Source::Bucket(bucket.clone()) })),
            None => self.get_from_folder(key).await,
        }
    }

    async fn get_from_folder(&self, key: &Key) -> Result<Option<Stored>, AppError> {
        let Some((file, length)) = self.folder.open_file(key).await? else { return Ok(None) };
        if let Some(hash) = key.hash()
            && !self.verified.is_fresh(&hash)
            && !self.is_right_in_folder(key, hash).await?
        {
            tracing::error!(key = key.as_str(), "a stored original has changed; it is not given out");
            return Err(AppError::Unavailable);
        }
        Ok(Some(Stored { length, key: key.clone(), source: Source::File(file) }))
    }

    async fn is_right_in_folder(&self, key: &Key, hash: [u8; 32]) -> Result<bool, AppError> {
        let path = self.folder.path(key);
        let found = tokio::task::spawn_blocking(move || hash_file(&path)).await.map_err(|e| log::internal("storage", &e))?;
        let right = found.map_err(|e| failed(&e))? == hash;
        if right {
            self.verified.note(hash)
        } else {
            self.verified.forget(&hash)
        }
        Ok(right)
    }

    /// Reads the whole original, wherever it lies: none when it is missing, false when its bytes are wrong.
    pub async fn is_right(&self, key: &Key) -> Result<Option<bool>, AppError> {
        let Some(hash) = key.hash() else { return Ok(self.read(key).await?.map(|_| true)) };
        if self.folder.modified(key).await?.is_some() {
            return self.is_right_in_folder(key, hash).await.map(Some);
        }
        let Some(bucket) = &self.bucket else { return Ok(None) };
        let Some(got) = bucket.get(key, None).await? else { return Ok(None) };
        let (mut hasher, mut chunks) = (blake3::Hasher::new(), got.chunks());
        while let Some(chunk) = futures::StreamExt::next(&mut chunks).await {
            hasher.update(&chunk.map_err(|_| AppError::Unavailable)?);
        }
        Ok(Some(hasher.finalize() == blake3::Hash::from_bytes(hash)))
    }

    /// A small file at once, as a variant is; none when there is no such file.
    pub async fn read(&self, key: &Key) -> Result<Option<Vec<u8>>, AppError> {
        if let Some(bytes) = self.folder.read(key).await? {
            return Ok(Some(bytes));
        }
        let Some(bucket) = &self.bucket else { return Ok(None) };
        if let Some(bytes) = self.cache.read(key).await {
            return Ok(Some(bytes));
        }
        match bucket.read(key).await? {
            Some(bytes) => {
                self.cache.keep(key, &bytes).await;
                Ok(Some(bytes))
            }
            None => self.folder.read(key).await,
        }
    }

    /// An address where the file can be fetched for a few minutes without asking us; none when we send it ourselves.
    pub async fn address(&self, key: &Key, disposition: &str, kind: &str) -> Result<Option<String>, AppError> {
        if self.proxies || self.home == Side::Folder || self.folder.modified(key).await?.is_some() {
            return Ok(None);
        }
        self.bucket()?.signed(key, disposition, kind).await.map(Some)
    }

    /// The file under a path of this machine; none when there is no such file. An original from the bucket is compared
    /// with its hash on the way.
    pub async fn on_disk(&self, key: &Key) -> Result<Option<OnDisk>, AppError> {
        let held = |temporary: Temporary| Some(OnDisk { path: temporary.0.clone(), _temporary: Some(temporary) });
        let in_folder =
            async || Ok::<_, AppError>(self.folder.modified(key).await?.map(|_| OnDisk { path: self.folder.path(key), _temporary: None }));
        if let Some(here) = in_folder().await? {
            return Ok(Some(here));
        }
        if self.bucket.is_none() {
            return Ok(None);
        }
        let link = Temporary(self.folder.temporary());
        if self.cache.link(key, &link.0).await {
            return Ok(held(link));
        }
        match self.fetch(key).await? {
            Some(temporary) => Ok(held(temporary)),
            None => in_folder().await,
        }
    }

    /// Whether a file of this name and length is there, on either side.
    pub async fn has(&self, key: &Key, length: u64) -> Result<bool, AppError> {
        if self.folder.open_file(key).await?.is_some_and(|(_, found)| found == length) {
            return Ok(true);
        }
        match &self.bucket {
            Some(bucket) => Ok(bucket.head(key).await?.is_some_and(|head| head.length == length)),
            None => Ok(false),
        }
    }

    /// Where the folder keeps (or would keep) the file.
    pub fn local_path(&self, key: &Key) -> PathBuf {
        self.folder.path(key)
    }

    /// Up to `most` files of one side after the given name, in the order of their names.
    pub async fn list(&self, side: Side, kind: Kind, after: Option<String>, most: usize) -> Result<Vec<Listed>, AppError> {
        if side == Side::Folder {
            return self.folder.list(kind, after, most).await;
        }
        let mut found = vec![];
        for folder in kind.folders() {
            let prefix = format!("{folder}/");
            // a folder that comes wholly before the cursor has been listed
            if found.len() < most && after.as_deref().is_none_or(|after| after < prefix.as_str() || after.starts_with(&prefix)) {
                found.extend(self.bucket()?.list(&prefix, after.as_deref(), most - found.len()).await?);
            }
        }
        Ok(found)
    }

    /// Hashes of the originals that were stored before the deadline.
    pub async fn originals_before(&self, deadline: SystemTime) -> Result<Vec<Vec<u8>>, AppError> {
        let mut old = vec![];
        for side in self.sides() {
            let mut after = None;
            loop {
                let page = self.list(side, Kind::Originals, after.take(), 1000).await?;
                let Some(last) = page.last() else { break };
                after = Some(last.key.as_str().to_string());
                old.extend(page.iter().filter(|file| file.modified < deadline).filter_map(|file| file.key.hash()).map(Vec::from));
            }
        }
        Ok(old)
    }

    /// Removes the file unless it was written again since the deadline.
    pub async fn remove_if_before(&self, key: &Key, deadline: SystemTime) -> Result<bool, AppError> {
        let mut written = self.folder.modified(key).await?;
        if let Some(bucket) = &self.bucket {
            written = written.max(bucket.head(key).await?.map(|head| head.modified));
        }
        match written {
            Some(written) if written < deadline => self.remove(key).await.map(|()| true),
            _ => Ok(false),
        }
    }

    pub async fn remove(&self, key: &Key) -> Result<(), AppError> {
        self.cache.forget(key);
        if let Some(bucket) = &self.bucket {
            bucket.remove(key.as_str()).await?;
        }
        self.folder.remove(key).await
    }

    /// Removes what uploads and downloads left that were broken off before the deadline.
    pub async fn forget_interrupted(&self, deadline: SystemTime) -> Result<(), AppError> {
        self.folder.forget_interrupted(deadline).await?;
        self.cache.forget_the_dead().await;
        if let Some(bucket) = &self.bucket {
            let removed = bucket.forget_interrupted(deadline.min(a_day_ago())).await?;
            if removed > 0 {
                tracing::info!(removed, "leftovers of interrupted uploads were removed from the bucket");
            }
        }
        Ok(())
    }

    /// Whether files can be written, read and removed just now.
    pub async fn probe(&self) -> Result<(), AppError> {
        let key = Key::variant(crate::shared::PhotoId(uuid::Uuid::now_v7()), "probe");
        let bytes = super::token::fresh().hash;
        self.put(&key, bytes.clone()).await?;
        let found = match (&self.bucket, self.home) {
            // not from the cache
            (Some(bucket), Side::Bucket) => bucket.read(&key).await,
            _ => self.read(&key).await,
        };
        self.remove(&key).await?;
        if found?.is_some_and(|found| found == bytes) { Ok(()) } else { Err(AppError::Unavailable) }
    }
}

/// Other instances may be uploading into the same bucket: what is younger is theirs.
fn a_day_ago() -> SystemTime {
    SystemTime::now() - std::time::Duration::from_millis(super::clock::DAY as u64)
}
