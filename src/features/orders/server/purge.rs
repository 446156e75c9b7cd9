//! Photographs that were removed long ago go for good, unless somebody has a claim to them. Only here is it known who has.
use super::store;
use crate::{
    features::{galleries::server::service as galleries, photos::server::purge as photos},
    platform::{Services, jobs::Handler},
    shared::{AppError, PhotoId},
};
use futures::future::BoxFuture;
use std::sync::Arc;

/// What was ever ordered and not cancelled stays, original and pictures: it was promised to its buyer.
pub async fn purge_removed(services: &Services) -> Result<(), AppError> {
    const AT_ONCE: i64 = 100;
    let instant = services.clock.now() - photos::KEPT;
    galleries::empty_removed(services, instant).await?;
    let mut after = (i64::MIN, PhotoId(uuid::Uuid::nil()));
    loop {
        let page = photos::removed_before(services, instant, after, AT_ONCE).await?;
        let Some((last, removed_at)) = page.last().copied() else { return Ok(()) };
        after = (removed_at, last);
        let ids: Vec<PhotoId> = page.into_iter().map(|(id, _)| id).collect();
        let claimed = store::ordered_of(&services.db, &ids).await?;
        for id in ids.into_iter().filter(|id| !claimed.contains(id)) {
            photos::purge(services, id).await?;
        }
    }
}

type Done = BoxFuture<'static, Result<(), AppError>>;

pub fn handlers() -> Vec<(&'static str, Handler)> {
    vec![("purge_removed", Handler { run, gave_up })]
}

fn run(services: Arc<Services>, _: String) -> Done {
    Box::pin(async move { purge_removed(&services).await })
}

/// The storage is away; the next hour's round tries again.
fn gave_up(_: Arc<Services>, _: String, _: String) -> Done {
    Box::pin(async { Ok(()) })
}
