use super::CartView;
use crate::{
    features::catalogue::Size,
    shared::{AppError, PhotoId},
};
use leptos::prelude::*;

#[server(prefix = "/_fn", endpoint = "cart_page")]
pub async fn cart_page() -> Result<CartView, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::cart(&cx).await
}

#[server(prefix = "/_fn", endpoint = "add_to_cart")]
pub async fn add_to_cart(photo: PhotoId, size: Size) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::add_to_cart(&cx, photo, size).await?;
    crate::platform::answer::say("Added to your cart.");
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "save_for_later")]
pub async fn save_for_later(photo: PhotoId, #[server(default)] size: Option<Size>) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    if let Some(size) = size {
        // from a gallery, whose page stays
        super::server::service::remember(&cx, photo, size).await?;
        crate::platform::answer::say("Saved for later.");
        return Ok(());
    }
    super::server::service::save_for_later(&cx, photo).await?;
    crate::platform::answer::go_to(crate::paths::CART, "Saved for later.");
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "move_to_cart")]
pub async fn move_to_cart(photo: PhotoId) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::move_to_cart(&cx, photo).await?;
    crate::platform::answer::go_to(crate::paths::CART, "Moved to your cart.");
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "remove_from_cart")]
pub async fn remove_from_cart(photo: PhotoId) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    let size = super::server::service::remove_from_cart(&cx, photo).await?;
    let cart = size.map_or_else(|| crate::paths::CART.to_string(), |size| crate::paths::cart_after_removing(photo, size));
    crate::platform::answer::go_to(&cart, "Removed from your cart.");
    Ok(())
}
