use super::{PriceChoice, PricesView};
use crate::shared::{AppError, GalleryId};
use leptos::prelude::*;

#[server(prefix = "/_fn", endpoint = "prices_page")]
pub async fn prices_page(open: Option<GalleryId>, after: Option<String>) -> Result<PricesView, AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::prices_page(&cx, open, after).await
}

#[server(prefix = "/_fn", endpoint = "set_studio_prices")]
pub async fn set_studio_prices(
    #[server(default)] web_amount: String,
    #[server(default)] web_licence: String,
    #[server(default)] original_amount: String,
    #[server(default)] original_licence: String,
) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    super::server::service::set_studio_prices(&cx, super::StudioPricesForm { web_amount, web_licence, original_amount, original_licence })
        .await?;
    crate::platform::answer::go_to(crate::paths::STUDIO_PRICES, "Studio prices saved.");
    Ok(())
}

#[server(prefix = "/_fn", endpoint = "set_gallery_prices")]
pub async fn set_gallery_prices(
    gallery: GalleryId,
    web_choice: PriceChoice,
    #[server(default)] web_amount: String,
    #[server(default)] web_licence: String,
    original_choice: PriceChoice,
    #[server(default)] original_amount: String,
    #[server(default)] original_licence: String,
) -> Result<(), AppError> {
    let cx = crate::platform::RequestContext::current().await?;
    let form = super::GalleryPricesForm { web_choice, web_amount, web_licence, original_choice, original_amount, original_licence };
    super::server::service::set_gallery_prices(&cx, gallery, form).await?;
    crate::platform::answer::go_to(crate::paths::STUDIO_PRICES, "Gallery prices saved.");
    Ok(())
}
