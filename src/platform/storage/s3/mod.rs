//! The back end for a bucket of Amazon's or of any server that speaks its language. The key signs, so nobody else reads
//! or writes; each write carries its SHA-256, and the server's answer is compared with it.
mod breaker;
mod copying;
mod list;
mod object;
mod parts;
mod trouble;

pub(super) use object::Payload;
pub(super) use parts::Parts;

use super::settings::BucketSettings;
use crate::{platform::log, shared::AppError};
use aws_sdk_s3::{
    Client, Config,
    config::{
        BehaviorVersion, Credentials, Region, RequestChecksumCalculation, ResponseChecksumValidation, StalledStreamProtectionConfig,
        http::HttpResponse, retry::RetryConfig, timeout::TimeoutConfig,
    },
    error::{ProvideErrorMetadata, SdkError},
    presigning::PresigningConfig,
};
use breaker::Breaker;
use std::time::{Duration, Instant};
use trouble::{Trouble, judge, words};

/// How long an address under which an original is fetched holds. A right that was taken away is gone by then.
const SIGNED_FOR: Duration = Duration::from_secs(240);
/// A small question that nobody answers in this time is not worth a visitor's waiting.
const ANSWER: Duration = Duration::from_secs(4);
/// Bytes a second that a line to the bucket must at least carry.
const SLOWEST: u64 = 128 * 1024;
/// What the bucket copies by itself takes as long as sending so much would.
const COPYING: u64 = 8 << 20;

static AWAY: log::Seldom = log::Seldom::new();
static REFUSED: log::Seldom = log::Seldom::new();

pub struct Bucket {
    client: Client,
    name: String,
    breaker: Breaker,
    /// Bytes that one request copies.
    copies_at_once: u64,
}

impl Bucket {
    pub fn new(settings: &BucketSettings) -> Self {
        let mut config = Config::builder()
            .behavior_version(BehaviorVersion::v2026_01_12())
            .region(Region::new(settings.region.clone()))
            .credentials_provider(Credentials::new(&settings.key_id, &settings.secret, None, None, "settings"))
            // our own SHA-256 goes with each write; others than Amazon don't all know the newer sums
            .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
            .response_checksum_validation(ResponseChecksumValidation::WhenRequired)
            .retry_config(RetryConfig::standard().with_max_attempts(3).with_initial_backoff(Duration::from_millis(100)))
            .timeout_config(timeouts(ANSWER))
            .stalled_stream_protection(StalledStreamProtectionConfig::enabled().grace_period(Duration::from_secs(5)).build());
        if !settings.endpoint.is_empty() {
            config = config.endpoint_url(&settings.endpoint).force_path_style(true);
        }
        Self {
            client: Client::from_conf(config.build()),
            name: settings.name.clone(),
            breaker: Breaker::default(),
            copies_at_once: copying::AT_ONCE,
        }
    }

    /// Asks, unless the bucket has been silent; none when there is no such file.
    async fn ask<T, E>(
        &self,
        what: &'static str,
        call: impl Future<Output = Result<T, SdkError<E, HttpResponse>>>,
    ) -> Result<Option<T>, AppError>
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
    {
        self.breaker.pass(Instant::now())?;
        let error = match call.await {
            Ok(answer) => {
                self.breaker.heard();
                return Ok(Some(answer));
            }
            Err(error) => error,
        };
        match judge(&error) {
            Trouble::Missing | Trouble::Unknown => {
                self.breaker.heard();
                return Ok(None);
            }
            Trouble::Away => {
                self.breaker.failed(Instant::now());
                if AWAY.is_due() {
                    tracing::warn!(what, cause = words(&error), "the bucket does not answer");
                }
            }
            Trouble::Refused => {
                if REFUSED.is_due() {
                    tracing::error!(what, cause = words(&error), "the bucket refuses us: look at the AWS_ settings and the clock");
                }
            }
        }
        Err(AppError::Unavailable)
    }

    /// Whether the bucket is there and lets us in.
    pub async fn is_open(&self) -> Result<(), AppError> {
        self.ask("look at the bucket", self.client.head_bucket().bucket(&self.name).send()).await?.map(drop).ok_or_else(|| {
            if REFUSED.is_due() {
                tracing::error!("there is no such bucket: look at the AWS_ settings");
            }
            AppError::Unavailable
        })
    }

    /// An address under which anybody can fetch the file for a few minutes, under this name and kind.
    pub async fn signed(&self, key: &super::Key, disposition: &str, kind: &str) -> Result<String, AppError> {
        let until = PresigningConfig::expires_in(SIGNED_FOR).map_err(|e| log::internal("storage", &e))?;
        let get = self.client.get_object().bucket(&self.name).key(key.as_str());
        let get = get.response_content_disposition(disposition).response_content_type(kind).response_cache_control("private, no-store");
        get.presigned(until).await.map(|signed| signed.uri().to_string()).map_err(|e| log::internal("storage", &words(&e)))
    }
}

fn timeouts(whole: Duration) -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(2))
        .read_timeout(whole)
        .operation_attempt_timeout(whole)
        .operation_timeout(whole + Duration::from_millis(500))
        .build()
}

/// For a request that carries so many bytes.
fn patient(length: u64) -> aws_sdk_s3::config::Builder {
    Config::builder().timeout_config(timeouts(ANSWER + Duration::from_secs(length / SLOWEST)))
}
