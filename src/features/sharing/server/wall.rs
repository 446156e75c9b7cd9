//! What hangs on a gallery's wall for one person: everything, or the photos that were given to them one by one.
//! Like `authorise`, each question is one statement over photographs, galleries and grants together.
use super::{
    authorise::{asked_by, owns},
    policy::{self, Via},
};
use crate::{
    platform::{
        RequestContext,
        db::{sql, sql_built},
    },
    shared::{AppError, GalleryId, Page, PhotoId, UserId},
};
use uuid::Uuid;

/// Somebody stands in a gallery.
#[derive(Clone, Debug)]
pub struct Entered {
    pub gallery: Hall,
    pub via: Via,
    /// A grant for the whole gallery (or the studio's own eye); otherwise only the photos that were given singly.
    pub sees_all: bool,
    /// The picture at the entrance, when this person may see it.
    pub cover: Option<Hanging>,
}

/// What a gallery shows of itself to those who are in it.
#[derive(Clone, Debug)]
pub struct Hall {
    pub id: GalleryId,
    pub photographer_id: UserId,
    pub title: String,
    pub event_date: Option<String>,
    pub note: String,
    pub is_published: bool,
    pub shows_prices: bool,
    pub has_free_downloads: bool,
}

/// One photo as a list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Hanging {
    pub id: PhotoId,
    pub gallery_id: GalleryId,
    pub width: i64,
    pub height: i64,
    pub title: String,
    pub filename: String,
    /// `#a1b2c3 url(data:…)` for the background, or empty.
    pub placeholder: String,
    /// In some size.
    pub is_bought: bool,
    position: i64,
}

#[derive(sqlx::FromRow)]
struct HallRow {
    id: GalleryId,
    photographer_id: UserId,
    title: String,
    event_date: Option<String>,
    note: String,
    is_published: bool,
    is_removed: bool,
    shows_prices: bool,
    has_free_downloads: bool,
    has_whole: bool,
    has_some: bool,
    cover_id: Option<PhotoId>,
    cover_width: Option<i64>,
    cover_height: Option<i64>,
    cover_placeholder: Option<String>,
}

/// Lets somebody into a gallery, or says that there is none.
pub async fn may_enter(cx: &RequestContext, gallery: GalleryId) -> Result<Entered, AppError> {
    cx.actor.person()?;
    let row: Option<HallRow> = asked_by(
        &cx.actor,
        sql("SELECT g.id, g.photographer_id, g.title, g.event_date, g.note, g.status = 'published' AS is_published, g.removed_at IS NOT NULL AS is_removed,
                    g.shows_prices, g.has_free_downloads,
                    EXISTS (SELECT 1 FROM grants r WHERE r.user_id = $1 AND r.gallery_id = g.id AND r.photo_id IS NULL AND r.revoked_at IS NULL)
                    OR EXISTS (SELECT 1 FROM grants r WHERE r.email_key = $2 AND r.gallery_id = g.id AND r.photo_id IS NULL AND r.revoked_at IS NULL) AS has_whole,
                    EXISTS (SELECT 1 FROM grants r WHERE r.user_id = $1 AND r.gallery_id = g.id AND r.revoked_at IS NULL)
                    OR EXISTS (SELECT 1 FROM grants r WHERE r.email_key = $2 AND r.gallery_id = g.id AND r.revoked_at IS NULL) AS has_some,
                    c.id AS cover_id, c.width AS cover_width, c.height AS cover_height, c.placeholder AS cover_placeholder
             FROM galleries g LEFT JOIN photos c ON c.id = g.cover_photo_id AND c.gallery_id = g.id AND c.status = 'ready' AND c.removed_at IS NULL
             WHERE g.id = $3"),
    )
    .bind(gallery)
    .optional(&cx.db)
    .await?;
    let row = row.ok_or(AppError::NotFound)?;
    let is_staff = policy::is_staff_of(&cx.actor, row.photographer_id);
    let is_guest = row.has_some && row.is_published && !row.is_removed;
    if !is_staff && !is_guest {
        return Err(AppError::NotFound);
    }
    let sees_all = is_staff || row.has_whole;
    let cover = row.cover_id.filter(|_| sees_all).map(|id| Hanging {
        id,
        gallery_id: row.id,
        width: row.cover_width.unwrap_or(1),
        height: row.cover_height.unwrap_or(1),
        title: String::new(),
        filename: String::new(),
        placeholder: row.cover_placeholder.unwrap_or_default(),
        is_bought: false,
        position: 0,
    });
    Ok(Entered {
        via: if is_staff { Via::Staff } else { Via::Grant },
        sees_all,
        cover,
        gallery: Hall {
            id: row.id,
            photographer_id: row.photographer_id,
            title: row.title,
            event_date: row.event_date,
            note: row.note,
            is_published: row.is_published,
            shows_prices: row.shows_prices,
            has_free_downloads: row.has_free_downloads,
        },
    })
}

#[derive(sqlx::FromRow)]
struct HangingRow {
    id: PhotoId,
    gallery_id: GalleryId,
    width: i64,
    height: i64,
    title: String,
    filename: String,
    placeholder: Option<String>,
    is_bought: bool,
    position: i64,
}

impl From<HangingRow> for Hanging {
    fn from(row: HangingRow) -> Self {
        Self {
            id: row.id,
            gallery_id: row.gallery_id,
            width: row.width,
            height: row.height,
            title: row.title,
            filename: row.filename,
            placeholder: row.placeholder.unwrap_or_default(),
            is_bought: row.is_bought,
            position: row.position,
        }
    }
}

macro_rules! hanging {
    ($rest:literal) => {
        concat!(
            "SELECT p.id, p.gallery_id, p.width, p.height, p.title, p.filename, p.placeholder, p.position, ",
            owns!("web"),
            " OR ",
            owns!("original"),
            " AS is_bought FROM photos p WHERE p.removed_at IS NULL AND p.status = 'ready' AND ",
            $rest
        )
    };
}

/// The photos given singly to the account $1 or the address $2.
const GIVEN: &str = "(SELECT r.photo_id FROM grants r WHERE r.user_id = $1 AND r.photo_id IS NOT NULL AND r.revoked_at IS NULL
                      UNION SELECT r.photo_id FROM grants r WHERE r.email_key = $2 AND r.photo_id IS NOT NULL AND r.revoked_at IS NULL)";

