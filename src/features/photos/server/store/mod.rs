//! All SQL of photos and blobs.
pub mod originals;
mod places;
mod tallies;

use super::{intake::NewPhoto, service::Undo};
use crate::{
    features::photos::{PhotoFact, PhotoStatus, Placeholder},
    platform::{
        db::{Db, On, Tx, placeholders, sql, sql_built, sql_by_engine},
        imaging::CameraFacts,
        live::{self, Topic},
    },
    shared::{AppError, GalleryId, PhotoId, UserId},
};
use std::collections::BTreeMap;

pub use originals::insert_blob;
pub use places::{Place, Sorting, neighbours, places, set_position, sorting_of};
pub use tallies::{count_removed, count_since, tallies, tally_of};

/// A photograph as it is stored; never sent to a browser as it is.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PhotoRow {
    pub id: PhotoId,
    pub gallery_id: GalleryId,
    pub photographer_id: UserId,
    pub blob_hash: Vec<u8>,
    pub filename: String,
    pub title: String,
    /// The media type: `image/jpeg`.
    pub format: String,
    /// Bytes of the original.
    pub size: i64,
    /// As shown, after orientation.
    pub width: i64,
    pub height: i64,
    pub thumbhash: Option<Vec<u8>>,
    pub placeholder: Option<String>,
    pub status: PhotoStatus,
    pub failure: Option<String>,
    /// JSON of [`CameraFacts`]; holds the place, which is private.
    pub facts: String,
    /// The revision of the studio's watermark that the marked pictures carry; 0: there are none.
    pub marked_rev: i64,
    pub position: i64,
    pub created_at: i64,
}

impl PhotoRow {
    /// What a screen reader says: the title, or the file's name.
    pub fn alt(&self) -> String {
        if self.title.is_empty() { self.filename.clone() } else { self.title.clone() }
    }

    pub fn placeholder(&self) -> Placeholder {
        Placeholder(self.placeholder.clone().unwrap_or_default())
    }

    /// What the camera wrote, for everybody who may see the photograph: without the place.
    pub fn facts(&self) -> Vec<PhotoFact> {
        let facts: CameraFacts = serde_json::from_str(&self.facts).unwrap_or_default();
        let taken = facts.taken_at.as_deref().and_then(crate::platform::when::civil);
        let named = [
            ("Taken", taken),
            ("Camera", facts.camera),
            ("Lens", facts.lens),
            ("Exposure", facts.exposure),
            ("Aperture", facts.aperture),
            ("ISO", facts.iso.map(|iso| iso.to_string())),
            ("Focal length", facts.focal_length),
        ];
        named.into_iter().filter_map(|(name, value)| value.map(|value| PhotoFact { name: name.into(), value })).collect()
    }

    /// Its place in the gallery's order, as the pages of the gallery count it.
    pub fn cursor(&self) -> String {
        format!("{}.{}", self.position, self.id)
    }
}

/// The list of photographs in the studio; an empty field filters nothing.
#[derive(Clone, Debug, Default)]
pub struct ListFilter {
    pub status: Option<PhotoStatus>,
    pub gallery: Option<GalleryId>,
    /// A part of the file's name.
    pub name: String,
    pub oldest_first: bool,
}

macro_rules! photos {
    ($rest:literal) => {
        concat!(
            "SELECT p.id, p.gallery_id, p.photographer_id, p.blob_hash, p.filename, p.title, p.format, p.size, p.width, p.height, p.thumbhash,
                    p.placeholder, p.status, p.failure, p.facts, p.marked_rev, p.position, p.created_at FROM photos p ",
            $rest
        )
    };
}

pub async fn photo(on: impl Into<On<'_>>, id: PhotoId) -> Result<Option<PhotoRow>, AppError> {
    sql(photos!("WHERE p.id = $1 AND p.removed_at IS NULL")).bind(id).optional(on).await
}

