use super::types::{AccessView, Assigned, ClientRow, HomePicture};
use crate::shared::{AppError, BatchId, GalleryId, PhotoId, UserId};
use leptos::prelude::*;

#[server(prefix = "/_fn", endpoint = "gallery_access")]
pub async fn gallery_access(gallery: GalleryId) -> Result<AccessView, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::gallery_access(&cx, gallery).await
}

/// No photos: the whole gallery. The page that comes back offers to undo it.
#[server(prefix = "/_fn", endpoint = "assign_gallery")]
pub async fn assign_gallery(
    gallery: GalleryId,
    #[server(default)] photos: Vec<PhotoId>,
    #[server(default)] people: Vec<UserId>,
    #[server(default)] emails: String,
) -> Result<Assigned, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    let done = super::server::service::assign(&cx, super::types::Assign { gallery, photos, people, emails }).await?;
    crate::platform::answer::go_to(&done.page(), &done.told());
    Ok(done)
}

#[server(prefix = "/_fn", endpoint = "undo_assignment")]
pub async fn undo_assignment(batch: BatchId) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    let (gallery, _) = super::server::service::undo_batch(&cx, batch).await?;
    crate::platform::answer::go_to(&crate::paths::studio_gallery(gallery), "The assignment is undone.");
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "revoke_access")]
pub async fn revoke_access(
    gallery: GalleryId,
    #[server(default)] person: Option<UserId>,
    #[server(default)] email: Option<String>,
) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::revoke(&cx, gallery, person, email).await?;
    crate::platform::answer::go_to(&crate::paths::studio_gallery(gallery), "Access taken back.");
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "clients_page")]
pub async fn clients_page() -> Result<Vec<ClientRow>, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::clients_page(&cx).await
}

/// For everybody: what the studio chose to show on its home page.
#[server(prefix = "/_fn", endpoint = "home_pictures")]
pub async fn home_pictures() -> Result<Vec<HomePicture>, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::home::home_pictures(&cx.db).await
}

#[server(prefix = "/_fn", endpoint = "show_on_home_page")]
pub async fn show_on_home_page(photo: PhotoId, shown: bool) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::home::show_on_home_page(&cx, photo, shown).await
}
