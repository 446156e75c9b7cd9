//! What a person means to buy, now or later, on whatever device.
mod api;
mod types;
#[cfg(feature = "ssr")]
pub mod server;

pub use types::{CartLine, CartView, Obstacle, Offer, ShownPhoto};
