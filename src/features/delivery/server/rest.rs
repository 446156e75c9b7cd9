//! The studio's photographs for programs.
use super::list;
use crate::{
    features::{
        cart::StandingSize,
        delivery::Look,
        photos::{
            PhotoStatus,
            server::{ListFilter, PhotoRow},
        },
        sharing::Size,
    },
    paths,
    platform::{
        RequestContext,
        rest::{Endpoint, ListOf, Listed, MoneyBody, Named, Refusal, Window, instant},
    },
    shared::{GalleryId, PhotoId, Scope},
};
use axum::{Json, http::Uri};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;
use uuid::Uuid;

pub fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::needs(Scope::ReadPhotos, routes!(list_photos)).also(&["/api/photos"]),
        Endpoint::needs(Scope::ReadPhotos, routes!(photo)).also(&["/api/photos/{id}"]),
    ]
}

#[derive(Serialize, ToSchema)]
struct PhotoBody {
    id: Uuid,
    gallery: Uuid,
    filename: String,
    title: String,
    /// `received` while its pictures are being made, `ready`, or `failed`.
    status: String,
    /// The original's media type.
    format: String,
    /// Bytes of the original.
    size: i64,
    width: i64,
    height: i64,
    #[schema(format = DateTime)]
    uploaded_at: String,
    /// Pictures for the screen; asking for them needs the token too. They carry the watermark where the gallery has one.
    thumbnail: String,
    preview: String,
}

impl From<&PhotoRow> for PhotoBody {
    fn from(row: &PhotoRow) -> Self {
        Self {
            id: row.id.0,
            gallery: row.gallery_id.0,
            filename: row.filename.clone(),
            title: row.title.clone(),
            status: row.status.to_string(),
            format: row.format.clone(),
            size: row.size,
            width: row.width,
            height: row.height,
            uploaded_at: instant(row.created_at),
            thumbnail: format!("/media/{}/thumb", row.id),
            preview: format!("/media/{}/web-2048", row.id),
        }
    }
}

#[derive(Serialize, ToSchema)]
struct PhotoDetail {
    #[serde(flatten)]
    photo: PhotoBody,
    gallery_title: String,
    /// What the camera wrote, without the place.
    facts: Vec<Fact>,
    /// What may be downloaded now.
    downloads: Vec<Download>,
    /// What may be bought, and why not.
    offers: Vec<OfferBody>,
}

#[derive(Serialize, ToSchema)]
struct Fact {
    name: String,
    value: String,
}

#[derive(Serialize, ToSchema)]
struct Download {
    /// `web` or `original`.
    size: String,
    url: String,
}

#[derive(Serialize, ToSchema)]
struct OfferBody {
    /// `web` or `original`.
    size: String,
    price: Option<MoneyBody>,
    licence: Option<String>,
    /// Why it cannot be bought: `owned`, `on_order`, `not_for_sale` or `gone`.
    obstacle: Option<String>,
}

impl From<StandingSize> for OfferBody {
    fn from(standing: StandingSize) -> Self {
        let size = standing.size.to_string();
        match standing.offer {
            Ok(offer) => Self { size, price: Some(offer.price.into()), licence: Some(offer.licence), obstacle: None },
            Err(obstacle) => Self { size, price: None, licence: None, obstacle: Some(obstacle.to_string()) },
        }
    }
}

fn detail(row: &PhotoRow, look: Look) -> PhotoDetail {
    let download = |size: &Size| Download { size: size.to_string(), url: paths::download(row.id, *size) };
    PhotoDetail {
        photo: row.into(),
        gallery_title: look.gallery_title,
        facts: look.facts.into_iter().map(|fact| Fact { name: fact.name, value: fact.value }).collect(),
        downloads: look.downloads.iter().map(download).collect(),
        offers: look.standing.into_iter().flat_map(|standing| standing.sizes).map(OfferBody::from).collect(),
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct PhotosAsked {
    gallery: Option<Uuid>,
    /// `received`, `ready` or `failed`; clients only ever see what is ready.
    #[param(inline)]
    status: Option<Status>,
    /// A part of the file's name.
    #[param(max_length = 100)]
    name: Option<String>,
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

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Status {
    Received,
    Ready,
    Failed,
}

impl From<Status> for PhotoStatus {
    fn from(status: Status) -> Self {
        match status {
            Status::Received => Self::Received,
            Status::Ready => Self::Ready,
            Status::Failed => Self::Failed,
        }
    }
}

/// Photographs, newest first unless asked otherwise: those of the own galleries for who runs galleries, those that were given or bought for
/// everybody else.
#[utoipa::path(get, path = "/api/v1/photos", tag = "photos", params(Window, PhotosAsked), responses((status = 200, body = Vec<PhotoBody>)))]
async fn list_photos(cx: RequestContext, uri: Uri, ListOf { window, asked }: ListOf<PhotosAsked>) -> Result<Listed<PhotoBody>, Refusal> {
    let name = asked.name.unwrap_or_default().trim().to_string();
    if name.chars().count() > 100 {
        return Err(Refusal::query("name", "Ensure this value has at most 100 characters."));
    }
    let oldest_first = matches!(asked.sort, Some(Sort::Oldest));
    let filter = ListFilter { gallery: asked.gallery.map(GalleryId), status: asked.status.map(Into::into), name, oldest_first };
    let page = list::photo_list(&cx, &filter, window.after(), window.size()?).await.map_err(|error| window.wrong_cursor(error))?;
    Ok(Listed::new(page.map(|row| PhotoBody::from(&row)), &uri))
}

/// One photograph, with what may be done with it.
#[utoipa::path(get, path = "/api/v1/photos/{id}", tag = "photos", params(("id" = Uuid, Path)), responses((status = 200, body = PhotoDetail)))]
async fn photo(cx: RequestContext, Named(id): Named<PhotoId>) -> Result<Json<PhotoDetail>, Refusal> {
    let (row, look) = list::photo_detail(&cx, id).await?;
    Ok(Json(detail(&row, look)))
}
