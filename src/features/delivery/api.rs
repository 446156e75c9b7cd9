use crate::{features::site::HomeView, shared::AppError};
use leptos::prelude::*;

/// What the front page shows: the studio's words, and the pictures that it shows to everybody.
#[server(prefix = "/_fn", endpoint = "front")]
pub async fn front() -> Result<HomeView, AppError> {
    use crate::{
        features::{sharing::server::home, site::{PublicPicture, server::service::words}},
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
