//! Which job is done by whom, on one screen.
use crate::{
    features::{accounts, photos, sharing},
    platform::{
        jobs::{Handler, Handlers},
        mail,
    },
    shared::AppError,
};

pub fn handlers() -> Handlers {
    let mut all = Handlers::new();
    all.insert(
        "send_mail",
        Handler {
            run: |services, id| Box::pin(async move { mail::deliver(&services, id.parse()?).await }),
            gave_up: |_, _, _| Box::pin(async { Ok::<(), AppError>(()) }),
        },
    );
    all.extend(photos::server::jobs::handlers());
    all.extend(accounts::server::jobs::handlers());
    all.extend(sharing::server::jobs::handlers());
    all
}
