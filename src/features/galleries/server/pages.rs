//! What the studio's pages show, put together from galleries and their photographs.
use super::{policy, service::gallery_to_run, store, store::GalleryRow};
use crate::{
    features::{
        galleries::{GalleryCard, GalleryDesk, GallerySettings, GalleryView, Overview, PhotoLine, PhotoList, PhotoTile, Progress, Undo},
        photos::server::{ListFilter, PhotoRow, service as photos},
        site::server::service::studio,
    },
    platform::{RequestContext, when},
    shared::{AppError, GalleryId, Page, PhotoId},
};

const GALLERIES_PER_PAGE: usize = 24;
const PHOTOS_PER_PAGE: usize = 160;
const LINES_PER_PAGE: usize = 50;
/// Photographs that a browser may ask about at once.
const MOST_WAITING: usize = 200;
/// Uploads that run side by side may be committed in another order than they are numbered.
const OVERLAP: i64 = 5_000;

pub async fn overview(cx: &RequestContext) -> Result<Overview, AppError> {
    let whose = policy::listed_for(&cx.actor)?;
    let (galleries, published) = store::counts(&cx.db, whose).await?;
    let midnight = when::start_of_day(cx.now(), &studio(&cx.db).await?.time_zone);
    let latest = store::list(&cx.db, whose, newest(), 4).await?;
    Ok(Overview {
        tally: photos::tally_for(cx).await?,
        galleries,
        published,
        today: photos::count_since(cx, midnight).await?,
        latest: cards(cx, latest).await?,
    })
}

/// Newest first: those that the person runs.
pub async fn page_of_galleries(cx: &RequestContext, after: Option<&str>) -> Result<Page<GalleryCard>, AppError> {
    let whose = policy::listed_for(&cx.actor)?;
    let after = after.map_or(Ok(newest()), cursor)?;
    let page = Page::cut(store::list(&cx.db, whose, after, GALLERIES_PER_PAGE as i64 + 1).await?, GALLERIES_PER_PAGE, |row| {
        format!("{}.{}", row.created_at, row.id)
    });
    Ok(Page { items: cards(cx, page.items).await?, next: page.next })
}

fn newest() -> (i64, uuid::Uuid) {
    (i64::MAX, uuid::Uuid::max())
}

fn cursor(text: &str) -> Result<(i64, uuid::Uuid), AppError> {
    let (number, id) = text.split_once('.').ok_or(AppError::BadRequest)?;
    Ok((number.parse().map_err(|_| AppError::BadRequest)?, id.parse().map_err(|_| AppError::BadRequest)?))
}

async fn cards(cx: &RequestContext, rows: Vec<GalleryRow>) -> Result<Vec<GalleryCard>, AppError> {
    let ids: Vec<GalleryId> = rows.iter().map(|row| row.id).collect();
    let tallies = photos::tallies(&cx.db, &ids).await?;
    let chosen: Vec<(GalleryId, Option<PhotoId>)> = rows.iter().map(|row| (row.id, row.cover_photo_id)).collect();
    let covers = photos::covers(&cx.db, &chosen).await?;
    let card = |row: GalleryRow| GalleryCard {
        event_date: row.event_day(),
        cover: covers.get(&row.id).map(|photo| tile(photo, None)),
        tally: tallies.get(&row.id).copied().unwrap_or_default(),
        id: row.id,
        title: row.title,
        client_name: row.client_name,
        status: row.status,
    };
    Ok(rows.into_iter().map(card).collect())
}

pub async fn studio_gallery(
    cx: &RequestContext,
    id: GalleryId,
    after: Option<&str>,
    removed: Option<i64>,
) -> Result<GalleryDesk, AppError> {
    let gallery = gallery_to_run(cx, id).await?;
    let page = photos::page_in_studio(&cx.db, id, after, PHOTOS_PER_PAGE).await?;
    let undo = match removed {
        Some(at) => photos::count_removed(&cx.db, photos::Undo { gallery: id, at }).await?,
        None => 0,
    };
    Ok(GalleryDesk {
        tally: photos::tally(&cx.db, id).await?,
        photos: page.map(|row| tile(&row, gallery.cover_photo_id)),
        undo: removed.filter(|_| undo > 0).map(|at| Undo { at, count: undo }),
        gallery: view(gallery),
    })
}

