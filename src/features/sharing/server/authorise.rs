//! The one question before every byte: may this person do this with this photo? One statement gathers the facts
//! (from photographs, galleries, grants and entitlements together, as nothing else in the house does), and
//! [`policy::decide`] judges them. Asked anew for each request, so what is taken away is gone with the next one.
use super::policy::{self, Facts, Via};
use crate::{
    features::sharing::{Capability, Picture},
    platform::{
        Actor, RequestContext,
        db::{On, Sql, Tx, placeholders, sql, sql_built},
        storage::Key,
    },
    shared::{AppError, GalleryId, PhotoId, UserId},
};

/// A yes, with what the caller needs to know to go on.
#[derive(Clone, Debug)]
pub struct Allowed {
    pub photo: PhotoFacts,
    pub gallery: GalleryFacts,
    pub via: Via,
    /// What this person sees carries the watermark.
    pub marked: bool,
    pub watermark_rev: i64,
    pub owns_web: bool,
    pub owns_original: bool,
}

#[derive(Clone, Debug)]
pub struct PhotoFacts {
    pub id: PhotoId,
    pub photographer_id: UserId,
    pub blob_hash: Vec<u8>,
    pub filename: String,
    pub title: String,
    pub format: String,
    /// Bytes of the original.
    pub size: i64,
    pub width: i64,
    pub height: i64,
}

#[derive(Clone, Debug)]
pub struct GalleryFacts {
    pub id: GalleryId,
    pub photographer_id: UserId,
    pub title: String,
    pub shows_prices: bool,
    pub has_watermark: bool,
    pub has_free_downloads: bool,
}

/// True when a live grant covers photo `p` for the account $1 or for its proven address $2; four looks into an index.
macro_rules! is_granted {
    () => {
        "(EXISTS (SELECT 1 FROM grants r WHERE r.user_id = $1 AND r.gallery_id = p.gallery_id AND r.photo_id IS NULL AND r.revoked_at IS NULL)
         OR EXISTS (SELECT 1 FROM grants r WHERE r.user_id = $1 AND r.photo_id = p.id AND r.revoked_at IS NULL)
         OR EXISTS (SELECT 1 FROM grants r WHERE r.email_key = $2 AND r.gallery_id = p.gallery_id AND r.photo_id IS NULL AND r.revoked_at IS NULL)
         OR EXISTS (SELECT 1 FROM grants r WHERE r.email_key = $2 AND r.photo_id = p.id AND r.revoked_at IS NULL))"
    };
}

/// True when the account $1 has bought photo `p` in this size.
macro_rules! owns {
    ($size:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM entitlements e WHERE e.user_id = $1 AND e.photo_id = p.id AND e.size = '",
            $size,
            "' AND e.revoked_at IS NULL)"
        )
    };
}
pub(super) use owns;

macro_rules! question {
    ($which:literal) => {
        concat!(
            "SELECT p.id, p.photographer_id, p.blob_hash, p.filename, p.title, p.format, p.size, p.width, p.height,
                    p.status = 'ready' AND p.removed_at IS NULL AS is_hanging,
                    g.id AS gallery_id, g.photographer_id AS gallery_photographer, g.title AS gallery_title,
                    g.status = 'published' AND g.removed_at IS NULL AS is_open,
                    g.shows_prices, g.has_watermark, g.has_free_downloads, s.watermark_rev, ",
            is_granted!(),
            " AS is_granted, ",
            owns!("web"),
            " AS owns_web, ",
            owns!("original"),
            " AS owns_original
             FROM photos p JOIN galleries g ON g.id = p.gallery_id JOIN studio s ON s.id = 1 WHERE ",
            $which
        )
    };
}

#[derive(sqlx::FromRow)]
struct Row {
    id: PhotoId,
    photographer_id: UserId,
    blob_hash: Vec<u8>,
    filename: String,
    title: String,
    format: String,
    size: i64,
    width: i64,
    height: i64,
    is_hanging: bool,
    gallery_id: GalleryId,
    gallery_photographer: UserId,
    gallery_title: String,
    is_open: bool,
    shows_prices: bool,
    has_watermark: bool,
    has_free_downloads: bool,
    watermark_rev: i64,
    is_granted: bool,
    owns_web: bool,
    owns_original: bool,
}

