//! What lies in the bucket, and what was left there.
use super::Bucket;
use crate::{
    platform::storage::{Key, Listed},
    shared::AppError,
};
use aws_sdk_s3::primitives::DateTime;
use std::time::SystemTime;

impl Bucket {
    /// Up to `most` files whose name begins with the prefix and comes after the given one, in order.
    pub async fn list(&self, prefix: &str, after: Option<&str>, most: usize) -> Result<Vec<Listed>, AppError> {
        let (mut found, mut more) = (vec![], None);
        loop {
            let request = self.client.list_objects_v2().bucket(&self.name).prefix(prefix).max_keys(most.min(1000) as i32);
            let request =
                request.set_start_after(after.filter(|after| *after >= prefix).map(str::to_string)).set_continuation_token(more.take());
            let page = self.ask("list the files", request.send()).await?.ok_or(AppError::Unavailable)?;
            for object in page.contents.unwrap_or_default() {
                let Some(key) = object.key.as_deref().and_then(Key::parse) else { continue };
                found.push(Listed {
                    key,
                    length: object.size.unwrap_or_default().max(0) as u64,
                    modified: time(object.last_modified),
                    stamp: object.e_tag.unwrap_or_default().trim_matches('"').into(),
                });
            }
            more = page.next_continuation_token;
            if more.is_none() || found.len() >= most {
                found.truncate(most);
                return Ok(found);
            }
        }
    }

    /// Removes parts and temporary files of uploads that began before the deadline and never ended.
    pub async fn forget_interrupted(&self, deadline: SystemTime) -> Result<u64, AppError> {
        let mut removed = 0;
        // an original has an upload of its own while it is copied in pieces
        for prefix in ["incoming/", "originals/"] {
            let begun = self.client.list_multipart_uploads().bucket(&self.name).prefix(prefix);
            // a server that cannot list them has nothing more to say here
            let uploads = self.ask("list the uploads", begun.send()).await?.and_then(|page| page.uploads).unwrap_or_default();
            for upload in uploads.into_iter().filter(|upload| time(upload.initiated) < deadline) {
                let abort = self.client.abort_multipart_upload().bucket(&self.name);
                let abort = abort.set_key(upload.key).set_upload_id(upload.upload_id);
                self.ask("end an upload", abort.send()).await?;
                removed += 1;
            }
        }
        let left = self.client.list_objects_v2().bucket(&self.name).prefix("incoming/");
        let left = self.ask("list the files", left.send()).await?.and_then(|page| page.contents).unwrap_or_default();
        for object in left.into_iter().filter(|object| time(object.last_modified) < deadline) {
            if let Some(name) = object.key {
                self.remove(&name).await?;
                removed += 1;
            }
        }
        Ok(removed)
    }
}

fn time(at: Option<DateTime>) -> SystemTime {
    at.and_then(|at| SystemTime::try_from(at).ok()).unwrap_or_else(SystemTime::now)
}
