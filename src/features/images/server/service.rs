//! What a person can do with the images that they keep here.
use super::{
    filename, policy,
    store::{self, ImageRow},
};
use crate::{
    features::photos::server::intake,
    platform::{
        RequestContext, Services,
        clock::HOUR,
        storage::{Key, Received},
        to_the_end,
    },
    shared::{AppError, ImageId, Page, Problem, UserId, one_line, tidy},
};

pub use super::store::Filter;

/// Bytes of one image.
pub const LARGEST: u64 = 10 * 1024 * 1024;
const LONGEST_TITLE: usize = 255;
const LONGEST_DESCRIPTION: usize = 10_000;

#[derive(Clone, Debug, Default)]
pub struct NewImage {
    /// As the uploader's machine says it.
    pub filename: String,
    pub title: String,
    pub description: String,
}

fn key(image: &ImageRow) -> Key {
    Key::image(image.user_id, image.id)
}

/// Proves that the file is a picture and keeps it bit for bit. The row is there before the bytes and shown after them:
/// whatever is interrupted, no object is without a row.
pub async fn keep_image(cx: &RequestContext, new: NewImage, received: Received) -> Result<ImageRow, AppError> {
    let user_id = policy::keeper(&cx.actor)?;
    let (title, description) = (one_line(&new.title), tidy(&new.description));
    let long = |field: &str, text: &str, most: usize| {
        let message = format!("ensure this field has no more than {most} characters");
        (text.chars().count() > most).then(|| Problem { field: field.into(), message })
    };
    let problems: Vec<_> =
        [long("title", &title, LONGEST_TITLE), long("description", &description, LONGEST_DESCRIPTION)].into_iter().flatten().collect();
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    if received.size == 0 {
        return Err(AppError::field("image", "the submitted file is empty"));
    }
    let accepted = intake::accept(cx, received.path())
        .await?
        .map_err(|refusal| AppError::field("image", format!("upload a valid image: {refusal}")))?;
    let now = cx.now();
    let image = ImageRow {
        id: ImageId::new(),
        user_id,
        filename: filename::for_address(&new.filename),
        format: accepted.format.media_type().into(),
        size: received.size as i64,
        width: accepted.width.into(),
        height: accepted.height.into(),
        hash: received.hash.clone(),
        title,
        description,
        created_at: now,
        changed_at: now,
    };
    let cx = cx.clone();
    to_the_end(async move {
        write(&cx, &image).await?;
        if let Err(error) = cx.storage.keep(received, &key(&image)).await {
            // what could not be kept takes no room; should this fail too, the sweep finds it
            let _ = forget(&cx, &image).await;
            return Err(error);
        }
        let mut tx = cx.db.begin().await?;
        store::set_here(&mut tx, image.id, true).await?;
        tx.commit().await?;
        Ok(image)
    })
    .await?
}

/// The row, if there is room for the image.
async fn write(cx: &RequestContext, image: &ImageRow) -> Result<(), AppError> {
    let mut tx = cx.db.begin().await?;
    let room = policy::room(&cx.actor, cx.config.images_per_person);
    if !store::take_room(&mut tx, image.user_id, image.size, room).await? {
        let room = cx.config.images_per_person / (1024 * 1024);
        return Err(AppError::TooLarge(format!("your room of {room} MB is full: delete images that you no longer need")));
    }
    store::insert(&mut tx, image).await?;
    tx.commit().await
}

/// The own images, newest first unless asked otherwise.
pub async fn images(cx: &RequestContext, filter: &Filter, after: Option<&str>, size: usize) -> Result<Page<ImageRow>, AppError> {
    let user = policy::keeper(&cx.actor)?;
    let rows = store::list(&cx.db, user, filter, after.map(read_cursor).transpose()?, size as i64 + 1).await?;
    Ok(Page::cut(rows, size, |row| format!("{}.{}", row.created_at, row.id.0.simple())))
}

fn read_cursor(text: &str) -> Result<(i64, uuid::Uuid), AppError> {
    let (at, id) = text.split_once('.').ok_or(AppError::BadRequest)?;
    Ok((at.parse().map_err(|_| AppError::BadRequest)?, id.parse().map_err(|_| AppError::BadRequest)?))
}

pub async fn image(cx: &RequestContext, id: ImageId) -> Result<ImageRow, AppError> {
    policy::keeper(&cx.actor)?;
    let image = store::image(&cx.db, id).await?.ok_or(AppError::NotFound)?;
    policy::may_see(&cx.actor, &image)?;
    Ok(image)
}

/// Gone at once, from the lists and from the storage.
pub async fn delete_image(cx: &RequestContext, id: ImageId) -> Result<(), AppError> {
    let image = image(cx, id).await?;
    let mut tx = cx.db.begin().await?;
    if !store::set_here(&mut tx, id, false).await? {
        return Err(AppError::NotFound);
    }
    tx.commit().await?;
    forget(cx, &image).await
}

async fn forget(services: &Services, image: &ImageRow) -> Result<(), AppError> {
    services.storage.remove(&key(image)).await?;
    let mut tx = services.db.begin().await?;
    store::delete(&mut tx, image).await?;
    tx.commit().await
}

/// Finishes what was interrupted between row and bytes; run once an hour.
pub async fn sweep(services: &Services) -> Result<(), AppError> {
    for image in store::astray(&services.db, services.clock.now() - HOUR).await? {
        forget(services, &image).await?;
    }
    Ok(())
}

/// Images whose bytes are missing, or (when they are read whole) not those that came.
pub async fn unwell(services: &Services, read_whole: bool) -> Result<Vec<String>, AppError> {
    let (mut after, mut found) = (ImageId(uuid::Uuid::nil()), vec![]);
    loop {
        let page = store::here(&services.db, after, 200).await?;
        let Some(last) = page.last() else { return Ok(found) };
        after = last.id;
        for image in page {
            let right = if read_whole {
                services.storage.read(&key(&image)).await?.is_some_and(|bytes| blake3::hash(&bytes).as_bytes()[..] == image.hash[..])
            } else {
                services.storage.has(&key(&image), image.size as u64).await?
            };
            if !right {
                found.push(key(&image).as_str().to_string());
            }
        }
    }
}

/// Where the bytes are answered.
pub fn address(user: UserId, image: &ImageRow) -> String {
    format!("/media/images/{user}/{}-{}", image.id, image.filename)
}