/// Whether the one who asks may do this with the photo. No is `NotFound`, for everybody and for every reason.
pub async fn authorise(cx: &RequestContext, wanted: Capability, photo: PhotoId) -> Result<Allowed, AppError> {
    ask(&cx.db, &cx.actor, wanted, photo).await
}

/// The same inside a transaction, so that the answer still holds when it commits.
pub async fn authorise_in(tx: &mut Tx, actor: &Actor, wanted: Capability, photo: PhotoId) -> Result<Allowed, AppError> {
    ask(tx, actor, wanted, photo).await
}

async fn ask(on: impl Into<On<'_>>, actor: &Actor, wanted: Capability, photo: PhotoId) -> Result<Allowed, AppError> {
    if *actor == Actor::Guest {
        return Err(AppError::NotFound);
    }
    let row: Option<Row> = asked_by(actor, sql(question!("p.id = $3"))).bind(photo).optional(on).await?;
    row.and_then(|row| row.judge(actor, wanted)).ok_or(AppError::NotFound)
}

/// The question for many photos in one statement, for a cart or a checkout; photos without a yes are missing in the answer.
pub async fn authorise_all(on: impl Into<On<'_>>, actor: &Actor, wanted: Capability, photos: &[PhotoId]) -> Result<Vec<Allowed>, AppError> {
    if photos.is_empty() || *actor == Actor::Guest {
        return Ok(vec![]);
    }
    let text = format!("{} IN ({})", question!("p.id"), placeholders(3, photos.len()));
    let rows: Vec<Row> = asked_by(actor, sql_built(text)).bind_all(photos.iter().copied()).all(on).await?;
    Ok(rows.into_iter().filter_map(|row| row.judge(actor, wanted)).collect())
}

/// Binds $1 and $2: the account, and the address that it has proven to be its own.
pub(super) fn asked_by(actor: &Actor, statement: Sql) -> Sql {
    let proven = match actor {
        Actor::Person(person) => person.proven_email.as_deref(),
        _ => None,
    };
    statement.bind(actor.user()).bind(proven)
}

impl Row {
    fn judge(self, actor: &Actor, wanted: Capability) -> Option<Allowed> {
        let facts = Facts {
            gallery_photographer: self.gallery_photographer,
            is_hanging: self.is_hanging,
            is_open: self.is_open,
            shows_prices: self.shows_prices,
            has_watermark: self.has_watermark,
            has_free_downloads: self.has_free_downloads,
            is_granted: self.is_granted,
            owns_web: self.owns_web,
            owns_original: self.owns_original,
        };
        let verdict = policy::decide(actor, &facts, wanted)?;
        Some(Allowed {
            photo: PhotoFacts {
                id: self.id,
                photographer_id: self.photographer_id,
                blob_hash: self.blob_hash,
                filename: self.filename,
                title: self.title,
                format: self.format,
                size: self.size,
                width: self.width,
                height: self.height,
            },
            gallery: GalleryFacts {
                id: self.gallery_id,
                photographer_id: self.gallery_photographer,
                title: self.gallery_title,
                shows_prices: self.shows_prices,
                has_watermark: self.has_watermark,
                has_free_downloads: self.has_free_downloads,
            },
            via: verdict.via,
            marked: verdict.marked,
            watermark_rev: self.watermark_rev,
            owns_web: self.owns_web,
            owns_original: self.owns_original,
        })
    }
}

impl Allowed {
    /// The name of the file that this person gets to see; a marked one carries the revision of the studio's watermark,
    /// so that while new ones are being made there is none rather than an old or a clean one.
    pub fn variant(&self, picture: Picture) -> String {
        variant_name(self.marked.then_some(self.watermark_rev), picture)
    }

    pub fn picture(&self, picture: Picture) -> Key {
        Key::variant(self.photo.id, &self.variant(picture))
    }
}

/// `marked`: the revision of the watermark that the picture carries.
pub(super) fn variant_name(marked: Option<i64>, picture: Picture) -> String {
    let Some(rev) = marked else { return picture.as_str().into() };
    let size = match picture {
        Picture::Thumb => "thumb",
        Picture::Web1024 => "1024",
        Picture::Web2048 => "2048",
    };
    format!("marked-{rev}-{size}")
}
