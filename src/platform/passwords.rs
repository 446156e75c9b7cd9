//! Argon2id at OWASP's minimum (19 MiB, t=2, p=1), in a bounded pool: a crowd at the door never starves the gallery.
use crate::shared::AppError;
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use std::{sync::Arc, time::Duration};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

/// The longest password that is hashed; more is refused before any work is done.
pub const LONGEST: usize = 128;
pub const SHORTEST: usize = 10;

/// A password as it is hashed: an accent counts the same whether the keyboard wrote it as part of its letter or behind it.
pub fn composed(password: &str) -> String {
    password.nfc().collect()
}

pub struct Passwords {
    places: Arc<Semaphore>,
    /// Verified against when the account is unknown, so that both answers take the same time.
    dummy: String,
}

fn hasher() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(19 * 1024, 2, 1, None).unwrap_or(Params::DEFAULT))
}

impl Passwords {
    /// `places`: how many hashes may be computed at once.
    pub fn new(places: usize) -> Self {
        let dummy = hasher().hash_password(b"nobody has this password").map(|hash| hash.to_string()).unwrap_or_default();
        Self { places: Arc::new(Semaphore::new(places.max(1))), dummy }
    }

    pub async fn hash(&self, password: &str) -> Result<String, AppError> {
        let password = composed(password);
        self.work(move || {
            hasher().hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(|e| super::log::internal("passwords", &e))
        })
        .await?
    }

    /// Whether the password fits. Without a stored hash the same work is done and the answer is no.
    pub async fn verify(&self, password: &str, stored: Option<&str>) -> Result<bool, AppError> {
        let (password, known, stored) = (composed(password), stored.is_some(), stored.unwrap_or(&self.dummy).to_owned());
        let fits = self
            .work(move || PasswordHash::new(&stored).is_ok_and(|hash| hasher().verify_password(password.as_bytes(), &hash).is_ok()))
            .await?;
        Ok(fits && known)
    }

    /// Runs one hash in its turn; who waits longer than five seconds is asked to come back.
    async fn work<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
        let turn = tokio::time::timeout(Duration::from_secs(5), self.places.clone().acquire_owned()).await;
        let Ok(Ok(_turn)) = turn else { return Err(AppError::TooMany { retry_after: 5 }) };
        tokio::task::spawn_blocking(job).await.map_err(|e| super::log::internal("passwords", &e))
    }
}
