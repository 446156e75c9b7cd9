//! An upload by a program: one file and two texts, in whatever order they come.
use super::service::{LARGEST, NewImage};
use crate::{
    platform::{
        RequestContext,
        rest::{Refusal, broken_form, parts},
        storage::Received,
    },
    shared::AppError,
};
use axum::body::Body;
use multer::Field;

/// Bytes of a title or a description.
const LONGEST_TEXT: usize = 64 * 1024;
const MOST_PARTS: usize = 50;
/// What is read on of a file that is too large, so that its sender hears the answer instead of a broken connection.
const READ_ON: usize = 8 * 1024 * 1024;
/// Of the whole form, with its texts and with what nobody asked for.
const LARGEST_FORM: u64 = LARGEST + READ_ON as u64 + 1024 * 1024;

pub struct Uploaded {
    pub new: NewImage,
    pub received: Received,
}

impl Uploaded {
    /// The same for the same upload, however its parts were put together.
    pub fn fingerprint(&self) -> Vec<u8> {
        let NewImage { filename, title, description } = &self.new;
        let words = format!("{}:{filename} {}:{title} {}:{description}", filename.len(), title.len(), description.len());
        [self.received.hash.as_slice(), words.as_bytes()].concat()
    }
}

pub async fn receive(cx: &RequestContext, boundary: String, body: Body) -> Result<Uploaded, Refusal> {
    let mut parts = parts(boundary, body, LARGEST_FORM);
    let (mut new, mut received, mut count) = (NewImage::default(), None, 0);
    while let Some(mut part) = parts.next_field().await.map_err(|_| broken_form())? {
        count += 1;
        if count > MOST_PARTS {
            return Err(broken_form());
        }
        match part.name().unwrap_or_default() {
            "image" => match part.file_name().map(str::to_string) {
                Some(filename) => {
                    received = Some(file(cx, &mut part).await?);
                    new.filename = filename;
                }
                None => return Err(Refusal::field("image", "The submitted data was not a file.")),
            },
            "title" => new.title = text(part, "title").await?,
            "description" => new.description = text(part, "description").await?,
            _ => {}
        }
    }
    let received = received.ok_or_else(|| Refusal::field("image", "No file was submitted."))?;
    Ok(Uploaded { new, received })
}

async fn file(cx: &RequestContext, part: &mut Field<'_>) -> Result<Received, Refusal> {
    let mut incoming = cx.storage.receive(LARGEST).await?;
    while let Some(chunk) = part.chunk().await.map_err(|_| broken_form())? {
        match incoming.write(&chunk).await {
            Err(AppError::TooLarge(_)) => {
                drop(incoming);
                read_on(part).await;
                return Err(Refusal::field("image", "The file is too large. It may have at most 10 MB (10485760 bytes)."));
            }
            written => written?,
        }
    }
    Ok(incoming.finish().await?)
}

async fn read_on(part: &mut Field<'_>) {
    let mut read = 0;
    while let Ok(Some(chunk)) = part.chunk().await {
        read += chunk.len();
        if read > READ_ON {
            return;
        }
    }
}

async fn text(mut part: Field<'_>, name: &str) -> Result<String, Refusal> {
    let mut bytes = vec![];
    while let Some(chunk) = part.chunk().await.map_err(|_| broken_form())? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > LONGEST_TEXT {
            return Err(Refusal::field(name, "This text is too long."));
        }
    }
    String::from_utf8(bytes).map_err(|_| Refusal::field(name, "Not a valid string."))
}
