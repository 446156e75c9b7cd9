use crate::platform::config::{Misconfigured, Values};

/// Which back end takes new files, and the bucket if one is named. Both may be there while files move from one to the other.
#[derive(Clone, Debug, Default)]
pub struct StorageSettings {
    /// New files go to the bucket; otherwise to the data folder.
    pub in_bucket: bool,
    pub bucket: Option<BucketSettings>,
    /// Originals are sent through us instead of being fetched from the bucket under a signed address.
    pub proxies: bool,
    /// Bytes that copies of the bucket's files may take on our own disk.
    pub cache: u64,
}

#[derive(Clone)]
pub struct BucketSettings {
    pub name: String,
    pub region: String,
    /// Empty: Amazon's own.
    pub endpoint: String,
    pub key_id: String,
    pub secret: String,
}

impl std::fmt::Debug for BucketSettings {
    /// Without the secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} at {}", self.name, self.endpoint)
    }
}

impl StorageSettings {
    pub fn read(values: &Values) -> Result<Self, Misconfigured> {
        let wrong = |text: &str| Err(Misconfigured(text.into()));
        let in_bucket = values.flag("USE_S3")?;
        let bucket = BucketSettings {
            name: values.text("AWS_STORAGE_BUCKET_NAME"),
            region: values.text("AWS_S3_REGION_NAME"),
            endpoint: values.text("AWS_S3_ENDPOINT_URL").trim_end_matches('/').into(),
            key_id: values.text("AWS_ACCESS_KEY_ID"),
            secret: values.text("AWS_SECRET_ACCESS_KEY"),
        };
        // keys alone are no wish for a bucket: machines at Amazon carry them for other programs too
        if in_bucket || !bucket.name.is_empty() {
            for (value, name) in [
                (&bucket.name, "AWS_STORAGE_BUCKET_NAME"),
                (&bucket.key_id, "AWS_ACCESS_KEY_ID"),
                (&bucket.secret, "AWS_SECRET_ACCESS_KEY"),
                (&bucket.region, "AWS_S3_REGION_NAME"),
            ] {
                if value.is_empty() {
                    return wrong(&format!("{name} must be set too when photographs are kept in a bucket"));
                }
            }
            if !bucket.endpoint.is_empty() && !["http://", "https://"].iter().any(|scheme| bucket.endpoint.starts_with(scheme)) {
                return wrong("AWS_S3_ENDPOINT_URL must begin with https:// or http://");
            }
        }
        let proxies = match values.text("S3_DOWNLOADS").as_str() {
            "redirect" => false,
            "proxy" => true,
            _ => return wrong("S3_DOWNLOADS must be redirect or proxy"),
        };
        let cache = values.number("S3_CACHE_MB", 16, 1_000_000)? * 1024 * 1024;
        Ok(Self { in_bucket, bucket: (!bucket.name.is_empty()).then_some(bucket), proxies, cache })
    }
}
