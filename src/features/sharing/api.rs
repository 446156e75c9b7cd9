use super::types::{AccessView, Assigned, GalleryOnHome};
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
    crate::platform::answer::go_to(&format!("{}#access", crate::paths::studio_gallery(gallery)), &done.told());
    if let Some(undo) = done.undo() {
        crate::platform::answer::offer(&undo);
    }
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

/// What a gallery shows on the home page.
#[server(prefix = "/_fn", endpoint = "gallery_on_home_page")]
pub async fn gallery_on_home_page(gallery: GalleryId) -> Result<GalleryOnHome, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::home::of_gallery(&cx, gallery).await
}

#[server(prefix = "/_fn", endpoint = "show_on_home_page")]
pub async fn show_on_home_page(gallery: GalleryId, #[server(default)] photos: Vec<PhotoId>, shown: bool) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::home::show_on_home_page(&cx, gallery, &photos, shown).await?;
    let sentence = if shown { "On the home page now." } else { "Taken off the home page." };
    crate::platform::answer::go_to(&format!("{}#home", crate::paths::studio_gallery(gallery)), sentence);
    Ok(())
}

/// `knowing`: the person was told that some of them are sold.
#[server(prefix = "/_fn", endpoint = "remove_photos")]
pub async fn remove_photos(
    gallery: GalleryId,
    #[server(default)] photos: Vec<PhotoId>,
    #[server(default)] knowing: Option<String>,
) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    let (undo, count) = super::server::service::remove_photos(&cx, gallery, &photos, knowing.is_some()).await?;
    let sentence = if count == 1 { "One photograph removed.".into() } else { format!("{count} photographs removed.") };
    crate::platform::answer::go_to(&format!("{}?removed={}", crate::paths::studio_gallery(gallery), undo.at), &sentence);
    Ok(())
}
