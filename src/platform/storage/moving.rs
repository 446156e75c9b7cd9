//! Changing sides while the studio is open. New files go to the new side already, and whoever looks for a file looks on
//! both, so a move is: copy, compare, remove, one file after the other. Broken off anywhere, it is simply begun again.
use super::{Key, Kind, Listed, Side, Storage, incoming::Temporary, room::failed, s3::Payload};
use crate::shared::AppError;
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};
use std::path::Path;
use tokio::io::AsyncReadExt;

#[derive(Debug, Default, PartialEq)]
pub struct Moved {
    pub files: u64,
    pub bytes: u64,
    /// Files whose bytes are not those that their name promises: they stay where they are.
    pub damaged: Vec<Key>,
}

impl Storage {
    /// Moves every file to the side that takes the new ones. `tell` hears after each page how far it is.
    pub async fn move_home(&self, mut tell: impl FnMut(&Moved)) -> Result<Moved, AppError> {
        let (mut moved, mut after) = (Moved::default(), None);
        let from = if self.home() == Side::Bucket { Side::Folder } else { Side::Bucket };
        loop {
            let page = self.list(from, Kind::All, after.take(), 200).await?;
            let Some(last) = page.last() else { return Ok(moved) };
            after = Some(last.key.as_str().to_string());
            for listed in page {
                let carried = match from {
                    Side::Folder => self.carry_up(&listed).await?,
                    Side::Bucket => self.carry_down(&listed).await?,
                };
                if carried {
                    moved.files += 1;
                    moved.bytes += listed.length;
                } else {
                    moved.damaged.push(listed.key);
                }
            }
            tell(&moved);
        }
    }

    async fn carry_up(&self, listed: &Listed) -> Result<bool, AppError> {
        let (key, bucket) = (&listed.key, self.bucket()?);
        let path = self.folder.path(key);
        if !self.is_well_in_bucket(key).await? {
            let mut parts = super::s3::Parts::new(bucket.clone(), &path);
            let Some((size, blake3, sha256)) = digest(&path, |piece| parts.update(piece)).await? else { return Ok(true) };
            if key.hash().is_some_and(|hash| hash != blake3) {
                return Ok(false);
            }
            if !parts.finish(key, size, sha256).await? {
                bucket.put(key, Payload::file(&path, size, sha256)).await?;
            }
            if self.folder.modified(key).await?.is_none() {
                // removed while it was on its way: then it is not wanted on the other side either
                bucket.remove(key.as_str()).await?;
            }
        }
        self.folder.remove(key).await?;
        Ok(true)
    }

    /// Whether the bucket has this very file, or another one of this name that is whole: then that is the newer one, for
    /// new files go there. What has only the right name and length is written over.
    async fn is_well_in_bucket(&self, key: &Key) -> Result<bool, AppError> {
        let bucket = self.bucket()?;
        if bucket.head(key).await?.is_none() {
            return Ok(false);
        }
        if key.hash().is_some() {
            return bucket.reads_back(key, None).await;
        }
        let Some((_, _, sha256)) = digest(&self.folder.path(key), |_| ()).await? else { return Ok(true) };
        Ok(bucket.reads_back(key, Some(&STANDARD.encode(sha256))).await? || bucket.is_as_written(key).await?)
    }

    /// The same for the folder. It keeps no sum beside a picture, so of two that differ the later one counts; an image is
    /// written only once, so there the bucket's counts when it is whole.
    async fn is_well_in_folder(&self, listed: &Listed) -> Result<bool, AppError> {
        let (key, bucket) = (&listed.key, self.bucket()?);
        let Some(written) = self.folder.modified(key).await? else { return Ok(false) };
        if let Some(hash) = key.hash() {
            return self.is_right_in_folder(key, hash).await;
        }
        let Some((_, _, sha256)) = digest(&self.folder.path(key), |_| ()).await? else { return Ok(false) };
        if bucket.reads_back(key, Some(&STANDARD.encode(sha256))).await? {
            return Ok(true);
        }
        let is_later = key.picture().is_some() && written >= listed.modified;
        Ok(is_later || !bucket.is_as_written(key).await?)
    }

    async fn carry_down(&self, listed: &Listed) -> Result<bool, AppError> {
        let (key, bucket) = (&listed.key, self.bucket()?);
        if !self.is_well_in_folder(listed).await? {
            let temporary = match self.fetch(key).await {
                Ok(Some(temporary)) => temporary,
                Ok(None) => return Ok(true),
                // away or damaged: only the latter is passed over
                Err(error) => return bucket.is_open().await.map(|()| false).map_err(|_| error),
            };
            self.folder.adopt(&temporary.0, None, key).await?;
            if bucket.head(key).await?.is_none() {
                self.folder.remove(key).await?;
            }
        }
        bucket.remove(key.as_str()).await?;
        Ok(true)
    }

    /// The file from the bucket under a temporary name on the disk, compared with what it should be.
    pub(super) async fn fetch(&self, key: &Key) -> Result<Option<Temporary>, AppError> {
        let mut incoming =
            super::Incoming::begin(self.folder.temporary(), self.folder.drill.clone(), u64::MAX, None).await.map_err(|e| failed(&e))?;
        let Some(hash) = key.hash() else {
            let Some(bytes) = self.bucket()?.read(key).await? else { return Ok(None) };
            incoming.write(&bytes).await?;
            return Ok(Some(incoming.finish().await?.temporary));
        };
        use futures::StreamExt;
        let Some(got) = self.bucket()?.get(key, None).await? else { return Ok(None) };
        let mut chunks = got.chunks();
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk.map_err(|error| {
                tracing::warn!(%error, "an original could not be fetched whole");
                AppError::Unavailable
            })?;
            incoming.write(&chunk).await?;
        }
        let received = incoming.finish().await?;
        if received.hash != hash {
            tracing::error!(key = key.as_str(), "an original from the bucket is not the one that was written");
            return Err(AppError::Unavailable);
        }
        Ok(Some(received.temporary))
    }
}

type Digests = (u64, [u8; 32], [u8; 32]);

/// Size, BLAKE3 and SHA-256 of a file; `hear` gets each piece too. None when it is gone.
async fn digest(path: &Path, mut hear: impl FnMut(&[u8])) -> Result<Option<Digests>, AppError> {
    let mut file = match tokio::fs::File::open(path).await {
        Ok(file) => file,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(failed(&e)),
    };
    let (mut size, mut blake3, mut sha256) = (0, blake3::Hasher::new(), Sha256::new());
    let mut piece = vec![0; 1 << 20];
    loop {
        let read = file.read(&mut piece).await.map_err(|e| failed(&e))?;
        if read == 0 {
            return Ok(Some((size, *blake3.finalize().as_bytes(), sha256.finalize().into())));
        }
        size += read as u64;
        blake3.update(&piece[..read]);
        sha256.update(&piece[..read]);
        hear(&piece[..read]);
    }
}
