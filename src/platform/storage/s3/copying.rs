//! Giving a file in the bucket its name: the bucket copies it by itself, a very large one in pieces.
use super::{Bucket, COPYING, object::sum_of, patient};
use crate::{platform::storage::Key, shared::AppError};
use aws_sdk_s3::types::{CompletedMultipartUpload, CompletedPart, MetadataDirective};

/// One request copies at most 5 GB, and so does one piece; a server that counts them as 5,000,000,000 bytes is content too.
pub(super) const AT_ONCE: u64 = 4 << 30;

/// First and last position of each piece.
fn pieces(size: u64, at_once: u64) -> Vec<(u64, u64)> {
    (0..size.div_ceil(at_once)).map(|n| (n * at_once, ((n + 1) * at_once).min(size) - 1)).collect()
}

impl Bucket {
    /// Inside the bucket, under a name that is known only now.
    pub(super) async fn copy(&self, from: &str, key: &Key, size: u64, sha256: [u8; 32]) -> Result<(), AppError> {
        let source = format!("{}/{from}", self.name);
        if size > self.copies_at_once {
            return self.copy_in_pieces(&source, key, size, sha256).await;
        }
        let request = self
            .client
            .copy_object()
            .bucket(&self.name)
            .copy_source(source)
            .key(key.as_str())
            .content_type("application/octet-stream")
            .metadata(super::object::SHA256, sum_of(&sha256))
            .metadata_directive(MetadataDirective::Replace);
        self.ask("copy a file", request.customize().config_override(patient(COPYING)).send()).await?.map(drop).ok_or(AppError::Unavailable)
    }

    async fn copy_in_pieces(&self, source: &str, key: &Key, size: u64, sha256: [u8; 32]) -> Result<(), AppError> {
        let request = self.client.create_multipart_upload().bucket(&self.name).key(key.as_str()).content_type("application/octet-stream");
        let begun = self.ask("begin a copy", request.metadata(super::object::SHA256, sum_of(&sha256)).send()).await?;
        let upload = begun.and_then(|begun| begun.upload_id).ok_or(AppError::Unavailable)?;
        let done = self.copy_each(source, key, size, &upload).await;
        if done.is_err() {
            // what cannot be ended now is swept later, like every upload that was given up
            let end = self.client.abort_multipart_upload().bucket(&self.name).key(key.as_str()).upload_id(&upload);
            let _ = self.ask("end a copy that failed", end.send()).await;
        }
        done
    }

    async fn copy_each(&self, source: &str, key: &Key, size: u64, upload: &str) -> Result<(), AppError> {
        let mut copied = vec![];
        for (number, (first, last)) in (1..).zip(pieces(size, self.copies_at_once)) {
            let request = self.client.upload_part_copy().bucket(&self.name).key(key.as_str()).upload_id(upload).part_number(number);
            let request = request.copy_source(source).copy_source_range(format!("bytes={first}-{last}"));
            let answer = self.ask("copy a piece", request.customize().config_override(patient(4 * COPYING)).send()).await?;
            let tag = answer.and_then(|answer| answer.copy_part_result).and_then(|part| part.e_tag).ok_or(AppError::Unavailable)?;
            copied.push(CompletedPart::builder().part_number(number).e_tag(tag).build());
        }
        let parts = CompletedMultipartUpload::builder().set_parts(Some(copied)).build();
        let request =
            self.client.complete_multipart_upload().bucket(&self.name).key(key.as_str()).upload_id(upload).multipart_upload(parts);
        let done = self.ask("end a copy", request.customize().config_override(patient(COPYING)).send()).await?;
        done.map(drop).ok_or(AppError::Unavailable)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::platform::storage::settings::BucketSettings;
    use hyper_util::{
        rt::{TokioExecutor, TokioIo},
        server::conn::auto::Builder,
    };
    use s3s::{auth::SimpleAuth, service::S3ServiceBuilder};

    const GB: u64 = 1_000_000_000;

    #[test]
    fn no_piece_is_larger_than_one_request_copies_and_none_is_missing() {
        for size in [1, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 5 * GB, 5 * GB + 1, 5 << 30, (5 << 30) + 1, 10_000 << 20, 50 * GB] {
            let all = pieces(size, AT_ONCE);
            assert!(all.iter().all(|(first, last)| last >= first && last - first < 5 * GB), "{size}");
            assert_eq!((all[0].0, all[all.len() - 1].1), (0, size - 1), "{size}");
            assert!(all.windows(2).all(|pair| pair[0].1 + 1 == pair[1].0), "{size}");
            // all but the last must have at least 5 MiB
            assert!(all.iter().rev().skip(1).all(|(first, last)| last - first >= 5 << 20), "{size}");
        }
        assert_eq!(pieces(AT_ONCE, AT_ONCE).len(), 1);
        assert_eq!(pieces(AT_ONCE + 1, AT_ONCE), [(0, AT_ONCE - 1), (AT_ONCE, AT_ONCE)]);
    }

    #[tokio::test]
    async fn what_was_copied_in_pieces_is_the_same_file() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("bucket")).unwrap();
        let mut builder = S3ServiceBuilder::new(s3s_fs::FileSystem::new(folder.path()).unwrap());
        builder.set_auth(SimpleAuth::from_single("k", "s"));
        let (service, listener) = (builder.build(), tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap());
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let service = service.clone();
                tokio::spawn(async move {
                    Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(socket), service).await.map_err(drop)
                });
            }
        });
        let settings =
            BucketSettings { name: "bucket".into(), region: "us-east-1".into(), endpoint, key_id: "k".into(), secret: "s".into() };
        let bucket = Bucket { copies_at_once: 5 << 20, ..Bucket::new(&settings) };
        let bytes: Vec<u8> = (0..(12_u32 << 20) + 3).map(|n| (n % 251) as u8).collect();
        std::fs::create_dir(folder.path().join("bucket/incoming")).unwrap();
        std::fs::write(folder.path().join("bucket/incoming/x"), &bytes).unwrap();
        let key = Key::original(blake3::hash(&bytes).as_bytes());
        bucket.copy("incoming/x", &key, bytes.len() as u64, [0; 32]).await.unwrap();
        assert_eq!(bucket.read(&key).await.unwrap().as_deref(), Some(bytes.as_slice()));
        // one that is not there leaves nothing begun
        assert!(bucket.copy("incoming/y", &key, 6 << 20, [0; 32]).await.is_err());
        let begun = |entry: std::io::Result<std::fs::DirEntry>| entry.unwrap().file_name().to_string_lossy().starts_with(".upload-");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().filter_map(|entry| begun(entry).then_some(())).count(), 0);
    }
}
