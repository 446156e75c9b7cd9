use super::{
    room::{Drill, failed},
    s3::{Bucket, Parts},
};
use crate::shared::AppError;
use sha2::{Digest, Sha256};
use std::{
    fs::File,
    io::{Error, Result, Write},
    mem::take,
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::task::{JoinHandle, spawn_blocking};

/// What is collected before it goes to the disk: each way to a thread that may wait for it costs as much as copying this.
const SHEET: usize = 256 * 1024;

/// A file on its way in: written to a temporary name while it is counted, hashed and checksummed, because whether it is
/// a photograph is looked up in it before it is kept. A large one leaves for the bucket at the same time, in parts.
/// Dropped before it is finished, it leaves nothing behind.
pub struct Incoming {
    temporary: Temporary,
    drill: Drill,
    limit: u64,
    size: u64,
    /// What came since the last sheet went to the desk.
    sheet: Vec<u8>,
    /// A sheet to write on while the other one is at the desk.
    spare: Vec<u8>,
    desk: Option<Desk>,
    /// The desk while it works.
    busy: Option<JoinHandle<Turn>>,
    parts: Option<Parts>,
}

/// The desk, the sheet that was worked on, and how it went.
type Turn = (Desk, Vec<u8>, Result<()>);

/// Where sheets are hashed and written, one at a time and in order, on a thread that may wait for the disk.
struct Desk {
    file: File,
    hash: blake3::Hasher,
    crc: crc32fast::Hasher,
    /// Only a bucket asks for it.
    sha256: Option<Sha256>,
}

impl Desk {
    fn write(&mut self, sheet: &[u8]) -> Result<()> {
        self.hash.update(sheet);
        self.crc.update(sheet);
        if let Some(sha256) = &mut self.sha256 {
            sha256.update(sheet);
        }
        self.file.write_all(sheet)
    }
}

/// A whole file that has no name yet. Dropped without [`super::Storage::keep`], it is removed.
pub struct Received {
    pub(super) temporary: Temporary,
    /// The disk is making it safe already; only a file that stays in the folder needs it.
    pub(super) safe: Option<Safe>,
    pub(super) sha256: Option<[u8; 32]>,
    pub(super) parts: Option<Parts>,
    pub size: u64,
    /// BLAKE3, 32 bytes: the identity of an original.
    pub hash: Vec<u8>,
    /// CRC-32, which an archive needs to know before it sends the first byte.
    pub crc32: u32,
}

/// The fsync of a file, under way. Its outcome is asked for once: a second fsync would not know that the first one failed.
pub(super) type Safe = JoinHandle<Result<()>>;

/// A file that is gone with the last who knows of it.
pub(super) struct Temporary(pub PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        // a kept file has been renamed: then there is nothing to remove
        let _ = std::fs::remove_file(&self.0);
    }
}

impl Incoming {
    pub(super) async fn begin(path: PathBuf, drill: Drill, limit: u64, bucket: Option<&Arc<Bucket>>) -> Result<Self> {
        drill.pass()?;
        let parts = bucket.map(|bucket| Parts::new(bucket.clone(), &path));
        // in one piece: whoever stops waiting while the disk works leaves no file that nobody removes
        let opened = spawn_blocking(move || File::create_new(&path).map(|file| (file, Temporary(path)))).await;
        let (file, temporary) = opened.map_err(Error::other)??;
        let desk = Desk { file, hash: blake3::Hasher::new(), crc: crc32fast::Hasher::new(), sha256: bucket.map(|_| Sha256::new()) };
        Ok(Self { temporary, drill, limit, size: 0, sheet: vec![], spare: vec![], desk: Some(desk), busy: None, parts })
    }

    pub async fn write(&mut self, mut chunk: &[u8]) -> std::result::Result<(), AppError> {
        self.size += chunk.len() as u64;
        if self.size > self.limit {
            return Err(AppError::TooLarge(format!("a file may have at most {} MB", self.limit / 1024 / 1024)));
        }
        self.drill.pass().map_err(|e| failed(&e))?;
        if let Some(parts) = &mut self.parts {
            parts.update(chunk);
        }
        while !chunk.is_empty() {
            let (now, rest) = chunk.split_at(chunk.len().min(SHEET - self.sheet.len()));
            self.sheet.extend_from_slice(now);
            if self.sheet.len() == SHEET {
                self.hand_over().await.map_err(|e| failed(&e))?;
            }
            chunk = rest;
        }
        if self.parts.as_ref().is_some_and(|parts| parts.wants_to_send(self.size)) {
            self.catch_up().await.map_err(|e| failed(&e))?;
            if let Some(parts) = &mut self.parts {
                parts.send().await?;
            }
        }
        Ok(())
    }

    /// Gives the sheet to the desk, once the one before is written.
    async fn hand_over(&mut self) -> Result<()> {
        let mut desk = self.desk().await?;
        let mut sheet = std::mem::replace(&mut self.sheet, take(&mut self.spare));
        self.busy = Some(spawn_blocking(move || {
            let written = desk.write(&sheet);
            sheet.clear();
            (desk, sheet, written)
        }));
        Ok(())
    }

    /// Waits until all that came is in the file.
    async fn catch_up(&mut self) -> Result<()> {
        if !self.sheet.is_empty() {
            self.hand_over().await?;
        }
        let desk = self.desk().await?;
        self.desk = Some(desk);
        Ok(())
    }

    async fn desk(&mut self) -> Result<Desk> {
        if let Some(busy) = self.busy.take() {
            let (desk, sheet, written) = busy.await.map_err(Error::other)?;
            written?;
            (self.desk, self.spare) = (Some(desk), sheet);
        }
        self.desk.take().ok_or_else(|| Error::other("a file went on after its disk had failed"))
    }

    pub async fn finish(mut self) -> std::result::Result<Received, AppError> {
        self.catch_up().await.map_err(|e| failed(&e))?;
        let Desk { file, hash, crc, sha256 } = self.desk().await.map_err(|e| failed(&e))?;
        Ok(Received {
            temporary: self.temporary,
            // what is kept in a bucket need not be safe here
            safe: sha256.is_none().then(|| spawn_blocking(move || file.sync_all())),
            sha256: sha256.map(|sum| sum.finalize().into()),
            parts: self.parts,
            size: self.size,
            hash: hash.finalize().as_bytes().to_vec(),
            crc32: crc.finalize(),
        })
    }
}

impl Received {
    pub fn path(&self) -> &Path {
        &self.temporary.0
    }
}
