//! A large file on its way into the bucket while it still comes in: parts leave as soon as they are whole, so that the
//! bucket has nearly all of it when the last byte arrives. What its name will be is known only then (it is the hash of
//! its bytes), so the parts go under a name of their own and the bucket copies them to the right one in the end. That
//! costs no transfer, and spares a column that would have to say where each original lies.
use super::{Bucket, COPYING, Trouble, judge, object::piece, patient};
use crate::{platform::storage::Key, shared::AppError};
use aws_sdk_s3::types::{ChecksumAlgorithm, ChecksumType, CompletedMultipartUpload, CompletedPart};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::task::JoinHandle;

/// Files up to this size are sent whole, once it is certain that they are photographs.
const SMALL: u64 = 16 << 20;
const PART: u64 = 8 << 20;

pub(in crate::platform::storage) struct Parts {
    bucket: Arc<Bucket>,
    path: PathBuf,
    name: String,
    upload: Option<String>,
    /// SHA-256 of each whole part that has come in, and of the one that is coming.
    sums: Vec<[u8; 32]>,
    current: Sha256,
    in_current: u64,
    sent: Vec<CompletedPart>,
    running: Option<JoinHandle<Result<CompletedPart, AppError>>>,
}

impl Parts {
    pub fn new(bucket: Arc<Bucket>, path: &Path) -> Self {
        let name = format!("incoming/{}", crate::platform::token::fresh().secret);
        Self {
            bucket,
            path: path.to_path_buf(),
            name,
            upload: None,
            sums: vec![],
            current: Sha256::new(),
            in_current: 0,
            sent: vec![],
            running: None,
        }
    }

    pub fn update(&mut self, mut chunk: &[u8]) {
        while !chunk.is_empty() {
            let (now, rest) = chunk.split_at(chunk.len().min((PART - self.in_current) as usize));
            self.current.update(now);
            self.in_current += now.len() as u64;
            if self.in_current == PART {
                self.sums.push(std::mem::take(&mut self.current).finalize().into());
                self.in_current = 0;
            }
            chunk = rest;
        }
    }

    /// Whether a part can leave now: the file on the disk must then hold all that has come in.
    pub fn wants_to_send(&self, size: u64) -> bool {
        size > SMALL && self.sums.len() > self.sent.len() && self.running.as_ref().is_none_or(JoinHandle::is_finished)
    }

    /// Sends the next whole part in the background; at most one of a file is under way.
    pub async fn send(&mut self) -> Result<(), AppError> {
        self.await_running().await?;
        if let Some(sum) = self.sums.get(self.sent.len()).copied() {
            self.begin().await?;
            self.start(sum, PART);
        }
        Ok(())
    }

    async fn begin(&mut self) -> Result<(), AppError> {
        if self.upload.is_none() {
            let bucket = &self.bucket;
            let request = bucket.client.create_multipart_upload().bucket(&bucket.name).key(&self.name);
            let request = request.checksum_algorithm(ChecksumAlgorithm::Sha256).checksum_type(ChecksumType::Composite);
            let begun = bucket.ask("begin an upload", request.send()).await?;
            self.upload = Some(begun.and_then(|begun| begun.upload_id).ok_or(AppError::Unavailable)?);
        }
        Ok(())
    }

    fn start(&mut self, sum: [u8; 32], length: u64) {
        let (bucket, path, name) = (self.bucket.clone(), self.path.clone(), self.name.clone());
        let (number, upload) = (self.sent.len() as i32 + 1, self.upload.clone().unwrap_or_default());
        self.running = Some(tokio::spawn(async move {
            let sum = STANDARD.encode(sum);
            let body = piece(&path, (number as u64 - 1) * PART, length).await?;
            let request = bucket.client.upload_part().bucket(&bucket.name).key(name).upload_id(upload).part_number(number);
            let request = request.content_length(length as i64).checksum_sha256(&sum).body(body);
            let sent = bucket.ask("send a part", request.customize().config_override(patient(length)).send()).await?;
            let sent = sent.ok_or(AppError::Unavailable)?;
            if sent.checksum_sha256.as_ref().is_some_and(|theirs| *theirs != sum) {
                return Err(AppError::Unavailable);
            }
            let part = CompletedPart::builder().part_number(number).set_e_tag(sent.e_tag);
            // a server that didn't look at the sum need not be asked to compare it
            Ok(part.set_checksum_sha256(sent.checksum_sha256).build())
        }));
    }

    async fn await_running(&mut self) -> Result<(), AppError> {
        if let Some(running) = self.running.take() {
            self.sent.push(running.await.map_err(|e| crate::platform::log::internal("storage", &e))??);
        }
        Ok(())
    }

    /// Sends what is left and gives the whole its name. False when the file was too small to go in parts.
    pub async fn finish(mut self, key: &Key, size: u64, sha256: [u8; 32]) -> Result<bool, AppError> {
        if size <= SMALL {
            return Ok(false);
        }
        while self.sent.len() < self.sums.len() {
            self.send().await?;
            self.await_running().await?;
        }
        if self.in_current > 0 {
            let sum = std::mem::take(&mut self.current).finalize().into();
            self.start(sum, self.in_current);
            self.await_running().await?;
        }
        self.complete().await?;
        let named = async {
            self.bucket.copy(&self.name, key, size, sha256).await?;
            // the sums of the parts were compared on their way; here the whole is
            self.bucket.confirm(key, size, None).await
        };
        let outcome = named.await;
        let tidied = self.bucket.remove(&self.name).await;
        outcome?;
        // a leftover under the other name is swept later
        drop(tidied);
        Ok(true)
    }

    async fn complete(&mut self) -> Result<(), AppError> {
        let bucket = &self.bucket;
        let parts = CompletedMultipartUpload::builder().set_parts(Some(std::mem::take(&mut self.sent))).build();
        let request = bucket.client.complete_multipart_upload().bucket(&bucket.name).key(&self.name);
        let request = request.set_upload_id(self.upload.clone()).multipart_upload(parts);
        let done = bucket.ask("end an upload", request.customize().config_override(patient(COPYING)).send()).await?;
        done.ok_or(AppError::Unavailable)?;
        self.upload = None;
        Ok(())
    }
}

/// Given up, or refused: the bucket need not keep the parts. What a crash leaves is swept later.
impl Drop for Parts {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            running.abort();
        }
        if let (Some(upload), Ok(runtime)) = (self.upload.take(), tokio::runtime::Handle::try_current()) {
            let (bucket, name) = (self.bucket.clone(), self.name.clone());
            runtime.spawn(async move {
                let request = bucket.client.abort_multipart_upload().bucket(&bucket.name).key(name).upload_id(upload);
                if let Err(error) = request.send().await
                    && judge(&error) != Trouble::Missing
                {
                    tracing::warn!("an upload that was given up could not be ended in the bucket; it is tried again later");
                }
            });
        }
    }
}
