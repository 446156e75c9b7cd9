use super::{
    room::{Drill, failed},
    s3::{Bucket, Parts},
};
use crate::shared::AppError;
use sha2::{Digest, Sha256};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::{fs::File, io::AsyncWriteExt, task::spawn_blocking};

/// A file on its way in: written to a temporary name while it is counted, hashed and checksummed, because whether it is
/// a photograph is looked up in it before it is kept. A large one leaves for the bucket at the same time, in parts.
/// Dropped before it is finished, it leaves nothing behind.
pub struct Incoming {
    file: File,
    temporary: Temporary,
    drill: Drill,
    limit: u64,
    size: u64,
    hash: blake3::Hasher,
    crc: crc32fast::Hasher,
    /// Only a bucket asks for it.
    sha256: Option<Sha256>,
    parts: Option<Parts>,
}

/// A whole file that has no name yet. Dropped without [`super::Storage::keep`], it is removed.
pub struct Received {
    pub(super) temporary: Temporary,
    pub(super) sha256: Option<[u8; 32]>,
    pub(super) parts: Option<Parts>,
    pub size: u64,
    /// BLAKE3, 32 bytes: the identity of an original.
    pub hash: Vec<u8>,
    /// CRC-32, which an archive needs to know before it sends the first byte.
    pub crc32: u32,
}

/// A file that is gone with the last who knows of it.
pub(super) struct Temporary(pub PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        // a kept file has been renamed: then there is nothing to remove
        let _ = std::fs::remove_file(&self.0);
    }
}

impl Incoming {
    pub(super) async fn begin(path: PathBuf, drill: Drill, limit: u64, bucket: Option<&Arc<Bucket>>) -> std::io::Result<Self> {
        drill.pass()?;
        let parts = bucket.map(|bucket| Parts::new(bucket.clone(), &path));
        // in one piece: whoever stops waiting while the disk works leaves no file that nobody removes
        let opened = spawn_blocking(move || std::fs::File::create_new(&path).map(|file| (file, Temporary(path)))).await;
        let (file, temporary) = opened.map_err(std::io::Error::other)??;
        Ok(Self {
            file: File::from_std(file),
            drill,
            limit,
            size: 0,
            hash: blake3::Hasher::new(),
            crc: crc32fast::Hasher::new(),
            sha256: bucket.map(|_| Sha256::new()),
            parts,
            temporary,
        })
    }

    pub async fn write(&mut self, chunk: &[u8]) -> Result<(), AppError> {
        self.size += chunk.len() as u64;
        if self.size > self.limit {
            return Err(AppError::TooLarge(format!("a file may have at most {} MB", self.limit / 1024 / 1024)));
        }
        self.drill.pass().map_err(|e| failed(&e))?;
        self.hash.update(chunk);
        self.crc.update(chunk);
        self.file.write_all(chunk).await.map_err(|e| failed(&e))?;
        if let Some(sha256) = &mut self.sha256 {
            sha256.update(chunk);
        }
        if let Some(parts) = &mut self.parts {
            parts.update(chunk);
            if parts.wants_to_send(self.size) {
                self.file.flush().await.map_err(|e| failed(&e))?;
                parts.send().await?;
            }
        }
        Ok(())
    }

    pub async fn finish(mut self) -> Result<Received, AppError> {
        self.file.flush().await.map_err(|e| failed(&e))?;
        Ok(Received {
            temporary: self.temporary,
            sha256: self.sha256.map(|sum| sum.finalize().into()),
            parts: self.parts,
            size: self.size,
            hash: self.hash.finalize().as_bytes().to_vec(),
            crc32: self.crc.finalize(),
        })
    }
}

impl Received {
    pub fn path(&self) -> &Path {
        &self.temporary.0
    }
}