pub async fn photos(on: impl Into<On<'_>>, ids: &[PhotoId]) -> Result<Vec<PhotoRow>, AppError> {
    let text = format!("{}WHERE p.id IN ({}) AND p.removed_at IS NULL", photos!(""), placeholders(1, ids.len()));
    if ids.is_empty() { Ok(vec![]) } else { sql_built(text).bind_all(ids.iter().copied()).all(on).await }
}

/// Those that were removed too, as long as there is anything left of them.
pub async fn kept_photos(db: &Db, ids: &[PhotoId]) -> Result<Vec<PhotoRow>, AppError> {
    let text = format!("{}WHERE p.id IN ({}) AND p.purged_at IS NULL", photos!(""), placeholders(1, ids.len()));
    if ids.is_empty() { Ok(vec![]) } else { sql_built(text).bind_all(ids.iter().copied()).all(db).await }
}

/// For a change: on PostgreSQL nobody else changes the row until the transaction ends.
pub async fn lock(tx: &mut Tx, id: PhotoId) -> Result<Option<PhotoRow>, AppError> {
    sql_by_engine(photos!("WHERE p.id = $1 AND p.removed_at IS NULL"), photos!("WHERE p.id = $1 AND p.removed_at IS NULL FOR UPDATE"))
        .bind(id)
        .optional(tx)
        .await
}

/// The rows after the cursor in the photographer's order; `all` also gives those that are not ready.
pub async fn page(db: &Db, gallery: GalleryId, all: bool, after: (i64, uuid::Uuid), limit: i64) -> Result<Vec<PhotoRow>, AppError> {
    let statement = if all {
        sql(photos!(
            "WHERE p.gallery_id = $1 AND p.removed_at IS NULL AND (p.position, p.id) > ($2, $3) ORDER BY p.position, p.id LIMIT $4"
        ))
    } else {
        sql(photos!(
            "WHERE p.gallery_id = $1 AND p.removed_at IS NULL AND p.status = 'ready' AND (p.position, p.id) > ($2, $3) ORDER BY p.position, p.id LIMIT $4"
        ))
    };
    statement.bind(gallery).bind(after.0).bind(after.1).bind(limit).all(db).await
}

/// The chosen covers as far as they can be shown, and the first ready photograph of the other galleries.
pub async fn covers(db: &Db, galleries: &[(GalleryId, Option<PhotoId>)]) -> Result<BTreeMap<GalleryId, PhotoRow>, AppError> {
    let chosen: Vec<PhotoId> = galleries.iter().filter_map(|(_, cover)| *cover).collect();
    let mut found: BTreeMap<GalleryId, PhotoRow> = BTreeMap::new();
    for row in photos(db, &chosen).await? {
        let of_this_gallery = galleries.contains(&(row.gallery_id, Some(row.id)));
        if of_this_gallery && row.status == PhotoStatus::Ready {
            found.insert(row.gallery_id, row);
        }
    }
    let missing: Vec<GalleryId> = galleries.iter().map(|(id, _)| *id).filter(|id| !found.contains_key(id)).collect();
    if missing.is_empty() {
        return Ok(found);
    }
    let first_of = |n: usize| {
        format!(
            "SELECT * FROM ({}WHERE p.gallery_id = ${n} AND p.removed_at IS NULL AND p.status = 'ready' ORDER BY p.position, p.id LIMIT 1) AS g{n}",
            photos!("")
        )
    };
    let text = (1..=missing.len()).map(first_of).collect::<Vec<_>>().join(" UNION ALL ");
    let firsts: Vec<PhotoRow> = sql_built(text).bind_all(missing).all(db).await?;
    found.extend(firsts.into_iter().map(|row| (row.gallery_id, row)));
    Ok(found)
}

