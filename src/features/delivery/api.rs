use super::types::{Look, MoreTiles, MyRooms, Room};
use crate::{
    features::site::HomeView,
    shared::{AppError, GalleryId, PhotoId},
};
use leptos::prelude::*;

/// What the front page shows: the studio's words, and the pictures that it shows to everybody.
#[server(prefix = "/_fn", endpoint = "front")]
pub async fn front() -> Result<HomeView, AppError> {
    use crate::{
        features::{
            sharing::server::home,
            site::{PublicPicture, server::service::words},
        },
        paths,
    };
    let cx = crate::platform::RequestContext::current().await?;
    let shown = home::home_pictures(&cx.db).await?;
    let mut pictures = shown.into_iter().map(|picture| PublicPicture {
        small: paths::home_picture(picture.photo, "web-1024"),
        large: paths::home_picture(picture.photo, "web-2048"),
        alt: picture.title,
        ratio: picture.width as f32 / picture.height.max(1) as f32,
    });
    Ok(HomeView { words: words(&cx.db).await?, hero: pictures.next(), strip: pictures.collect() })
}

#[server(prefix = "/_fn", endpoint = "my_galleries")]
pub async fn my_galleries() -> Result<MyRooms, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::my_galleries(&cx).await
}

#[server(prefix = "/_fn", endpoint = "gallery_room")]
pub async fn gallery_room(gallery: GalleryId, #[server(default)] after: Option<String>) -> Result<Room, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::room(&cx, gallery, after).await
}

/// The next page of the wall, as HTML: what the browser hangs up is what the server draws.
#[server(prefix = "/_fn", endpoint = "more_photographs")]
pub async fn more_photographs(gallery: GalleryId, after: String) -> Result<MoreTiles, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    let page = super::server::service::more_photographs(&cx, gallery, &after).await?;
    Ok(MoreTiles { html: super::ui::tiles(page.items, usize::MAX).to_html(), next: page.next })
}

#[server(prefix = "/_fn", endpoint = "look_at_photo")]
pub async fn look_at_photo(gallery: GalleryId, photo: PhotoId) -> Result<Look, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::look(&cx, gallery, photo).await
}
