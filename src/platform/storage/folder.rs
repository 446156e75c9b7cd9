//! The local back end. A file appears under its name only whole: temporary name, fsync, rename, fsync of the folder.
use super::{
    Key, Kind, Listed,
    incoming::Safe,
    room::{Drill, failed},
    walk,
};
use crate::{platform::log, shared::AppError};
use std::{
    fs::File,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    time::SystemTime,
};
use tokio::{fs, task::spawn_blocking};

#[derive(Clone)]
pub(super) struct Folder {
    pub root: PathBuf,
    pub drill: Drill,
}

impl Folder {
    pub async fn open(root: &Path) -> io::Result<Self> {
        fs::create_dir_all(root.join("incoming")).await?;
        Ok(Self { root: root.to_path_buf(), drill: Drill::default() })
    }

    pub fn path(&self, key: &Key) -> PathBuf {
        self.root.join(key.as_str())
    }

    /// A name that nobody else uses, for a file on its way.
    pub fn temporary(&self) -> PathBuf {
        self.root.join("incoming").join(crate::platform::token::fresh().secret)
    }

    /// Gives a whole file its name for good. The same bytes once more are simply there already. What has begun is carried
    /// to its end: whoever stops waiting leaves no file under a name that the disk may forget.
    pub async fn adopt(&self, from: &Path, safe: Option<Safe>, key: &Key) -> Result<(), AppError> {
        let (from, target, drill) = (from.to_path_buf(), self.path(key), self.drill.clone());
        let kept = async {
            let is_safe = safe.is_some();
            if let Some(safe) = safe {
                safe.await??;
            }
            spawn_blocking(move || {
                drill.pass()?;
                if !is_safe {
                    File::open(&from)?.sync_all()?;
                }
                let folder = ensure_parent(&target)?;
                std::fs::rename(&from, &target)?;
                File::open(folder)?.sync_all()
            })
            .await?
        };
        kept.await.map_err(|e| failed(&e))
    }

    pub async fn open_file(&self, key: &Key) -> Result<Option<(fs::File, u64)>, AppError> {
        let opened = async {
            let file = fs::File::open(self.path(key)).await?;
            let length = file.metadata().await?.len();
            Ok((file, length))
        };
        there(opened.await)
    }

    pub async fn read(&self, key: &Key) -> Result<Option<Vec<u8>>, AppError> {
        there(fs::read(self.path(key)).await)
    }

    pub async fn modified(&self, key: &Key) -> Result<Option<SystemTime>, AppError> {
        there(fs::metadata(self.path(key)).await.and_then(|data| data.modified()))
    }

    pub async fn remove(&self, key: &Key) -> Result<(), AppError> {
        let path = self.path(key);
        if there(fs::remove_file(&path).await)?.is_some()
            && key.picture().is_some()
            && let Some(folder) = path.parent()
        {
            // a photograph's own folder goes with its last picture; it stays while there is another
            let _ = fs::remove_dir(folder).await;
        }
        Ok(())
    }

    /// Up to `most` names after the given one, in order.
    pub async fn list(&self, kind: Kind, after: Option<String>, most: usize) -> Result<Vec<Listed>, AppError> {
        let root = self.root.clone();
        let found = spawn_blocking(move || walk::page(&root, kind.folders(), after.as_deref().unwrap_or_default(), most));
        found.await.map_err(|e| log::internal("storage", &e))?.map_err(|e| failed(&e))
    }

    /// Removes what interrupted uploads and downloads left that nobody has written to since the deadline.
    pub async fn forget_interrupted(&self, deadline: SystemTime) -> Result<(), AppError> {
        let mut entries = fs::read_dir(self.root.join("incoming")).await.map_err(|e| failed(&e))?;
        while let Some(entry) = entries.next_entry().await.map_err(|e| failed(&e))? {
            let old = entry.metadata().await.and_then(|data| data.modified()).is_ok_and(|modified| modified < deadline);
            if old {
                let _ = fs::remove_file(entry.path()).await;
            }
        }
        Ok(())
    }
}

fn there<T>(outcome: io::Result<T>) -> Result<Option<T>, AppError> {
    match outcome {
        Ok(found) => Ok(Some(found)),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        Err(e) => Err(failed(&e)),
    }
}

fn ensure_parent(target: &Path) -> io::Result<&Path> {
    let folder = target.parent().unwrap_or(target);
    if !folder.try_exists()? {
        std::fs::create_dir_all(folder)?;
        // the new folder's own name must survive a power cut too
        for above in folder.ancestors().skip(1).take(2) {
            File::open(above)?.sync_all()?;
        }
    }
    Ok(folder)
}