/// Newest first unless asked otherwise. `photographer`: only this one's.
pub async fn list(
    db: &Db,
    photographer: Option<UserId>,
    filter: &ListFilter,
    after: (i64, uuid::Uuid),
    limit: i64,
) -> Result<Vec<PhotoRow>, AppError> {
    let name = filter.name.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    let (side, order) = if filter.oldest_first { (">", "ASC") } else { ("<", "DESC") };
    let text = format!(
        "{} AND (p.created_at, p.id) {side} ($7, $8) ORDER BY p.created_at {order}, p.id {order} LIMIT $9",
        photos!(
            "WHERE p.removed_at IS NULL AND ($1 OR p.photographer_id = $2) AND ($3 = '' OR p.status = $3) AND ($4 OR p.gallery_id = $5)
               AND ($6 = '%%' OR LOWER(p.filename) LIKE $6 ESCAPE '\\')"
        )
    );
    sql_built(text)
        .bind(photographer.is_none())
        .bind(photographer.map_or(uuid::Uuid::nil(), |id| id.0))
        .bind(filter.status.map(PhotoStatus::as_str).unwrap_or_default())
        .bind(filter.gallery.is_none())
        .bind(filter.gallery.map_or(uuid::Uuid::nil(), |id| id.0))
        .bind(format!("%{name}%"))
        .bind(after.0)
        .bind(after.1)
        .bind(limit)
        .all(db)
        .await
}

pub async fn twin(db: &Db, gallery: GalleryId, uploader: UserId, hash: &[u8]) -> Result<Option<PhotoId>, AppError> {
    let row: Option<(PhotoId,)> =
        sql("SELECT id FROM photos WHERE gallery_id = $1 AND uploader_id = $2 AND blob_hash = $3 AND removed_at IS NULL")
            .bind(gallery)
            .bind(uploader)
            .bind(hash)
            .optional(db)
            .await?;
    Ok(row.map(|row| row.0))
}

/// False when the same bytes by the same person are in the gallery already.
pub async fn insert(tx: &mut Tx, photo: &NewPhoto, now: i64) -> Result<bool, AppError> {
    let inserted = sql(
        "INSERT INTO photos (id, gallery_id, photographer_id, uploader_id, blob_hash, filename, format, size, width, height, title, facts, status, marked_rev, position, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', $11, 'received', 0, $12, $12)
         ON CONFLICT (gallery_id, uploader_id, blob_hash) WHERE removed_at IS NULL DO NOTHING",
    )
    .bind(photo.id)
    .bind(photo.gallery)
    .bind(photo.photographer)
    .bind(photo.uploader)
    .bind(photo.hash.clone())
    .bind(&photo.filename)
    .bind(photo.format)
    .bind(photo.size)
    .bind(photo.width)
    .bind(photo.height)
    .bind(&photo.facts)
    .bind(now)
    .run(tx)
    .await?;
    tell_if(inserted > 0, tx, photo.gallery).await
}

/// Whoever watches the gallery reads it again.
async fn tell_if(changed: bool, tx: &mut Tx, gallery: GalleryId) -> Result<bool, AppError> {
    if changed {
        live::tell(tx, Topic::of("gallery", gallery)).await?;
    }
    Ok(changed)
}

/// The same for a change that gives back the gallery of the photograph it touched.
async fn tell_of(changed: Option<(GalleryId,)>, tx: &mut Tx) -> Result<bool, AppError> {
    match changed {
        Some((gallery,)) => tell_if(true, tx, gallery).await,
        None => Ok(false),
    }
}

/// What the preparation found, in the end.
pub struct Prepared {
    pub width: u32,
    pub height: u32,
    pub thumbhash: Vec<u8>,
    pub placeholder: Option<String>,
    pub marked_rev: i64,
}

