//! All photographs that one person may see, across galleries: given with a gallery, given singly, or bought.
use super::authorise::asked_by;
use crate::{
    platform::{RequestContext, db::sql_built},
    shared::{AppError, GalleryId, Page, PhotoId},
};

/// An empty field filters nothing.
#[derive(Clone, Debug, Default)]
pub struct GivenFilter {
    pub gallery: Option<GalleryId>,
    /// A part of the file's name.
    pub name: String,
    pub oldest_first: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: PhotoId,
    created_at: i64,
}

/// The newest first unless asked otherwise. Like `authorise`, one statement over photographs, galleries, grants and entitlements together.
pub async fn given_photos(
    cx: &RequestContext,
    filter: &GivenFilter,
    after: Option<(i64, uuid::Uuid)>,
    size: usize,
) -> Result<Page<PhotoId>, AppError> {
    cx.actor.person()?;
    let (side, order) = if filter.oldest_first { (">", "ASC") } else { ("<", "DESC") };
    let start = if filter.oldest_first { (i64::MIN, uuid::Uuid::nil()) } else { (i64::MAX, uuid::Uuid::max()) };
    let (at, id) = after.unwrap_or(start);
    let name = filter.name.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    let statement = sql_built(format!(
        "SELECT p.id, p.created_at FROM photos p JOIN galleries g ON g.id = p.gallery_id
         WHERE (p.id IN (SELECT e.photo_id FROM entitlements e WHERE e.user_id = $1 AND e.revoked_at IS NULL)
                OR (p.removed_at IS NULL AND p.status = 'ready' AND g.status = 'published' AND g.removed_at IS NULL
                    AND (p.gallery_id IN (SELECT r.gallery_id FROM grants r WHERE r.user_id = $1 AND r.photo_id IS NULL AND r.revoked_at IS NULL
                                          UNION SELECT r.gallery_id FROM grants r WHERE r.email_key = $2 AND r.photo_id IS NULL AND r.revoked_at IS NULL)
                         OR p.id IN (SELECT r.photo_id FROM grants r WHERE r.user_id = $1 AND r.photo_id IS NOT NULL AND r.revoked_at IS NULL
                                     UNION SELECT r.photo_id FROM grants r WHERE r.email_key = $2 AND r.photo_id IS NOT NULL AND r.revoked_at IS NULL))))
           AND ($3 OR p.gallery_id = $4) AND ($5 = '%%' OR LOWER(p.filename) LIKE $5 ESCAPE '\\') AND (p.created_at, p.id) {side} ($6, $7)
         ORDER BY p.created_at {order}, p.id {order} LIMIT $8",
    ));
    let rows: Vec<Row> = asked_by(&cx.actor, statement)
        .bind(filter.gallery.is_none())
        .bind(filter.gallery.map_or(uuid::Uuid::nil(), |id| id.0))
        .bind(format!("%{name}%"))
        .bind(at)
        .bind(id)
        .bind(size as i64 + 1)
        .all(&cx.db)
        .await?;
    Ok(Page::cut(rows, size, |row| format!("{}.{}", row.created_at, row.id)).map(|row| row.id))
}
