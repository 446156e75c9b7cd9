//! The log: one line per cause, with a reference that the person sees too. No names, addresses or tokens.
mod out;
mod scrub;
mod seldom;

pub use out::{Scrubbed, is_filter, start};
pub use scrub::scrub;
pub use seldom::Seldom;

use crate::shared::AppError;
use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

tokio::task_local! {
    /// The request at hand; its id stands in every answer, on error pages and in the log.
    static REQUEST: String;
}

/// Faults on their way to the owner's page; when the database is away they wait here, the oldest go first.
static FAULTS: Mutex<VecDeque<Fault>> = Mutex::new(VecDeque::new());
const MOST_FAULTS: usize = 500;

/// One cause, as the owner's page shows it: without addresses and tokens, like the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    pub reference: String,
    pub place: String,
    pub cause: String,
}

pub async fn in_request<T>(id: String, work: impl Future<Output = T>) -> T {
    REQUEST.scope(id, work).await
}

pub fn request_id() -> Option<String> {
    REQUEST.try_with(Clone::clone).ok()
}

/// Logs the cause under the request's id, or a fresh one, and gives the error that quotes it.
pub fn internal(place: &str, cause: &dyn std::fmt::Display) -> AppError {
    let reference = request_id().unwrap_or_else(super::token::reference);
    let cause = scrub(&cause.to_string()).into_owned();
    tracing::error!(reference, place, cause, "internal error");
    metrics::counter!("photovault_faults_total", "place" => place.to_string()).increment(1);
    let mut faults = FAULTS.lock().unwrap_or_else(PoisonError::into_inner);
    if faults.len() == MOST_FAULTS {
        faults.pop_front();
    }
    faults.push_back(Fault { reference: reference.clone(), place: place.into(), cause: cause.chars().take(1_000).collect() });
    AppError::Internal(reference)
}

/// What happened since the last call.
pub fn take_faults() -> Vec<Fault> {
    FAULTS.lock().unwrap_or_else(PoisonError::into_inner).drain(..).collect()
}
