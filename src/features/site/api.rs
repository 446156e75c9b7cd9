use super::{NewMessage, Settings, SettingsView, StudioWords};
use crate::shared::AppError;
use leptos::prelude::*;

/// What the studio says about itself to everybody.
#[server(prefix = "/_fn", endpoint = "words_of_studio")]
pub async fn words_of_studio() -> Result<StudioWords, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::words(&cx.db).await
}

#[server(prefix = "/_fn", endpoint = "studio_settings")]
pub async fn studio_settings() -> Result<SettingsView, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::settings(&cx).await
}

#[server(prefix = "/_fn", endpoint = "change_settings")]
pub async fn change_settings(#[server(flatten)] settings: Settings) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::change_settings(&cx, settings).await?;
    crate::platform::answer::go_to(crate::paths::STUDIO_SETTINGS, "Settings saved.");
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "send_message")]
pub async fn send_message(#[server(flatten)] message: NewMessage) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::send_message(&cx, message).await?;
    crate::platform::answer::go_to(crate::paths::CONTACT, "Thank you. Your message is on its way.");
    Ok(())
}
