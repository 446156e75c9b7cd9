//! What is for sale: the price lists of the studio and of single galleries.
mod api;
#[cfg(feature = "ssr")]
pub mod server;
mod types;
mod ui;

pub use types::{
    GalleryPrice, GalleryPrices, GalleryPricesForm, Price, PriceChoice, PricesView, StudioPrice, StudioPricesForm, usual_licence,
};
// which copies there are is decided where they are handed out
pub use crate::features::sharing::Size;
pub use ui::PricesPage;