pub async fn set_ready(tx: &mut Tx, id: PhotoId, found: Prepared) -> Result<bool, AppError> {
    let changed = sql("UPDATE photos SET status = 'ready', failure = NULL, width = $2, height = $3, thumbhash = $4, placeholder = $5,
                marked_rev = CASE WHEN marked_rev < $6 THEN $6 ELSE marked_rev END
         WHERE id = $1 AND removed_at IS NULL RETURNING gallery_id")
    .bind(id)
    .bind(found.width)
    .bind(found.height)
    .bind(found.thumbhash)
    .bind(found.placeholder)
    .bind(found.marked_rev)
    .optional(&mut *tx)
    .await?;
    tell_of(changed, tx).await
}

pub async fn set_failed(tx: &mut Tx, id: PhotoId, reason: &str) -> Result<bool, AppError> {
    let changed = sql("UPDATE photos SET status = 'failed', failure = $2 WHERE id = $1 AND status = 'received' RETURNING gallery_id")
        .bind(id)
        .bind(reason)
        .optional(&mut *tx)
        .await?;
    tell_of(changed, tx).await
}

pub async fn set_received(tx: &mut Tx, id: PhotoId) -> Result<bool, AppError> {
    let changed = sql("UPDATE photos SET status = 'received', failure = NULL WHERE id = $1 AND status = 'failed' RETURNING gallery_id")
        .bind(id)
        .optional(&mut *tx)
        .await?;
    tell_of(changed, tx).await
}

pub async fn set_marked(tx: &mut Tx, id: PhotoId, rev: i64) -> Result<(), AppError> {
    sql("UPDATE photos SET marked_rev = $2 WHERE id = $1 AND marked_rev < $2").bind(id).bind(rev).run(tx).await?;
    Ok(())
}

/// Ready photographs whose watermark is older than `rev`, in pieces.
pub async fn with_older_mark(db: &Db, rev: i64, after: PhotoId, limit: i64) -> Result<Vec<PhotoId>, AppError> {
    let rows: Vec<(PhotoId,)> =
        sql("SELECT id FROM photos WHERE status = 'ready' AND marked_rev < $1 AND removed_at IS NULL AND id > $2 ORDER BY id LIMIT $3")
            .bind(rev)
            .bind(after)
            .bind(limit)
            .all(db)
            .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

pub async fn set_title(tx: &mut Tx, id: PhotoId, title: &str) -> Result<(), AppError> {
    sql("UPDATE photos SET title = $2 WHERE id = $1").bind(id).bind(title).run(tx).await.map(drop)
}

pub async fn set_removed(tx: &mut Tx, id: PhotoId, at: i64) -> Result<u64, AppError> {
    sql("UPDATE photos SET removed_at = $2 WHERE id = $1 AND removed_at IS NULL").bind(id).bind(at).run(tx).await
}

pub async fn set_all_removed(tx: &mut Tx, gallery: GalleryId, at: i64) -> Result<u64, AppError> {
    sql("UPDATE photos SET removed_at = $2 WHERE gallery_id = $1 AND removed_at IS NULL").bind(gallery).bind(at).run(tx).await
}

/// What one removal took, as far as the same bytes haven't been uploaded again since.
pub async fn removed_at(tx: &mut Tx, undo: Undo) -> Result<Vec<(PhotoId, UserId)>, AppError> {
    sql("SELECT p.id, p.photographer_id FROM photos p WHERE p.gallery_id = $1 AND p.removed_at = $2 AND p.purged_at IS NULL AND NOT EXISTS (
           SELECT 1 FROM photos live WHERE live.gallery_id = p.gallery_id AND live.uploader_id = p.uploader_id AND live.blob_hash = p.blob_hash AND live.removed_at IS NULL)")
    .bind(undo.gallery)
    .bind(undo.at)
    .all(tx)
    .await
}

pub async fn set_restored(tx: &mut Tx, id: PhotoId) -> Result<u64, AppError> {
    sql("UPDATE photos SET removed_at = NULL WHERE id = $1 AND removed_at IS NOT NULL AND purged_at IS NULL").bind(id).run(tx).await
}
