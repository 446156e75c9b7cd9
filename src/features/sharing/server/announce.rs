//! Letters about new access. They wait until the gallery is published; publishing enqueues the same job again.
use super::store;
use crate::{
    features::{
        accounts::server::service as accounts,
        galleries::{GalleryStatus, server::service as galleries},
        site::server::service as site,
    },
    paths,
    platform::{
        RequestContext, Services,
        mail::{self, Letter, Sample},
    },
    shared::{AppError, GalleryId},
};
use std::{collections::HashMap, sync::Arc};

fn shared(cx: &RequestContext, studio: &str, to: (&str, &str), gallery: GalleryId, what: &str, once: String) -> Letter {
    Letter::new(to.1, what, once)
        .hello(to.0)
        .words(what)
        .button("See the photographs", cx.config.link(&paths::gallery(gallery)))
        .from(studio)
}

/// What the letter about a gallery looks like, with the newest published one in it.
pub async fn sample_letters(cx: &RequestContext) -> Result<Vec<Sample>, AppError> {
    let me = cx.actor.owner()?;
    let studio = site::studio(&cx.db).await?;
    let newest = galleries::page_of_galleries(cx, None).await?.items.into_iter().find(|card| card.status == GalleryStatus::Published);
    let letter = newest.map(|card| {
        shared(cx, &studio.name, (&me.name, &me.email), card.id, &format!("The gallery “{}” is ready for you.", card.title), String::new())
    });
    Ok(vec![Sample { name: "gallery-shared", title: "A gallery is ready", letter }])
}

/// Writes to everybody who has been given something in this gallery and doesn't know it yet.
pub async fn announce(services: &Arc<Services>, gallery: GalleryId) -> Result<(), AppError> {
    let cx = RequestContext::system(services.clone());
    let Some(row) = store::gallery(&cx.db, gallery).await?.filter(|row| row.is_published && !row.is_removed) else { return Ok(()) };
    let ids: Vec<_> = store::access(&cx.db, gallery).await?.into_iter().filter_map(|row| row.user_id).collect();
    let people: HashMap<_, _> = accounts::people(&cx.db, &ids).await?.into_iter().map(|card| (card.id, card)).collect();
    let studio = site::studio(&cx.db).await?;
    let mut tx = cx.db.begin().await?;
    for waiting in store::unannounced(&mut tx, gallery).await? {
        let what = match waiting {
            store::Waiting { whole: 1.., .. } => format!("The gallery “{}” is ready for you.", row.title),
            store::Waiting { photos: 1, .. } => format!("A photograph from “{}” is ready for you.", row.title),
            store::Waiting { photos, .. } => format!("{photos} photographs from “{}” are ready for you.", row.title),
        };
        match (waiting.user_id.and_then(|id| people.get(&id)), &waiting.email) {
            (Some(person), _) => {
                let once = format!("access:{gallery}:{}:{}", person.id, waiting.given_at);
                mail::post(&mut tx, &cx, shared(&cx, &studio.name, (&person.name, &person.email), gallery, &what, once)).await?;
            }
            (None, Some(email)) => accounts::invite_by_mail(&mut tx, &cx, email, &what).await?,
            (None, None) => {}
        }
    }
    store::mark_announced(&mut tx, gallery, cx.now()).await?;
    tx.commit().await?;
    cx.bell.ring();
    Ok(())
}
