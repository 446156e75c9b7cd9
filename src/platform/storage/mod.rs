//! Where bytes live. Originals are content-addressed and never change; variants belong to a photo and can be made again.
//! A file appears under its name only whole: temporary name, fsync, rename, fsync of the folder; the row comes after.
mod incoming;
mod key;
mod walk;

pub use incoming::{Incoming, Received};
pub use key::Key;

use crate::shared::AppError;
use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
    time::SystemTime,
};
use tokio::fs;

pub struct Storage {
    root: PathBuf,
}

/// An open file and its length.
pub struct Stored {
    pub file: fs::File,
    pub length: u64,
}

impl Storage {
    /// The folder is made when it is missing; leftovers of interrupted uploads are removed.
    pub async fn open(root: &Path) -> std::io::Result<Self> {
        let incoming = root.join("incoming");
        if fs::try_exists(&incoming).await? {
            fs::remove_dir_all(&incoming).await?;
        }
        fs::create_dir_all(&incoming).await?;
        Ok(Self { root: root.to_path_buf() })
    }

    /// Begins to receive a file of at most `limit` bytes.
    pub async fn receive(&self, limit: u64) -> Result<Incoming, AppError> {
        Incoming::begin(self.root.join("incoming").join(super::token::fresh().secret), limit).await.map_err(|e| failed(&e))
    }

    /// Gives a received file its name for good. The same bytes once more are simply there already.
    pub async fn keep(&self, received: Received, key: &Key) -> Result<(), AppError> {
        let target = self.root.join(key.as_str());
        let kept = async {
            fs::File::open(received.path()).await?.sync_all().await?;
            let folder = ensure_parent(&target).await?;
            fs::rename(received.path(), &target).await?;
            fs::File::open(folder).await?.sync_all().await
        };
        kept.await.map_err(|e| failed(&e))
    }

    /// Writes a small file, such as a variant, whole or not at all.
    pub async fn put(&self, key: &Key, bytes: Vec<u8>) -> Result<(), AppError> {
        let mut incoming = self.receive(u64::MAX).await?;
        incoming.write(&bytes).await?;
        self.keep(incoming.finish().await?, key).await
    }

    /// None when there is no such file.
    pub async fn get(&self, key: &Key) -> Result<Option<Stored>, AppError> {
        let opened = async {
            let file = fs::File::open(self.root.join(key.as_str())).await?;
            let length = file.metadata().await?.len();
            Ok(Stored { file, length })
        };
        match opened.await {
            Ok(stored) => Ok(Some(stored)),
            Err(e) if std::io::Error::kind(&e) == ErrorKind::NotFound => Ok(None),
            Err(e) => Err(failed(&e)),
        }
    }

    /// A small file at once, as a variant is; none when there is no such file.
    pub async fn read(&self, key: &Key) -> Result<Option<Vec<u8>>, AppError> {
        match fs::read(self.root.join(key.as_str())).await {
            Ok(bytes) => Ok(Some(bytes)),
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
            Err(e) => Err(failed(&e)),
        }
    }

    /// Where the file lies on this machine, for decoders that want a path.
    pub fn local_path(&self, key: &Key) -> PathBuf {
        self.root.join(key.as_str())
    }

    /// Hashes of the originals that were stored before the deadline.
    pub async fn originals_before(&self, deadline: SystemTime) -> Result<Vec<Vec<u8>>, AppError> {
        let root = self.root.join("originals");
        let found = tokio::task::spawn_blocking(move || walk::files_before(&root, deadline))
            .await
            .map_err(|e| super::log::internal("storage", &e))?;
        Ok(found.map_err(|e| failed(&e))?.iter().filter_map(|name| key::hash_of(name)).collect())
    }

    /// Removes the file unless it was written again since the deadline.
    pub async fn remove_if_before(&self, key: &Key, deadline: SystemTime) -> Result<bool, AppError> {
        match fs::metadata(self.root.join(key.as_str())).await.and_then(|data| data.modified()) {
            Ok(modified) if modified < deadline => self.remove(key).await.map(|()| true),
            _ => Ok(false),
        }
    }

    pub async fn remove(&self, key: &Key) -> Result<(), AppError> {
        match fs::remove_file(self.root.join(key.as_str())).await {
            Err(e) if e.kind() != ErrorKind::NotFound => Err(failed(&e)),
            _ => Ok(()),
        }
    }
}

async fn ensure_parent(target: &Path) -> std::io::Result<&Path> {
    let folder = target.parent().unwrap_or(target);
    if !fs::try_exists(folder).await? {
        fs::create_dir_all(folder).await?;
        // the new folder's own name must survive a power cut too
        for above in folder.ancestors().skip(1).take(2) {
            fs::File::open(above).await?.sync_all().await?;
        }
    }
    Ok(folder)
}

/// A full disk is "try again later", not a fault of the program.
fn failed(error: &std::io::Error) -> AppError {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::ReadOnlyFilesystem => {
            tracing::warn!(%error, "the storage takes nothing");
            AppError::Unavailable
        }
        _ => super::log::internal("storage", error),
    }
}
