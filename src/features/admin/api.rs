use super::types::{ConsoleView, MailRow};
use crate::shared::AppError;
use leptos::prelude::*;

#[server(prefix = "/_fn", endpoint = "console")]
pub async fn console() -> Result<ConsoleView, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::console(&cx).await
}

#[server(prefix = "/_fn", endpoint = "outbox")]
pub async fn outbox() -> Result<Vec<MailRow>, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::outbox(&cx).await
}