fn view(row: GalleryRow) -> GalleryView {
    GalleryView {
        id: row.id,
        status: row.status,
        event_date: row.event_day(),
        version: row.version,
        settings: GallerySettings {
            title: row.title,
            event_date: row.event_date.unwrap_or_default(),
            client_name: row.client_name,
            note: row.note,
            shows_prices: row.shows_prices,
            has_watermark: row.has_watermark,
            has_free_downloads: row.has_free_downloads,
        },
    }
}

fn tile(row: &PhotoRow, cover: Option<PhotoId>) -> PhotoTile {
    PhotoTile {
        id: row.id,
        alt: row.alt(),
        width: row.width,
        height: row.height,
        placeholder: row.placeholder(),
        status: row.status,
        failure: row.failure.clone(),
        is_cover: cover == Some(row.id),
        cursor: row.cursor(),
    }
}

/// How far the photographs are that a page waits for, and what came after its last one (`last`, a tile's cursor).
pub async fn progress(cx: &RequestContext, id: GalleryId, waiting: &[PhotoId], last: Option<&str>) -> Result<Progress, AppError> {
    let gallery = gallery_to_run(cx, id).await?;
    let asked = waiting.get(..waiting.len().min(MOST_WAITING)).unwrap_or_default();
    let mut rows = photos::photos(&cx.db, asked).await?;
    rows.retain(|row| row.gallery_id == id);
    if let Some(last) = last {
        let from = match last {
            Progress::FROM_THE_START => None,
            last => cursor(last).map(|(position, photo)| Some(format!("{}.{photo}", position.saturating_sub(OVERLAP))))?,
        };
        let arrived = photos::page_in_studio(&cx.db, id, from.as_deref(), MOST_WAITING).await?;
        rows.extend(arrived.items.into_iter().filter(|row| !asked.contains(&row.id)));
    }
    rows.sort_by_key(|row| (row.position, row.id));
    Ok(Progress { tally: photos::tally(&cx.db, id).await?, tiles: rows.iter().map(|row| tile(row, gallery.cover_photo_id)).collect() })
}

/// The list of all photographs that the person runs.
pub async fn photo_list(cx: &RequestContext, filter: &ListFilter, after: Option<&str>) -> Result<PhotoList, AppError> {
    let whose = policy::listed_for(&cx.actor)?;
    let page = photos::list(cx, filter, after, LINES_PER_PAGE).await?;
    let zone = studio(&cx.db).await?.time_zone;
    let shown: Vec<GalleryId> = page.items.iter().map(|row| row.gallery_id).collect();
    let galleries = store::galleries(&cx.db, &shown).await?;
    let title = |id: GalleryId| galleries.iter().find(|gallery| gallery.id == id).map(|gallery| gallery.title.clone()).unwrap_or_default();
    let line = |row: PhotoRow| PhotoLine {
        tile: tile(&row, None),
        gallery: row.gallery_id,
        gallery_title: title(row.gallery_id),
        measure: format!("{} · {} × {}", bytes(row.size), row.width, row.height),
        added: when::date(row.created_at, &zone),
        filename: row.filename,
    };
    let choice = store::list(&cx.db, whose, newest(), 200).await?.into_iter().map(|row| (row.id, row.title)).collect();
    Ok(PhotoList { photos: page.map(line), galleries: choice })
}

/// `24.2 MB`
fn bytes(size: i64) -> String {
    match size {
        ..1_000_000 => format!("{} KB", (size / 1_000).max(1)),
        _ => format!("{}.{} MB", size / 1_000_000, size % 1_000_000 / 100_000),
    }
}
