use super::types::{ConsoleView, FaultDesk, MailDesk, SampleRow};
use crate::shared::{AppError, MailId};
use leptos::prelude::*;

#[server(prefix = "/_fn", endpoint = "console")]
pub async fn console() -> Result<ConsoleView, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::console(&cx).await
}

#[server(prefix = "/_fn", endpoint = "outbox")]
pub async fn outbox() -> Result<MailDesk, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::outbox(&cx).await
}

#[server(prefix = "/_fn", endpoint = "resend_letter")]
pub async fn resend_letter(mail: MailId) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::resend_letter(&cx, mail).await?;
    crate::platform::answer::go_to(crate::paths::ADMIN_MAIL, "The letter is on its way again.");
    Ok(())
}

/// One letter that did not arrive, or all of them.
#[server(prefix = "/_fn", endpoint = "lay_letters_aside")]
pub async fn lay_letters_aside(#[server(default)] mail: Option<MailId>) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::lay_letters_aside(&cx, mail).await?;
    crate::platform::answer::go_to(crate::paths::ADMIN_MAIL, "Laid aside.");
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "sample_letters")]
pub async fn sample_letters() -> Result<Vec<SampleRow>, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::sample_letters(&cx).await
}

#[server(prefix = "/_fn", endpoint = "faults")]
pub async fn faults() -> Result<FaultDesk, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::faults::faults(&cx).await
}

/// One job that was given up, or all of them.
#[server(prefix = "/_fn", endpoint = "retry_jobs")]
pub async fn retry_jobs(#[server(default)] job: Option<String>) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::faults::retry_jobs(&cx, job.as_deref()).await?;
    crate::platform::answer::go_to(crate::paths::ADMIN_FAULTS, "They are tried again.");
    Ok(())
}
