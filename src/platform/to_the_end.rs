use super::{db, log};
use crate::shared::AppError;
use tracing::Instrument;

/// Carries work to its end, also when whoever asked hangs up meanwhile: a server drops what it does for a connection that
/// is gone, wherever it waits just then. An error of this kind means that the work itself broke down. Whether the database
/// undid it because another was faster is heard by whoever waits, as if the work had been done in their place.
pub async fn to_the_end<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> Result<T, AppError> {
    // large work is handed on by its address: each hand that it went through would take its size from the stack
    let watched = db::watched(Box::pin(work)).in_current_span();
    let carried = match log::request_id() {
        Some(id) => tokio::spawn(log::in_request(id, watched)),
        None => tokio::spawn(watched),
    };
    let (outcome, clashed) = carried.await.map_err(|error| log::internal("work", &error))?;
    if clashed {
        db::clashed();
    }
    Ok(outcome)
}
