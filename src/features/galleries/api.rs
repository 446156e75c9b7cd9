//! The doors for the studio's pages, forms and islands.
use super::types::{GalleryCard, GalleryDesk, Overview, PhotoList, Progress, UploadReport};
use crate::shared::{AppError, GalleryId, Page, PhotoId};
use leptos::{
    prelude::*,
    server_fn::codec::{MultipartData, MultipartFormData},
};

#[server(prefix = "/_fn", endpoint = "studio_overview")]
pub async fn studio_overview() -> Result<Overview, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::overview(&cx).await
}

#[server(prefix = "/_fn", endpoint = "studio_galleries")]
pub async fn studio_galleries(after: Option<String>) -> Result<Page<GalleryCard>, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::page_of_galleries(&cx, after.as_deref()).await
}

/// `removed`: the removal that the page offers to take back.
#[server(prefix = "/_fn", endpoint = "studio_gallery")]
pub async fn studio_gallery(gallery: GalleryId, after: Option<String>, removed: Option<i64>) -> Result<GalleryDesk, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::studio_gallery(&cx, gallery, after.as_deref(), removed).await
}

#[server(prefix = "/_fn", endpoint = "studio_photos")]
pub async fn studio_photos(
    status: Option<String>,
    gallery: Option<String>,
    name: Option<String>,
    after: Option<String>,
) -> Result<PhotoList, AppError> {
    use crate::features::photos::server::ListFilter;
    let cx = crate::platform::RequestContext::current().await?;
    let filter = ListFilter {
        status: status.filter(|word| !word.is_empty()).map(|word| word.parse()).transpose()?,
        gallery: gallery.filter(|id| !id.is_empty()).map(|id| id.parse()).transpose()?,
        name: name.unwrap_or_default().trim().into(),
        oldest_first: false,
    };
    super::server::service::photo_list(&cx, &filter, after.as_deref()).await
}

#[server(prefix = "/_fn", endpoint = "create_gallery")]
pub async fn create_gallery(
    title: String,
    #[server(default)] event_date: String,
    #[server(default)] client_name: String,
) -> Result<GalleryId, AppError> {
    use super::types::NewGallery;
    let cx = crate::platform::RequestContext::current().await?;
    let id = super::server::service::create_gallery(&cx, NewGallery { title, event_date, client_name }).await?;
    crate::platform::answer::go_to(&crate::paths::studio_gallery(id), "Gallery created. Now bring in its photographs.");
    Ok(id)
}

#[server(prefix = "/_fn", endpoint = "change_gallery")]
#[allow(clippy::too_many_arguments)] // one for each field of the form
pub async fn change_gallery(
    gallery: GalleryId,
    version: i64,
    title: String,
    #[server(default)] event_date: String,
    #[server(default)] client_name: String,
    #[server(default)] note: String,
    #[server(default)] shows_prices: Option<String>,
    #[server(default)] has_watermark: Option<String>,
    #[server(default)] has_free_downloads: Option<String>,
) -> Result<(), AppError> {
    use super::types::GallerySettings;
    let cx = crate::platform::RequestContext::current().await?;
    let (shows_prices, has_watermark, has_free_downloads) = (shows_prices.is_some(), has_watermark.is_some(), has_free_downloads.is_some());
    let settings = GallerySettings { title, event_date, client_name, note, shows_prices, has_watermark, has_free_downloads };
    super::server::service::change_gallery(&cx, gallery, version, settings).await?;
    crate::platform::answer::go_to(&crate::paths::studio_gallery(gallery), "Gallery saved.");
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "publish_gallery")]
pub async fn publish_gallery(gallery: GalleryId) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::publish_gallery(&cx, gallery).await?;
    crate::platform::answer::go_to(&crate::paths::studio_gallery(gallery), "Gallery published.");
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "unpublish_gallery")]
pub async fn unpublish_gallery(gallery: GalleryId) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::unpublish_gallery(&cx, gallery).await?;
    crate::platform::answer::go_to(&crate::paths::studio_gallery(gallery), "Gallery is a draft again; its clients don't see it.");
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "remove_gallery")]
pub async fn remove_gallery(gallery: GalleryId) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::remove_gallery(&cx, gallery).await?;
    crate::platform::answer::go_to(&format!("{}?removed={gallery}", crate::paths::STUDIO_GALLERIES), "Gallery removed.");
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "restore_gallery")]
pub async fn restore_gallery(gallery: GalleryId) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::restore_gallery(&cx, gallery).await?;
    crate::platform::answer::go_to(&crate::paths::studio_gallery(gallery), "Gallery is back.");
    Ok(())
}