/// One page of the wall in the photographer's order. `after` is the `next` of the page before.
pub async fn visible_photos(cx: &RequestContext, entered: &Entered, after: Option<&str>, size: usize) -> Result<Page<Hanging>, AppError> {
    let (position, id) = after.map_or(Ok((i64::MIN, Uuid::nil())), read_cursor)?;
    let size = size.clamp(1, 100);
    let only_given = if entered.sees_all { String::new() } else { format!("AND p.id IN {GIVEN}") };
    let text =
        format!("{} {only_given} ORDER BY p.position, p.id LIMIT $6", hanging!("p.gallery_id = $3 AND (p.position, p.id) > ($4, $5)"));
    let rows: Vec<HangingRow> =
        asked_by(&cx.actor, sql_built(text)).bind(entered.gallery.id).bind(position).bind(id).bind(size as i64 + 1).all(&cx.db).await?;
    Ok(Page::cut(rows, size, |row| format!("{}.{}", row.position, row.id.0.simple())).map(Hanging::from))
}

fn read_cursor(text: &str) -> Result<(i64, Uuid), AppError> {
    let read = || {
        let (position, id) = text.split_once('.')?;
        Some((position.parse().ok()?, Uuid::try_parse(id).ok()?))
    };
    read().ok_or(AppError::BadRequest)
}

/// The photos before and after this one, as far as this person sees them.
pub async fn neighbours(cx: &RequestContext, entered: &Entered, photo: PhotoId) -> Result<(Option<PhotoId>, Option<PhotoId>), AppError> {
    let only_given = if entered.sees_all { String::new() } else { format!("AND q.id IN {GIVEN}") };
    let one = |side: &str, order: &str| {
        format!(
            "(SELECT q.id FROM photos q WHERE q.gallery_id = p.gallery_id AND q.removed_at IS NULL AND q.status = 'ready' {only_given}
              AND (q.position, q.id) {side} (p.position, p.id) ORDER BY q.position {order}, q.id {order} LIMIT 1)"
        )
    };
    let text =
        format!("SELECT {} AS before, {} AS behind FROM photos p WHERE p.id = $3 AND p.gallery_id = $4", one("<", "DESC"), one(">", "ASC"));
    let found: Option<(Option<PhotoId>, Option<PhotoId>)> =
        asked_by(&cx.actor, sql_built(text)).bind(photo).bind(entered.gallery.id).optional(&cx.db).await?;
    Ok(found.unwrap_or_default())
}

