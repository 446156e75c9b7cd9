//! The one place where drawing a page changes the HTTP answer. In the browser half it does nothing.
use crate::shared::AppError;

/// Gives the answer the error's status, so that a missing page is a 404 to machines too.
pub fn answer_with(error: &AppError) {
    #[cfg(feature = "ssr")]
    if let Some(answer) = leptos::prelude::use_context::<leptos_axum::ResponseOptions>()
        && let Ok(status) = axum::http::StatusCode::from_u16(error.status())
    {
        answer.set_status(status);
    }
    #[cfg(not(feature = "ssr"))]
    let _ = error;
}

/// Sends the person elsewhere instead of drawing this page.
pub fn redirect(to: &str) {
    #[cfg(feature = "ssr")]
    leptos_axum::redirect(to);
    #[cfg(not(feature = "ssr"))]
    let _ = to;
}
