use super::service;
use crate::{platform::jobs::Handler, shared::AppError};

pub fn handlers() -> Vec<(&'static str, Handler)> {
    vec![
        (
            "mail_reset",
            Handler {
                run: |services, email_key| Box::pin(async move { service::mail_reset(&services, &email_key).await }),
                gave_up: |_, _, _| Box::pin(async { Ok::<(), AppError>(()) }),
            },
        ),
        (
            "forward_message",
            Handler {
                run: |services, id| Box::pin(async move { service::forward_message(&services, id.parse()?).await }),
                gave_up: |_, _, _| Box::pin(async { Ok::<(), AppError>(()) }),
            },
        ),
    ]
}
