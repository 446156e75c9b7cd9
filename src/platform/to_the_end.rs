use super::log;
use crate::shared::AppError;

/// Carries work to its end, also when whoever asked hangs up meanwhile: a server drops what it does for a connection that
/// is gone, wherever it waits just then. An error of this kind means that the work itself broke down.
pub async fn to_the_end<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> Result<T, AppError> {
    let carried = match log::request_id() {
        Some(id) => tokio::spawn(log::in_request(id, work)),
        None => tokio::spawn(work),
    };
    carried.await.map_err(|error| log::internal("work", &error))
}
