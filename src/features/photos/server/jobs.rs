//! What is done for photographs in the background.
use super::{integrity, pictures};
use crate::{
    platform::{Services, jobs::Handler},
    shared::{AppError, PhotoId},
};
use futures::future::BoxFuture;
use std::sync::Arc;

type Done = BoxFuture<'static, Result<(), AppError>>;

pub fn handlers() -> Vec<(&'static str, Handler)> {
    vec![
        ("prepare_photo", Handler { run: prepare, gave_up: prepare_gave_up }),
        ("prepare_again", Handler { run: prepare_again, gave_up: marks_gave_up }),
        ("remark_photo", Handler { run: remark, gave_up: marks_gave_up }),
        ("check_original", Handler { run: check_original, gave_up: look_gave_up }),
        ("check_originals", Handler { run: check_originals, gave_up: look_gave_up }),
        ("remark_all", Handler { run: remark_all, gave_up: marks_gave_up }),
    ]
}

fn prepare(services: Arc<Services>, photo: String) -> Done {
    Box::pin(async move { pictures::prepare(&services, photo.parse::<PhotoId>()?).await })
}

fn prepare_again(services: Arc<Services>, photo: String) -> Done {
    Box::pin(async move { pictures::prepare_again(&services, photo.parse::<PhotoId>()?).await })
}

fn prepare_gave_up(services: Arc<Services>, photo: String, reason: String) -> Done {
    Box::pin(async move { pictures::fail(&services, photo.parse::<PhotoId>()?, &reason).await })
}

fn remark(services: Arc<Services>, photo: String) -> Done {
    Box::pin(async move { pictures::remark(&services, photo.parse::<PhotoId>()?).await })
}

fn remark_all(services: Arc<Services>, _: String) -> Done {
    Box::pin(async move { pictures::remark_all(&services).await })
}

fn check_original(services: Arc<Services>, hash: String) -> Done {
    Box::pin(async move { integrity::check_one(&services, &hash).await })
}

fn check_originals(services: Arc<Services>, _: String) -> Done {
    Box::pin(async move { integrity::check_some(&services).await })
}

/// The storage is away; the next round looks again.
fn look_gave_up(_: Arc<Services>, _: String, _: String) -> Done {
    Box::pin(async { Ok(()) })
}

/// Without new marked pictures a photograph of a watermarked gallery stays hidden behind its placeholder.
fn marks_gave_up(_: Arc<Services>, subject: String, reason: String) -> Done {
    Box::pin(async move {
        tracing::error!(subject, reason, "the pictures could not be made again");
        Ok(())
    })
}
