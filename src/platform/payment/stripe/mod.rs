//! Stripe, as far as a studio needs it: intents, refunds, disputes, and the signature under what it tells us.
//! Requests are typed from Stripe's own description; of the answers only the fields that count are read.
mod amount;
mod dispute;
mod intent;
mod refund;
pub mod signature;

pub use dispute::Dispute;
pub use intent::Intent;
pub use refund::{Refund, RefundAsked};

use super::StripeSettings;
use crate::{
    platform::db::{Db, sql},
    shared::AppError,
};
use ::stripe::{Client, ClientBuilder, IdempotencyKey, RequestStrategy, StripeError, StripeRequest};
use rand::RngExt;
use std::{sync::OnceLock, time::Duration};
use tokio::time::{Instant, sleep, timeout_at};

/// One try; and all tries together, which is as long as anybody waits for a page.
const ONE_TRY: Duration = Duration::from_secs(4);
const PATIENCE: Duration = Duration::from_secs(9);

pub struct Stripe {
    client: Client,
    settings: StripeSettings,
    /// Tells our intents from those of others that use the same account.
    studio: OnceLock<String>,
    /// The mark of an installation that has none yet.
    first_mark: String,
}

/// Why Stripe gave no answer that we can use.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Away, overloaded, or silent: it may have been done or not.
    #[error("no answer")]
    Away,
    /// It has no such thing.
    #[error("not found")]
    Missing,
    /// It does not take our key.
    #[error("the key is not accepted")]
    Key,
    /// It will not do this; the code says why.
    #[error("refused: {0}")]
    Refused(String),
}

impl Stripe {
    /// `secret`: what this installation's own mark is made from at first.
    pub fn open(settings: &StripeSettings, secret: &str) -> Result<Self, String> {
        let client = ClientBuilder::new(settings.secret_key.clone())
            .url(settings.api_base.clone())
            .timeout(ONE_TRY)
            .app_info("PhotoVault", Some(env!("CARGO_PKG_VERSION").into()), None)
            .build()
            .map_err(|e| format!("the settings for Stripe cannot be used: {e}"))?;
        let mark = blake3::derive_key("PhotoVault 2026: the mark on this installation's payments", secret.as_bytes());
        let first_mark = mark.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { client, settings: settings.clone(), studio: OnceLock::new(), first_mark })
    }

    /// The mark stays what it was when the first payment was made, whatever becomes of the secret: otherwise a payment that
    /// is under way while the secret changes would belong to nobody.
    pub async fn keep_mark(&self, db: &Db) -> Result<(), AppError> {
        let mut tx = db.begin().await?;
        sql("INSERT INTO installation (name, value) VALUES ('payment-mark', $1) ON CONFLICT (name) DO NOTHING")
            .bind(&self.first_mark)
            .run(&mut tx)
            .await?;
        let (mark,): (String,) = sql("SELECT value FROM installation WHERE name = 'payment-mark'").one(&mut tx).await?;
        tx.commit().await?;
        self.studio.get_or_init(|| mark);
        Ok(())
    }

    fn studio(&self) -> &str {
        self.studio.get().unwrap_or(&self.first_mark)
    }

    pub fn settings(&self) -> &StripeSettings {
        &self.settings
    }

    /// Asks until there is an answer or patience ends; under the same key each time, so that it is done once.
    async fn call<T>(&self, request: &impl StripeRequest, key: Option<&str>) -> Result<T, Fault>
    where
        T: miniserde::Deserialize,
    {
        let end = Instant::now() + PATIENCE;
        let mut pause = Duration::from_millis(200);
        loop {
            let mut asked = request.build().customize::<T>();
            if let Some(key) = key {
                let key = IdempotencyKey::new(key).map_err(|_| Fault::Refused("key".into()))?;
                asked = asked.request_strategy(RequestStrategy::Idempotent(key));
            }
            let fault = match timeout_at(end, asked.send(&self.client)).await {
                Ok(Ok(answer)) => return Ok(answer),
                Ok(Err(error)) => Fault::of(&error),
                Err(_) => return Err(Fault::Away),
            };
            let wait = pause.mul_f64(rand::rng().random_range(0.5..1.5));
            if fault != Fault::Away || Instant::now() + wait > end {
                return Err(fault);
            }
            sleep(wait).await;
            pause *= 2;
        }
    }
}

impl Fault {
    /// Whole errors are never logged: they quote the intent with its secret.
    fn of(error: &StripeError) -> Self {
        match error {
            StripeError::Stripe(error, status) => match *status {
                // what stands in front of a server says 404 too; only Stripe itself knows that it has no such thing
                404 if error.code.as_ref().is_some_and(|code| code.as_str() == "resource_missing") => Self::Missing,
                404 => Self::Away,
                401 | 403 => {
                    tracing::error!(status, "Stripe does not accept the secret key");
                    Self::Key
                }
                409 | 424 | 429 | 500.. => Self::Away,
                _ => {
                    let code = error.code.as_ref().map(ToString::to_string).unwrap_or_default();
                    tracing::warn!(status, code, parameter = error.param.as_deref().unwrap_or_default(), "Stripe refused a request");
                    Self::Refused(code)
                }
            },
            _ => Self::Away,
        }
    }
}
