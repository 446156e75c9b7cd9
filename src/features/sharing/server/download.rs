//! Files to keep. An original leaves as it came, bit for bit, or not at all; each download is counted once, however
//! many parts it is fetched in.
use super::{Allowed, authorise, filename, range};
use crate::{
    features::{
        photos::server::integrity,
        sharing::{Picture, Size},
    },
    platform::{
        RequestContext,
        db::sql,
        storage::{Key, Stored},
    },
    shared::{AppError, DownloadId, PhotoId, UserId},
};
use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header},
};
use range::Wanted;

const KINDS: [&str; 5] = ["image/jpeg", "image/png", "image/webp", "image/tiff", "image/gif"];

pub async fn download(
    cx: &RequestContext,
    photo: PhotoId,
    size: Size,
    method: &Method,
    asked: &HeaderMap,
) -> Result<Response<Body>, AppError> {
    let allowed = authorise(cx, size.download(), photo).await?;
    let stored = open(cx, &allowed, size).await?;
    let tag = tag(&allowed, size);
    let wanted = range::wanted(valid_range(asked, &tag), stored.length);
    let mut response = head(&allowed, size, &tag);
    if let (Size::Original, true) = (size, method == Method::GET)
        && let Some(address) = address(cx, &allowed, response.headers()).await?
    {
        // a part that is not the first belongs to a download that was counted
        if let (Some(user), true) = (cx.actor.user(), starts_at_the_beginning(asked)) {
            count(cx, user, photo, size, stored.length).await?;
        }
        return Ok(elsewhere(&address));
    }
    let (first, length) = match wanted {
        Wanted::Nowhere => {
            *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
            set(&mut response, header::CONTENT_RANGE, format!("bytes */{}", stored.length));
            return Ok(response);
        }
        Wanted::Whole => (0, stored.length),
        Wanted::Part(first, length) => {
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            set(&mut response, header::CONTENT_RANGE, format!("bytes {first}-{}/{}", first + length - 1, stored.length));
            (first, length)
        }
    };
    set(&mut response, header::CONTENT_LENGTH, length.to_string());
    if *method == Method::HEAD {
        return Ok(response);
    }
    if let (0, Some(user)) = (first, cx.actor.user()) {
        count(cx, user, photo, size, stored.length).await?;
    }
    *response.body_mut() = Body::from_stream(stored.read(first, length).await?);
    Ok(response)
}

/// Where the bucket gives out the original by itself for a few minutes, under the name and kind that we would give it.
async fn address(cx: &RequestContext, allowed: &Allowed, head: &HeaderMap) -> Result<Option<String>, AppError> {
    let word = |name| head.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let key = Key::original(&allowed.photo.blob_hash);
    cx.storage.address(&key, word(header::CONTENT_DISPOSITION), word(header::CONTENT_TYPE)).await
}

fn starts_at_the_beginning(asked: &HeaderMap) -> bool {
    asked.get(header::RANGE).is_none_or(|range| range.as_bytes().starts_with(b"bytes=0-"))
}

/// The answer that sends the reader to the bucket; nobody may keep it.
fn elsewhere(address: &str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::FOUND;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    set(&mut response, header::LOCATION, address.into());
    response
}

/// The file, if it is the one that the record speaks of.
async fn open(cx: &RequestContext, allowed: &Allowed, size: Size) -> Result<Stored, AppError> {
    let (key, expected) = match size {
        Size::Original => (Key::original(&allowed.photo.blob_hash), Some(allowed.photo.size)),
        Size::Web => (Key::variant(allowed.photo.id, Picture::Web2048.as_str()), None),
    };
    match cx.storage.get(&key).await {
        Ok(Some(stored)) if expected.is_none_or(|bytes| bytes == stored.length as i64) => return Ok(stored),
        Ok(found) => {
            let found = found.map(|stored| stored.length);
            tracing::error!(photo = %allowed.photo.id, %size, ?expected, ?found, "a stored file is missing or cut");
        }
        // what it was is in the log
        Err(_) => {}
    }
    if size == Size::Original {
        integrity::doubt(cx, &allowed.photo.blob_hash).await?;
    }
    Err(AppError::Unavailable)
}

fn tag(allowed: &Allowed, size: Size) -> String {
    let hash: String = allowed.photo.blob_hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hash}-{size}\"")
}

/// With `If-Range`, a part counts only when the file is still the same; dates are never given out, so none can match.
fn valid_range<'a>(asked: &'a HeaderMap, tag: &str) -> Option<&'a str> {
    let same = asked.get(header::IF_RANGE).is_none_or(|value| value.as_bytes() == tag.as_bytes());
    asked.get(header::RANGE).filter(|_| same).and_then(|value| value.to_str().ok())
}

fn head(allowed: &Allowed, size: Size, tag: &str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    let kind = match (size, allowed.photo.format.as_str()) {
        (Size::Web, _) => "image/jpeg",
        (_, known) => KINDS.iter().copied().find(|kind| *kind == known).unwrap_or("application/octet-stream"),
    };
    for (name, value) in [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "private, no-store"),
        (header::ACCEPT_RANGES, "bytes"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    set(&mut response, header::ETAG, tag.into());
    set(&mut response, header::CONTENT_DISPOSITION, filename::attachment(&filename::saved_as(&allowed.photo.filename, size)));
    response
}

fn set(response: &mut Response<Body>, name: HeaderName, value: String) {
    if let Ok(value) = HeaderValue::try_from(value) {
        response.headers_mut().insert(name, value);
    }
}

async fn count(cx: &RequestContext, user: UserId, photo: PhotoId, size: Size, bytes: u64) -> Result<(), AppError> {
    let mut tx = cx.db.begin().await?;
    sql("INSERT INTO downloads (id, user_id, photo_id, size, bytes, at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(DownloadId::new())
        .bind(user)
        .bind(photo)
        .bind(size)
        .bind(bytes as i64)
        .bind(cx.now())
        .run(&mut tx)
        .await?;
    tx.commit().await
}
