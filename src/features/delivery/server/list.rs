//! Photographs across galleries, as far as the one who asks may see them.
use super::service::look;
use crate::{
    features::{
        delivery::Look,
        photos::{
            PhotoStatus,
            server::{ListFilter, PhotoRow, service as photos},
        },
        sharing::{
            Capability,
            server::{GivenFilter, authorise, given_photos},
        },
    },
    platform::RequestContext,
    shared::{AppError, Page, PhotoId},
};

/// The newest first. Who runs galleries finds the photographs of these, in every state; everybody else what was given
/// to them or bought.
pub async fn photo_list(cx: &RequestContext, filter: &ListFilter, after: Option<&str>, size: usize) -> Result<Page<PhotoRow>, AppError> {
    cx.actor.person()?;
    if cx.actor.runs_galleries().is_ok() {
        return photos::list(cx, filter, after, size).await;
    }
    if filter.name.chars().count() > 100 {
        return Err(AppError::field("name", "that is longer than any part of a file name needs to be"));
    }
    if filter.status.is_some_and(|status| status != PhotoStatus::Ready) {
        return Ok(Page { items: vec![], next: None });
    }
    let given = GivenFilter { gallery: filter.gallery, name: filter.name.clone(), oldest_first: filter.oldest_first };
    let page = given_photos(cx, &given, after.map(read_cursor).transpose()?, size).await?;
    let mut rows = photos::kept_photos(&cx.db, &page.items).await?;
    rows.sort_by_key(|row| page.items.iter().position(|id| *id == row.id));
    Ok(Page { items: rows, next: page.next })
}

fn read_cursor(after: &str) -> Result<(i64, uuid::Uuid), AppError> {
    let (at, id) = after.split_once('.').ok_or(AppError::BadRequest)?;
    Ok((at.parse().map_err(|_| AppError::BadRequest)?, id.parse().map_err(|_| AppError::BadRequest)?))
}

/// One photograph by its id alone.
pub async fn photo_detail(cx: &RequestContext, id: PhotoId) -> Result<(PhotoRow, Look), AppError> {
    cx.actor.person()?;
    let allowed = authorise(cx, Capability::View, id).await?;
    let look = look(cx, allowed.gallery.id, id).await?;
    let row = photos::kept_photo(&cx.db, id).await?.ok_or(AppError::NotFound)?;
    Ok((row, look))
}
