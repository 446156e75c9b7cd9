//! The log: one line per cause, with a reference that the person sees too. No names, addresses or tokens.
use crate::shared::AppError;
use tracing_subscriber::{EnvFilter, fmt};

pub fn start(filter: &str, json: bool) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = fmt().with_env_filter(filter).with_target(false);
    let started = if json { builder.json().try_init() } else { builder.compact().try_init() };
    if started.is_err() {
        tracing::debug!("a log was running already");
    }
}

/// Logs the cause under a fresh reference and gives the error that quotes it.
pub fn internal(place: &str, cause: &dyn std::fmt::Display) -> AppError {
    let reference = super::token::reference();
    tracing::error!(reference, place, %cause, "internal error");
    AppError::Internal(reference)
}