/// A gallery as a card: what it is called, when and by whom, and its picture.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct GalleryCard {
    pub id: GalleryId,
    pub title: String,
    pub event_date: Option<String>,
    pub photographer_id: UserId,
    pub cover_id: Option<PhotoId>,
    pub cover_width: Option<i64>,
    pub cover_height: Option<i64>,
    pub cover_placeholder: Option<String>,
}

/// The galleries that this person was given whole, the newest first.
pub async fn galleries_of(cx: &RequestContext) -> Result<Vec<GalleryCard>, AppError> {
    cx.actor.person()?;
    asked_by(
        &cx.actor,
        sql("SELECT g.id, g.title, g.event_date, g.photographer_id, c.id AS cover_id, c.width AS cover_width, c.height AS cover_height, c.placeholder AS cover_placeholder
             FROM galleries g LEFT JOIN photos c ON c.id = COALESCE(
                 (SELECT p.id FROM photos p WHERE p.id = g.cover_photo_id AND p.gallery_id = g.id AND p.removed_at IS NULL AND p.status = 'ready'),
                 (SELECT p.id FROM photos p WHERE p.gallery_id = g.id AND p.removed_at IS NULL AND p.status = 'ready' ORDER BY p.position, p.id LIMIT 1))
             WHERE g.status = 'published' AND g.removed_at IS NULL AND g.id IN (
                 SELECT r.gallery_id FROM grants r WHERE r.user_id = $1 AND r.photo_id IS NULL AND r.revoked_at IS NULL
                 UNION SELECT r.gallery_id FROM grants r WHERE r.email_key = $2 AND r.photo_id IS NULL AND r.revoked_at IS NULL)
             ORDER BY COALESCE(g.event_date, '') DESC, g.published_at DESC, g.id DESC LIMIT 300"),
    )
    .all(&cx.db)
    .await
}

/// Photos that were given to this person one by one, in a gallery.
#[derive(Clone, Debug)]
pub struct Selection {
    pub gallery_id: GalleryId,
    pub title: String,
    pub event_date: Option<String>,
    pub photographer_id: UserId,
    pub count: i64,
    /// The first of them.
    pub photos: Vec<Hanging>,
}

#[derive(sqlx::FromRow)]
struct SelectionRow {
    gallery_title: String,
    event_date: Option<String>,
    gallery_photographer: UserId,
    count: i64,
    #[sqlx(flatten)]
    photo: HangingRow,
}

/// The single photos of this person by gallery, at most `each` of each.
pub async fn selections_of(cx: &RequestContext, each: i64) -> Result<Vec<Selection>, AppError> {
    cx.actor.person()?;
    let text = format!(
        "SELECT w.gallery_title, w.event_date, w.gallery_photographer, w.count, w.id, w.gallery_id, w.width, w.height, w.title, w.filename, w.placeholder, w.position, w.is_bought FROM (
             SELECT g.title AS gallery_title, g.event_date, g.photographer_id AS gallery_photographer, g.published_at,
                    COUNT(*) OVER (PARTITION BY g.id) AS count, ROW_NUMBER() OVER (PARTITION BY g.id ORDER BY p.position, p.id) AS place,
                    p.id, p.gallery_id, p.width, p.height, p.title, p.filename, p.placeholder, p.position, FALSE AS is_bought
             FROM photos p JOIN galleries g ON g.id = p.gallery_id
             WHERE p.removed_at IS NULL AND p.status = 'ready' AND g.status = 'published' AND g.removed_at IS NULL AND p.id IN {GIVEN}) w
         WHERE w.place <= $3 ORDER BY COALESCE(w.event_date, '') DESC, w.published_at DESC, w.gallery_id DESC, w.place"
    );
    let rows: Vec<SelectionRow> = asked_by(&cx.actor, sql_built(text)).bind(each).all(&cx.db).await?;
    let mut all: Vec<Selection> = vec![];
    for row in rows {
        let photo = Hanging::from(row.photo);
        match all.last_mut() {
            Some(last) if last.gallery_id == photo.gallery_id => last.photos.push(photo),
            _ => all.push(Selection {
                gallery_id: photo.gallery_id,
                title: row.gallery_title,
                event_date: row.event_date,
                photographer_id: row.gallery_photographer,
                count: row.count,
                photos: vec![photo],
            }),
        }
    }
    Ok(all)
}
