//! Uploads into galleries for programs.
use super::upload;
use crate::{
    features::galleries::{UploadReport, UploadedFile},
    platform::{
        RequestContext,
        rest::{
            Endpoint, Key, Refusal, boundary,
            once::{Done, once_streamed},
            parts,
        },
    },
    shared::Scope,
};
use axum::{
    body::Body,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::routes;
use uuid::Uuid;

pub fn endpoints() -> Vec<Endpoint> {
    vec![Endpoint::needs(Scope::WritePhotos, routes!(upload_photos)).also(&["/api/photos/upload"])]
}

/// The gallery first, then the files.
#[derive(ToSchema)]
#[allow(dead_code)]
struct PhotoUpload {
    gallery: Uuid,
    /// JPEG, PNG, WebP, TIFF or GIF, as many as one likes.
    #[schema(value_type = Vec<String>, format = Binary)]
    photos: Vec<Vec<u8>>,
}

#[derive(Serialize, ToSchema)]
struct UploadBody {
    files: Vec<FileBody>,
}

#[derive(Serialize, ToSchema)]
struct FileBody {
    name: String,
    /// `added`, `already_there` (the same bytes are in the gallery), or `refused`.
    outcome: String,
    /// Why it was refused.
    reason: Option<String>,
    photo: Option<Uuid>,
}

impl From<UploadedFile> for FileBody {
    fn from(file: UploadedFile) -> Self {
        Self { name: file.name, outcome: file.outcome.to_string(), reason: file.reason, photo: file.photo.map(|id| id.0) }
    }
}

/// Upload photographs into a gallery. One that cannot be taken never keeps the others out: 207 says that some were refused.
#[utoipa::path(post, path = "/api/v1/photos", tag = "photos",
    params(("Idempotency-Key" = Option<String>, Header, description = "Sent again with the same key it is answered again and not done again", max_length = 255)),
    request_body(content = PhotoUpload, content_type = "multipart/form-data"),
    responses((status = 201, body = UploadBody), (status = 207, body = UploadBody)))]
async fn upload_photos(cx: RequestContext, key: Key, headers: HeaderMap, body: Body) -> Result<Response, Refusal> {
    cx.actor.runs_galleries()?;
    let form = (boundary(&headers)?, body);
    let taker = cx.clone();
    let take = |boundary: String, body: Body| async move {
        let UploadReport { files } = upload::upload_photos(&taker, parts(boundary, body, u64::MAX)).await?.report;
        let some_refused = files.iter().any(|file| file.photo.is_none());
        let status = if some_refused { StatusCode::MULTI_STATUS } else { StatusCode::CREATED };
        Done::with(status, &UploadBody { files: files.into_iter().map(FileBody::from).collect() }, None)
    };
    once_streamed(&cx, &key, "upload_photos", form, take).await
}
