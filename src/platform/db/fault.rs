//! What goes wrong at the database: what is tried again, what is "busy", and what is our fault.
use crate::shared::AppError;
use rand::RngExt;
use std::{cell::Cell, time::Duration};

tokio::task_local! {
    /// Whether the work at hand met another transaction and lost.
    static CLASHED: Cell<bool>;
}

/// How often work is tried anew that lost against another transaction.
const MORE_TRIES: u32 = 3;

/// Runs work again that fell to a deadlock or to a change made at the same moment; the database has undone it, and the
/// next try most likely passes. `has_failed` looks at the outcome: one that is fine is never repeated.
pub async fn retrying<T, F: Future<Output = T>>(mut work: impl FnMut() -> F, has_failed: impl Fn(&T) -> bool) -> T {
    let mut tried = 0;
    loop {
        let (outcome, clashed) = watched(work()).await;
        if !clashed || !has_failed(&outcome) || tried == MORE_TRIES {
            return outcome;
        }
        tried += 1;
        // a little apart, or the two would meet again
        let apart = rand::rng().random_range(5..40) * u64::from(tried);
        tokio::time::sleep(Duration::from_millis(apart)).await;
    }
}

/// The outcome of this work, and whether it lost against another transaction.
pub async fn watched<T>(work: impl Future<Output = T>) -> (T, bool) {
    CLASHED.scope(Cell::new(false), async { (work.await, CLASHED.with(Cell::get)) }).await
}

/// Tells whoever watches that the work at hand lost.
pub fn clashed() {
    let _ = CLASHED.try_with(|flag| flag.set(true));
}

/// A database that is away or overloaded is "busy, try again"; anything else is our fault and goes to the log.
pub(super) fn fault(error: sqlx::Error) -> AppError {
    let code = error.as_database_error().and_then(|e| e.code()).unwrap_or_default().into_owned();
    let has_clashed = matches!(code.as_str(), "40001" | "40P01" | "517");
    if has_clashed {
        clashed();
    }
    let away = match &error {
        sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => true,
        // the line broke, at whatever moment
        sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::Protocol(_) | sqlx::Error::BeginFailed => true,
        // PostgreSQL: no connection, no room, shutting down, read-only, cancelled for taking too long
        sqlx::Error::Database(_) if code.len() == 5 => {
            ["08", "53", "57"].iter().any(|class| code.starts_with(class)) || code == "25006" || code == "55P03" || code == "25P03"
        }
        // SQLite: busy, locked, full; a disk that fails or has no room says so in many ways
        sqlx::Error::Database(_) => code.parse().is_ok_and(|code: u32| matches!(code % 256, 5 | 6 | 10 | 13 | 14)),
        _ => false,
    };
    match code.as_str() {
        // text with a character that the engine cannot keep
        "22021" | "22P05" => return AppError::BadRequest,
        // somebody was faster by a blink; PostgreSQL's and SQLite's word for "unique"
        "23505" | "2067" | "1555" => {
            tracing::warn!(%error, "two wanted the same at once");
            return AppError::Conflict("Somebody else did the same at this moment. Please try again.".into());
        }
        _ => {}
    }
    if away || has_clashed {
        tracing::warn!(%error, "the database is busy or away");
        return AppError::Unavailable;
    }
    crate::platform::log::internal("database", &error)
}
