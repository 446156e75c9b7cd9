use super::failed;
use crate::shared::AppError;
use std::path::{Path, PathBuf};
use tokio::{fs::File, io::AsyncWriteExt};

/// A file on its way in: written to a temporary name while it is counted, hashed and checksummed.
/// Dropped before it is finished, it leaves nothing behind.
pub struct Incoming {
    file: File,
    temporary: Temporary,
    limit: u64,
    size: u64,
    hash: blake3::Hasher,
    crc: crc32fast::Hasher,
}

/// A whole file that has no name yet. Dropped without [`super::Storage::keep`], it is removed.
pub struct Received {
    temporary: Temporary,
    pub size: u64,
    /// BLAKE3, 32 bytes: the identity of an original.
    pub hash: Vec<u8>,
    /// CRC-32, which an archive needs to know before it sends the first byte.
    pub crc32: u32,
}

struct Temporary(PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        // a kept file has been renamed: then there is nothing to remove
        let _ = std::fs::remove_file(&self.0);
    }
}

impl Incoming {
    pub(super) async fn begin(path: PathBuf, limit: u64) -> std::io::Result<Self> {
        let file = File::create_new(&path).await?;
        Ok(Self { file, temporary: Temporary(path), limit, size: 0, hash: blake3::Hasher::new(), crc: crc32fast::Hasher::new() })
    }

    pub async fn write(&mut self, chunk: &[u8]) -> Result<(), AppError> {
        self.size += chunk.len() as u64;
        if self.size > self.limit {
            return Err(AppError::TooLarge(format!("a file may have at most {} MB", self.limit / 1024 / 1024)));
        }
        self.hash.update(chunk);
        self.crc.update(chunk);
        self.file.write_all(chunk).await.map_err(|e| failed(&e))
    }

    pub async fn finish(mut self) -> Result<Received, AppError> {
        self.file.flush().await.map_err(|e| failed(&e))?;
        Ok(Received {
            temporary: self.temporary,
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
