//! Images for programs. The shapes are those of a service that programs know already.
use super::{
    service::{self, Filter},
    store::ImageRow,
    upload,
};
use crate::{
    features::accounts::server::{rest::UserBody, service::Me},
    platform::{
        RequestContext,
        rest::{
            Endpoint, Key, ListOf, Listed, Named, Refusal, Window, boundary, instant,
            once::{Done, once},
            read_instant,
        },
    },
    shared::{AppError, ImageId, Scope},
};
use axum::{
    Json,
    body::Body,
    http::{HeaderMap, StatusCode, Uri},
    response::Response,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;
use uuid::Uuid;

pub fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::needs(Scope::ReadImages, routes!(list_images)).also(&["/api/images"]),
        Endpoint::needs(Scope::WriteImages, routes!(upload_image)).also(&["/api/images/upload"]),
        Endpoint::needs(Scope::ReadImages, routes!(image)).also(&["/api/images/{id}"]),
        Endpoint::needs(Scope::WriteImages, routes!(delete_image)).also(&["/api/images/{id}/delete"]),
    ]
}

/// What an upload answers.
#[derive(Serialize, ToSchema)]
struct UploadedImage {
    id: Uuid,
    /// The path of the bytes; asking for them needs the token too.
    #[schema(example = "/media/images/0199/0199-filename.jpg")]
    image: String,
    title: String,
    description: String,
    #[schema(example = "2024-01-15T10:35:00Z", format = DateTime)]
    uploaded_at: String,
}

#[derive(Serialize, ToSchema)]
struct ImageBody {
    id: Uuid,
    user: UserBody,
    /// The path of the bytes; asking for them needs the token too.
    #[schema(example = "/media/images/0199/0199-filename.jpg")]
    image: String,
    /// The same as a whole address.
    image_url: String,
    title: String,
    description: String,
    #[schema(example = "2024-01-15T10:35:00Z", format = DateTime)]
    uploaded_at: String,
    #[schema(example = "2024-01-15T10:35:00Z", format = DateTime)]
    updated_at: String,
}

fn shown(cx: &RequestContext, me: &Me, row: ImageRow) -> ImageBody {
    let image = service::address(row.user_id, &row);
    ImageBody {
        id: row.id.0,
        user: me.into(),
        image_url: cx.config.link(&image),
        image,
        title: row.title,
        description: row.description,
        uploaded_at: instant(row.created_at),
        updated_at: instant(row.changed_at),
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ImagesAsked {
    /// A part of the title or the description.
    #[param(max_length = 100)]
    q: Option<String>,
    /// Uploaded at this instant or later.
    #[param(format = DateTime)]
    uploaded_after: Option<String>,
    /// Uploaded before this instant.
    #[param(format = DateTime)]
    uploaded_before: Option<String>,
    #[param(inline)]
    sort: Option<Sort>,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
enum Sort {
    #[serde(rename = "-uploaded_at")]
    Newest,
    #[serde(rename = "uploaded_at")]
    Oldest,
}

impl ImagesAsked {
    fn filter(self) -> Result<Filter, Refusal> {
        let words = self.q.unwrap_or_default().trim().to_string();
        if words.chars().count() > 100 {
            return Err(Refusal::query("q", "Ensure this value has at most 100 characters."));
        }
        let read = |name: &str, text: Option<String>| match text {
            None => Ok(None),
            Some(text) => {
                read_instant(&text).map(Some).ok_or_else(|| Refusal::query(name, "Enter an instant such as 2024-01-15T10:30:00Z."))
            }
        };
        Ok(Filter {
            words,
            since: read("uploaded_after", self.uploaded_after)?,
            until: read("uploaded_before", self.uploaded_before)?,
            oldest_first: matches!(self.sort, Some(Sort::Oldest)),
        })
    }
}

/// My images, newest first.
#[utoipa::path(get, path = "/api/v1/images", tag = "images", params(Window, ImagesAsked), responses((status = 200, body = Vec<ImageBody>)))]
async fn list_images(
    cx: RequestContext,
    me: Me,
    uri: Uri,
    ListOf { window, asked }: ListOf<ImagesAsked>,
) -> Result<Listed<ImageBody>, Refusal> {
    let page = service::images(&cx, &asked.filter()?, window.after(), window.size()?).await.map_err(|error| window.wrong_cursor(error))?;
    Ok(Listed::new(page.map(|row| shown(&cx, &me, row)), &uri))
}

/// One file and what to call it.
#[derive(ToSchema)]
#[allow(dead_code)]
struct ImageUpload {
    /// JPEG, PNG, WebP, TIFF or GIF, at most 10 MB (10,485,760 bytes).
    #[schema(value_type = String, format = Binary)]
    image: Vec<u8>,
    #[schema(max_length = 255)]
    title: Option<String>,
    #[schema(max_length = 10_000)]
    description: Option<String>,
}

/// Upload an image.
#[utoipa::path(post, path = "/api/v1/images", tag = "images",
    params(("Idempotency-Key" = Option<String>, Header, description = "Sent again with the same key it is answered again and not done again", max_length = 255)),
    request_body(content = ImageUpload, content_type = "multipart/form-data"), responses((status = 201, body = UploadedImage, headers(("Location" = String, description = "Where the image is described")))))]
async fn upload_image(cx: RequestContext, key: Key, headers: HeaderMap, body: Body) -> Result<Response, Refusal> {
    let uploaded = upload::receive(&cx, boundary(&headers)?, body).await?;
    let fingerprint = uploaded.fingerprint();
    let keeper = cx.clone();
    let keep = async move {
        let row = service::keep_image(&keeper, uploaded.new, uploaded.received).await.map_err(in_its_place)?;
        let location = format!("/api/v1/images/{}", row.id);
        let image = service::address(row.user_id, &row);
        let answer =
            UploadedImage { id: row.id.0, image, title: row.title, description: row.description, uploaded_at: instant(row.created_at) };
        Done::created(&answer, Some(location))
    };
    once(&cx, &key, "upload_image", &fingerprint, keep).await
}

/// No room is a matter of size, said of the file.
fn in_its_place(error: AppError) -> Refusal {
    match error {
        AppError::TooLarge(words) => Refusal { status: StatusCode::PAYLOAD_TOO_LARGE, ..AppError::field("image", words).into() },
        error => error.into(),
    }
}

/// One of my images.
#[utoipa::path(get, path = "/api/v1/images/{id}", tag = "images", params(("id" = Uuid, Path)), responses((status = 200, body = ImageBody)))]
async fn image(cx: RequestContext, me: Me, Named(id): Named<ImageId>) -> Result<Json<ImageBody>, Refusal> {
    let row = service::image(&cx, id).await?;
    Ok(Json(shown(&cx, &me, row)))
}

/// Delete one of my images, and its bytes.
#[utoipa::path(delete, path = "/api/v1/images/{id}", tag = "images", params(("id" = Uuid, Path)), responses((status = 204)))]
async fn delete_image(cx: RequestContext, Named(id): Named<ImageId>) -> Result<StatusCode, Refusal> {
    service::delete_image(&cx, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
