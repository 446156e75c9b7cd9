//! Assigning for programs.
use super::service;
use crate::{
    features::{photos::server::service as photos, sharing::Assign},
    platform::{
        RequestContext,
        rest::{Body, Endpoint, Refusal},
    },
    shared::{GalleryId, PhotoId, Scope, UserId},
};
use axum::Json;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;
use uuid::Uuid;

pub fn endpoints() -> Vec<Endpoint> {
    vec![Endpoint::needs(Scope::WritePhotos, routes!(assign)).also(&["/api/photos/assign"])]
}

#[derive(Deserialize, ToSchema)]
struct Assignment {
    /// May be left out when photographs are named: then it is theirs.
    gallery: Option<Uuid>,
    /// None, or an empty list: the whole gallery.
    photos: Option<Vec<Uuid>>,
    /// Accounts of clients.
    clients: Option<Vec<Uuid>>,
    /// Addresses; who has no account gets an invitation.
    emails: Option<Vec<String>>,
}

#[derive(Serialize, ToSchema)]
struct AssignedBody {
    /// Undoes exactly this on the gallery's page.
    batch: Uuid,
    gallery: Uuid,
    /// People who got something that they didn't have.
    people: usize,
    /// People who had all of it before.
    already: usize,
    /// Otherwise the letters wait until it is.
    is_published: bool,
}

/// Let clients see photographs, or a whole gallery.
#[utoipa::path(put, path = "/api/v1/photos/assign", tag = "photos", request_body = Assignment, responses((status = 200, body = AssignedBody)))]
async fn assign(cx: RequestContext, Body(form): Body<Assignment>) -> Result<Json<AssignedBody>, Refusal> {
    cx.actor.runs_galleries()?;
    let chosen: Vec<PhotoId> = form.photos.unwrap_or_default().into_iter().map(PhotoId).collect();
    let gallery = match (form.gallery, chosen.first()) {
        (Some(gallery), _) => GalleryId(gallery),
        (None, Some(first)) => photos::photo(&cx.db, *first).await?.ok_or_else(Refusal::not_found)?.gallery_id,
        (None, None) => return Err(Refusal::field("gallery", "This field is required.")),
    };
    let people = form.clients.unwrap_or_default().into_iter().map(UserId).collect();
    let done = service::assign(&cx, Assign { gallery, photos: chosen, people, emails: form.emails.unwrap_or_default().join("\n") }).await?;
    Ok(Json(AssignedBody {
        batch: done.batch.0,
        gallery: done.gallery.0,
        people: done.people,
        already: done.already,
        is_published: done.is_published,
    }))
}
