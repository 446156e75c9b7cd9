//! What is for sale: the price lists of the studio and of single galleries.
mod api;
mod types;
#[cfg(feature = "ssr")]
pub mod server;

pub use types::{GalleryPrice, GalleryPrices, GalleryPricesForm, Price, PriceChoice, PricesView, Size, StudioPrice, StudioPricesForm};
