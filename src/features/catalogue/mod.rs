//! What is for sale: the price lists of the studio and of single galleries.
mod api;
mod types;
mod ui;
#[cfg(feature = "ssr")]
pub mod server;

pub use types::{GalleryPrice, GalleryPrices, GalleryPricesForm, Price, PriceChoice, PricesView, StudioPrice, StudioPricesForm, usual_licence};
// which copies there are is decided where they are handed out
pub use crate::features::sharing::Size;
pub use ui::PricesPage;