/// The form's checkboxes may name several; the first becomes the cover.
#[server(prefix = "/_fn", endpoint = "set_cover")]
pub async fn set_cover(gallery: GalleryId, #[server(default)] photos: Vec<PhotoId>) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    let photo = photos.first().ok_or_else(|| AppError::field("photos", "choose the photograph that becomes the cover"))?;
    super::server::service::set_cover(&cx, gallery, *photo).await?;
    crate::platform::answer::go_to(&crate::paths::studio_gallery(gallery), "Cover chosen.");
    Ok(())
}

/// Moves photographs before `before`, or to the end.
#[server(prefix = "/_fn", endpoint = "reorder_photos")]
pub async fn reorder_photos(
    gallery: GalleryId,
    #[server(default)] photos: Vec<PhotoId>,
    #[server(default)] before: Option<PhotoId>,
) -> Result<(), AppError> {
    use crate::features::photos::server::NewOrder;
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::reorder_photos(&cx, gallery, NewOrder::Before { moved: photos, target: before }).await
}

/// The chosen photographs go one place up or down, to the start or to the end: the same without a pointer.
#[server(prefix = "/_fn", endpoint = "move_photos")]
pub async fn move_photos(gallery: GalleryId, #[server(default)] photos: Vec<PhotoId>, way: String) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::move_photos(&cx, gallery, &photos, way.parse()?).await
}

/// Puts the whole gallery in the order of its file names or of the moments when the photographs were taken.
#[server(prefix = "/_fn", endpoint = "sort_photos")]
pub async fn sort_photos(gallery: GalleryId, by: String) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::sort_photos(&cx, gallery, by.parse()?).await?;
    crate::platform::answer::go_to(&crate::paths::studio_gallery(gallery), "The photographs are in order.");
    Ok(())
}

/// Takes back the removal of that instant.
#[server(prefix = "/_fn", endpoint = "restore_photos")]
pub async fn restore_photos(gallery: GalleryId, at: i64) -> Result<(), AppError> {
    use crate::features::photos::server::service::Undo;
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::restore_photos(&cx, Undo { gallery, at }).await?;
    crate::platform::answer::go_to(&crate::paths::studio_gallery(gallery), "The photographs are back.");
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "title_photo")]
pub async fn title_photo(photo: PhotoId, title: String) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::title_photo(&cx, photo, &title).await?;
    crate::platform::answer::say("Title saved.");
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "retry_photo")]
pub async fn retry_photo(photo: PhotoId) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::retry_photo(&cx, photo).await.map(drop)
}

/// How far a gallery's photographs are; see [`Progress`].
#[server(prefix = "/_fn", endpoint = "gallery_progress")]
pub async fn gallery_progress(
    gallery: GalleryId,
    #[server(default)] waiting: Vec<PhotoId>,
    #[server(default)] last: Option<String>,
) -> Result<Progress, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::progress(&cx, gallery, &waiting, last.as_deref()).await
}

/// Fields: `gallery` first, then any number of files named `photos`.
#[server(input = MultipartFormData, prefix = "/_fn", endpoint = "upload_photos")]
pub async fn upload_photos(data: MultipartData) -> Result<UploadReport, AppError> {
    use crate::platform::answer;
    let cx = crate::platform::RequestContext::current().await?;
    let parts = data.into_inner().ok_or(AppError::BadRequest)?;
    let upload = super::server::upload::upload_photos(&cx, parts).await?;
    match upload.report.problems() {
        none if none.is_empty() => answer::go_to(&crate::paths::studio_gallery(upload.gallery), &upload.report.sentence()),
        some => answer::partly_refused(some),
    }
    Ok(upload.report)
}
