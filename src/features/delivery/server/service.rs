//! What clients' pages show, put together from the domains below. Each reads through the person who asks.
use crate::{
    features::{
        accounts::server::service as accounts,
        cart::server::service as cart,
        catalogue::server::service::prices_for,
        delivery::{Look, MyRooms, Room, RoomCard, SelectionCard, Tile},
        photos::{Placeholder, server::service as photos},
        sharing::{
            Capability, Size,
            server::{self as sharing, Entered, GalleryCard, Hanging, Selection, Via, authorise, may_enter, visible_photos},
        },
    },
    platform::{RequestContext, when},
    shared::{AppError, GalleryId, Page, PhotoId, UserId},
};
use std::collections::{BTreeSet, HashMap};

/// Photographs on one page of the wall.
const PAGE: usize = 100;
/// Photographs of a selection that are shown before it is opened.
const GLIMPSE: i64 = 8;

pub async fn my_galleries(cx: &RequestContext) -> Result<MyRooms, AppError> {
    let person = cx.actor.person()?;
    let galleries = sharing::galleries_of(cx).await?;
    let selections = sharing::selections_of(cx, GLIMPSE).await?;
    let names =
        names(cx, galleries.iter().map(|card| card.photographer_id).chain(selections.iter().map(|selection| selection.photographer_id)))
            .await?;
    let by = |id: &UserId| names.get(id).cloned().unwrap_or_default();
    let card = |card: GalleryCard| RoomCard {
        line: line(card.event_date.as_deref(), &by(&card.photographer_id)),
        cover: cover_of(&card),
        id: card.id,
        title: card.title,
    };
    let selection = |all: Selection| SelectionCard {
        id: all.gallery_id,
        line: line(all.event_date.as_deref(), &by(&all.photographer_id)),
        title: all.title,
        count: all.count,
        photos: all.photos.into_iter().map(tile).collect(),
    };
    Ok(MyRooms {
        galleries: galleries.into_iter().map(card).collect(),
        selections: selections.into_iter().map(selection).collect(),
        works_here: person.role.runs_galleries(),
    })
}

pub async fn room(cx: &RequestContext, gallery: GalleryId, after: Option<String>) -> Result<Room, AppError> {
    let entered = may_enter(cx, gallery).await?;
    let page = visible_photos(cx, &entered, after.as_deref(), PAGE).await?;
    let names = names(cx, std::iter::once(entered.gallery.photographer_id)).await?;
    let sells = sells(cx, &entered).await?;
    let Entered { gallery: hall, cover, sees_all, .. } = entered;
    let photos: Vec<Tile> = page.items.into_iter().map(tile).collect();
    Ok(Room {
        id: hall.id,
        line: line(hall.event_date.as_deref(), names.get(&hall.photographer_id).map_or("", String::as_str)),
        title: hall.title,
        note: hall.note,
        is_published: hall.is_published,
        is_selection: !sees_all,
        cover: cover.map(tile).or_else(|| photos.first().cloned()).filter(|_| after.is_none()),
        is_first_page: after.is_none(),
        photos,
        next: page.next,
        sells,
        has_free_downloads: hall.has_free_downloads,
    })
}

pub async fn more_photographs(cx: &RequestContext, gallery: GalleryId, after: &str) -> Result<Page<Tile>, AppError> {
    let entered = may_enter(cx, gallery).await?;
    Ok(visible_photos(cx, &entered, Some(after), PAGE).await?.map(tile))
}

/// One photograph. Without the gallery, when that is gone, for those who bought it.
pub async fn look(cx: &RequestContext, gallery: GalleryId, photo: PhotoId) -> Result<Look, AppError> {
    let person = cx.actor.person()?;
    let allowed = authorise(cx, Capability::View, photo).await?;
    if allowed.gallery.id != gallery {
        return Err(AppError::NotFound);
    }
    let row = photos::kept_photo(&cx.db, photo).await?.ok_or(AppError::NotFound)?;
    let entered = match may_enter(cx, gallery).await {
        Ok(entered) => Some(entered),
        Err(AppError::NotFound) => None,
        Err(error) => return Err(error),
    };
    let (previous, next) = match &entered {
        Some(entered) => sharing::neighbours(cx, entered, photo).await?,
        None => (None, None),
    };
    let buys = allowed.via != Via::Staff && allowed.gallery.shows_prices;
    let standing = if buys { Some(cart::standing(&cx.db, &cx.actor, photo).await?) } else { None };
    let is_free = entered.is_some() && allowed.gallery.has_free_downloads || allowed.via == Via::Staff;
    let has = |size: &Size| match size {
        Size::Web => is_free || allowed.owns_web || allowed.owns_original,
        Size::Original => is_free || allowed.owns_original,
    };
    Ok(Look {
        tile: Tile {
            id: photo,
            gallery,
            width: row.width,
            height: row.height,
            alt: row.alt(),
            placeholder: row.placeholder(),
            is_bought: allowed.owns_web || allowed.owns_original,
        },
        facts: row.facts(),
        filename: row.filename,
        title: row.title,
        gallery_title: allowed.gallery.title,
        is_mine: allowed.via == Via::Staff,
        is_in_gallery: entered.is_some(),
        previous,
        next,
        standing,
        downloads: Size::ALL.iter().copied().filter(has).collect(),
        cart_count: cart::count(&cx.db, person.id).await?,
    })
}

/// The sizes that have a price here; the studio's own people are not sold to.
async fn sells(cx: &RequestContext, entered: &Entered) -> Result<Vec<Size>, AppError> {
    if !entered.gallery.shows_prices || entered.via == Via::Staff {
        return Ok(vec![]);
    }
    let mut prices = prices_for(&cx.db, &[entered.gallery.id]).await?;
    Ok(prices.remove(&entered.gallery.id).unwrap_or_default().into_iter().map(|price| price.size).collect())
}

async fn names(cx: &RequestContext, ids: impl Iterator<Item = UserId>) -> Result<HashMap<UserId, String>, AppError> {
    let ids: Vec<_> = ids.collect::<BTreeSet<_>>().into_iter().collect();
    Ok(accounts::people(&cx.db, &ids).await?.into_iter().map(|card| (card.id, card.name)).collect())
}

/// `14 June 2026, by Pia Sommer`
fn line(date: Option<&str>, by: &str) -> String {
    let date = date.and_then(when::civil);
    match (date, by) {
        (None, "") => String::new(),
        (None, by) => format!("By {by}"),
        (Some(date), "") => date,
        (Some(date), by) => format!("{date}, by {by}"),
    }
}

fn tile(photo: Hanging) -> Tile {
    Tile {
        id: photo.id,
        gallery: photo.gallery_id,
        width: photo.width,
        height: photo.height,
        alt: if photo.title.is_empty() { photo.filename } else { photo.title },
        placeholder: Placeholder(photo.placeholder),
        is_bought: photo.is_bought,
    }
}

fn cover_of(card: &GalleryCard) -> Option<Tile> {
    Some(Tile {
        id: card.cover_id?,
        gallery: card.id,
        width: card.cover_width.unwrap_or(3),
        height: card.cover_height.unwrap_or(2),
        alt: String::new(),
        placeholder: Placeholder(card.cover_placeholder.clone().unwrap_or_default()),
        is_bought: false,
    })
}
