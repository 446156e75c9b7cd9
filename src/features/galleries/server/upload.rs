//! Files on their way in. Each is streamed to the disk as it comes; memory holds one chunk of it, whatever its size.
use super::{service, store::GalleryRow};
use crate::{
    features::{
        galleries::{UploadOutcome, UploadReport, UploadedFile},
        photos::server::intake::{self, Intake, Outcome, take_in},
    },
    platform::{RequestContext, storage::Received},
    shared::{AppError, GalleryId, Problem},
};
use multer::{Field, Multipart};

/// Parts of one request; whoever sends more is told so.
const MOST_PARTS: usize = 1_000;
/// Bytes of a field that is no file.
const LONGEST_TEXT: usize = 200;

pub struct Upload {
    pub gallery: GalleryId,
    pub report: UploadReport,
}

/// Takes every file that is a photograph into the gallery. The answer is an error when none was.
pub async fn upload_photos(cx: &RequestContext, mut parts: Multipart<'_>) -> Result<Upload, AppError> {
    cx.actor.runs_galleries()?;
    let mut gallery: Option<GalleryRow> = None;
    let mut files: Vec<Taken> = vec![];
    let mut count = 0;
    while let Some(part) = parts.next_field().await.map_err(|_| AppError::BadRequest)? {
        count += 1;
        if count > MOST_PARTS {
            files.push(Taken::refused(
                "the rest",
                AppError::field("photos", format!("at most {MOST_PARTS} files come at a time; send these again")),
            ));
            break;
        }
        match part.name() {
            Some("gallery") => gallery = Some(service::gallery_to_run(cx, text_of(part).await?.parse()?).await?),
            Some("photos") => {
                let Some(gallery) = &gallery else {
                    return Err(AppError::field("gallery", "say first which gallery the photographs are for"));
                };
                files.extend(take_file(cx, gallery, part).await?);
            }
            // reading on skips what nobody asked for
            _ => {}
        }
    }
    let gallery = gallery.ok_or(AppError::BadRequest)?.id;
    summed_up(files).map(|report| Upload { gallery, report })
}

struct Taken {
    file: UploadedFile,
    error: Option<AppError>,
}

impl Taken {
    fn refused(name: &str, error: AppError) -> Self {
        let file = UploadedFile { name: name.into(), outcome: UploadOutcome::Refused, reason: Some(reason(&error)), photo: None };
        Self { file, error: Some(error) }
    }
}

/// None for the empty part that a form sends when nothing was chosen.
async fn take_file(cx: &RequestContext, gallery: &GalleryRow, mut part: Field<'_>) -> Result<Option<Taken>, AppError> {
    let name = part.file_name().unwrap_or_default().to_owned();
    let shown = intake::tidy_filename(&name);
    let received = match receive(cx, &mut part).await {
        Ok(received) if received.size == 0 && name.is_empty() => return Ok(None),
        Ok(received) => received,
        // the other end is gone: there is nobody to tell about this file
        Err(Stopped::Sending) => return Err(AppError::BadRequest),
        Err(Stopped::Keeping(error)) => return Ok(Some(Taken::refused(&shown, error))),
    };
    let intake = Intake { gallery: gallery.id, photographer: gallery.photographer_id, filename: name };
    let (outcome, photo) = match take_in(cx, intake, received).await {
        Ok(Outcome::Added(photo)) => (UploadOutcome::Added, photo),
        Ok(Outcome::AlreadyThere(photo)) => (UploadOutcome::AlreadyThere, photo),
        Err(error) => return Ok(Some(Taken::refused(&shown, error))),
    };
    Ok(Some(Taken { file: UploadedFile { name: shown, outcome, reason: None, photo: Some(photo) }, error: None }))
}

enum Stopped {
    Sending,
    Keeping(AppError),
}

async fn receive(cx: &RequestContext, part: &mut Field<'_>) -> Result<Received, Stopped> {
    let mut incoming = cx.storage.receive(cx.config.upload_limit).await.map_err(Stopped::Keeping)?;
    while let Some(chunk) = part.chunk().await.map_err(|_| Stopped::Sending)? {
        incoming.write(&chunk).await.map_err(Stopped::Keeping)?;
    }
    incoming.finish().await.map_err(Stopped::Keeping)
}

async fn text_of(mut part: Field<'_>) -> Result<String, AppError> {
    let mut bytes = vec![];
    while let Some(chunk) = part.chunk().await.map_err(|_| AppError::BadRequest)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > LONGEST_TEXT {
            return Err(AppError::BadRequest);
        }
    }
    String::from_utf8(bytes).map_err(|_| AppError::BadRequest)
}

/// Reads after the file's name and a colon.
fn reason(error: &AppError) -> String {
    match error {
        AppError::Invalid(problems) => problems.first().map(|problem| problem.message.clone()).unwrap_or_default(),
        AppError::TooLarge(why) => why.clone(),
        AppError::Full => "there is no room left for new files just now; please try again in a few minutes".into(),
        AppError::Unavailable => "we are busy just now; please try again in a moment".into(),
        AppError::Internal(reference) => format!("something went wrong on our side (reference {reference})"),
        other => other.to_string(),
    }
}

/// A batch in which something was kept is a success with a list; one in which nothing was is an error.
fn summed_up(files: Vec<Taken>) -> Result<UploadReport, AppError> {
    if files.is_empty() {
        return Err(AppError::field("photos", "choose at least one photograph"));
    }
    let errors: Vec<&AppError> = files.iter().filter_map(|taken| taken.error.as_ref()).collect();
    if errors.len() < files.len() {
        return Ok(UploadReport { files: files.into_iter().map(|taken| taken.file).collect() });
    }
    match errors.as_slice() {
        [AppError::TooLarge(why)] => Err(AppError::TooLarge(why.clone())),
        [AppError::Internal(reference)] => Err(AppError::Internal(reference.clone())),
        all if all.iter().all(|error| **error == AppError::Full) => Err(AppError::Full),
        all if all.iter().all(|error| matches!(error, AppError::Unavailable | AppError::Full)) => Err(AppError::Unavailable),
        _ => Err(AppError::Invalid(
            files.into_iter().map(|taken| Problem { field: taken.file.name, message: taken.file.reason.unwrap_or_default() }).collect(),
        )),
    }
}
