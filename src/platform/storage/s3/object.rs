//! One file of the bucket: asked about, read, written, copied, removed.
use super::{Bucket, patient};
use crate::{
    platform::{
        log,
        storage::{Key, stored::Chunks},
    },
    shared::AppError,
};
use aws_sdk_s3::{
    primitives::{ByteStream, Length},
    types::ChecksumMode,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};
use std::{
    path::Path,
    time::{Duration, SystemTime},
};
use tokio_util::io::ReaderStream;

/// The SHA-256 of the whole, which we write beside each file: what is read whole is compared with it.
pub(super) const SHA256: &str = "sha256";

pub struct Head {
    pub length: u64,
    pub modified: SystemTime,
    sha256: Option<String>,
}

pub struct Got {
    length: u64,
    sha256: Option<String>,
    body: ByteStream,
}

/// What is sent, and its SHA-256.
pub struct Payload<'a> {
    pub content: Content<'a>,
    pub sha256: [u8; 32],
}

pub enum Content<'a> {
    Bytes(&'a [u8]),
    File(&'a Path, u64),
}

impl<'a> Payload<'a> {
    pub fn bytes(bytes: &'a [u8]) -> Self {
        Self { content: Content::Bytes(bytes), sha256: Sha256::digest(bytes).into() }
    }

    pub fn file(path: &'a Path, length: u64, sha256: [u8; 32]) -> Self {
        Self { content: Content::File(path, length), sha256 }
    }

    fn length(&self) -> u64 {
        match self.content {
            Content::Bytes(bytes) => bytes.len() as u64,
            Content::File(_, length) => length,
        }
    }

    async fn body(&self) -> Result<ByteStream, AppError> {
        match self.content {
            Content::Bytes(bytes) => Ok(ByteStream::from(bytes.to_vec())),
            Content::File(path, length) => piece(path, 0, length).await,
        }
    }
}

/// A part of a file on our disk, read while it is sent.
pub async fn piece(path: &Path, from: u64, length: u64) -> Result<ByteStream, AppError> {
    let piece = ByteStream::read_from().path(path).offset(from).length(Length::Exact(length)).buffer_size(64 * 1024);
    piece.build().await.map_err(|e| log::internal("storage", &e))
}

impl Bucket {
    pub async fn head(&self, key: &Key) -> Result<Option<Head>, AppError> {
        let request = self.client.head_object().bucket(&self.name).key(key.as_str()).checksum_mode(ChecksumMode::Enabled);
        let Some(found) = self.ask("look at a file", request.send()).await? else {
            // the answer to this question has no words at all
            self.is_open().await?;
            return Ok(None);
        };
        Ok(Some(Head {
            length: found.content_length.unwrap_or_default().max(0) as u64,
            modified: found.last_modified.and_then(|at| SystemTime::try_from(at).ok()).unwrap_or_else(SystemTime::now),
            sha256: found.checksum_sha256,
        }))
    }

    /// The bytes, or those from the first to the last position of the range.
    pub async fn get(&self, key: &Key, range: Option<(u64, u64)>) -> Result<Option<Got>, AppError> {
        let range = range.map(|(first, last)| format!("bytes={first}-{last}"));
        let request = self.client.get_object().bucket(&self.name).key(key.as_str()).set_range(range);
        let Some(got) = self.ask("fetch a file", request.send()).await? else {
            // not every server tells "no such file" from "no such bucket", which must not be taken for one another
            self.is_open().await?;
            return Ok(None);
        };
        Ok(Some(Got {
            length: got.content_length.unwrap_or_default().max(0) as u64,
            sha256: got.metadata.and_then(|mut words| words.remove(SHA256)),
            body: got.body,
        }))
    }

    /// A small file at once, compared with what was written. Torn or changed on its way, it is fetched once more.
    pub async fn read(&self, key: &Key) -> Result<Option<Vec<u8>>, AppError> {
        for _ in 0..2 {
            let Some(got) = self.get(key, None).await? else { return Ok(None) };
            let (length, promised) = (got.length, got.sha256);
            let Ok(Ok(bytes)) = tokio::time::timeout(Duration::from_secs(10), got.body.collect()).await else { continue };
            let bytes = bytes.to_vec();
            let right = match key.hash() {
                Some(hash) => blake3::hash(&bytes) == blake3::Hash::from_bytes(hash),
                None => promised.is_none_or(|sum| sum == sum_of(&Sha256::digest(&bytes))),
            };
            if bytes.len() as u64 == length && right {
                return Ok(Some(bytes));
            }
        }
        tracing::error!(key = key.as_str(), "a file from the bucket is not the one that was written");
        Err(AppError::Unavailable)
    }

    /// Writes the file, and looks whether the bucket has understood the same bytes.
    pub async fn put(&self, key: &Key, payload: Payload<'_>) -> Result<(), AppError> {
        let sum = STANDARD.encode(payload.sha256);
        let request = self
            .client
            .put_object()
            .bucket(&self.name)
            .key(key.as_str())
            .content_type("application/octet-stream")
            .content_length(payload.length() as i64)
            .checksum_sha256(&sum)
            .metadata(SHA256, sum_of(&payload.sha256))
            .body(payload.body().await?);
        let written = self
            .ask("write a file", request.customize().config_override(patient(payload.length())).send())
            .await?
            .ok_or(AppError::Unavailable)?;
        match written.checksum_sha256 {
            Some(theirs) if theirs == sum => Ok(()),
            Some(_) => Err(self.spoiled(key).await),
            None => self.confirm(key, payload.length(), Some(&sum)).await,
        }
    }

    /// For a server that doesn't say what it understood: it is asked, and read back when it doesn't know.
    pub async fn confirm(&self, key: &Key, length: u64, sum: Option<&str>) -> Result<(), AppError> {
        let head = self.head(key).await?.ok_or(AppError::Unavailable)?;
        let says_so = sum.is_some() && head.sha256.as_deref() == sum;
        if head.length == length && (says_so || self.reads_back(key, sum).await?) {
            return Ok(());
        }
        Err(self.spoiled(key).await)
    }

    /// Whether the bytes are those that an original's name promises, or have this sum (SHA-256 in base64).
    pub async fn reads_back(&self, key: &Key, sum: Option<&str>) -> Result<bool, AppError> {
        let read = self.get(key, None).await?.ok_or(AppError::Unavailable)?.digest().await?;
        Ok(match (key.hash(), sum) {
            (Some(hash), _) => read.blake3 == hash,
            (None, Some(sum)) => STANDARD.encode(read.sha256) == sum,
            (None, None) => true,
        })
    }

    /// Whether the bytes still have the sum that we wrote beside them; false where none was written.
    pub async fn is_as_written(&self, key: &Key) -> Result<bool, AppError> {
        let got = self.get(key, None).await?.ok_or(AppError::Unavailable)?;
        let Some(promised) = got.sha256.clone() else { return Ok(false) };
        Ok(sum_of(&got.digest().await?.sha256) == promised)
    }

    async fn spoiled(&self, key: &Key) -> AppError {
        tracing::error!(key = key.as_str(), "the bucket has other bytes than were sent");
        let _ = self.remove(key.as_str()).await;
        AppError::Unavailable
    }

    pub async fn remove(&self, name: &str) -> Result<(), AppError> {
        self.ask("remove a file", self.client.delete_object().bucket(&self.name).key(name).send()).await.map(drop)
    }
}

struct Digests {
    sha256: [u8; 32],
    blake3: [u8; 32],
}

impl Got {
    /// How many bytes the bucket says that it sends.
    pub fn length(&self) -> u64 {
        self.length
    }

    async fn digest(self) -> Result<Digests, AppError> {
        use futures::StreamExt;
        let (mut sha256, mut blake3, mut chunks) = (Sha256::new(), blake3::Hasher::new(), self.chunks());
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk.map_err(|_| AppError::Unavailable)?;
            sha256.update(&chunk);
            blake3.update(&chunk);
        }
        Ok(Digests { sha256: sha256.finalize().into(), blake3: *blake3.finalize().as_bytes() })
    }

    pub fn chunks(self) -> Chunks {
        Box::pin(ReaderStream::with_capacity(self.body.into_async_read(), 64 * 1024))
    }
}

pub(super) fn sum_of(sha256: &[u8]) -> String {
    super::super::key::hex(sha256)
}
