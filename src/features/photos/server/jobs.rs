//! What is done for photographs in the background.
use super::pictures;
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
        ("remark_photo", Handler { run: remark, gave_up: marks_gave_up }),
        ("remark_all", Handler { run: remark_all, gave_up: marks_gave_up }),
    ]
}

fn prepare(services: Arc<Services>, photo: String) -> Done {
    Box::pin(async move { pictures::prepare(&services, photo.parse::<PhotoId>()?).await })
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

/// Without new marked pictures a photograph of a watermarked gallery stays hidden behind its placeholder.
fn marks_gave_up(_: Arc<Services>, subject: String, reason: String) -> Done {
    Box::pin(async move {
        tracing::error!(subject, reason, "the watermark could not be drawn again");
        Ok(())
    })
}
