//! What a person means to buy, now or later, on whatever device.
mod api;
#[cfg(feature = "ssr")]
pub mod server;
mod types;
mod ui;

pub use api::{add_to_cart, move_to_cart, remove_from_cart, save_for_later};
pub use types::{CartLine, CartView, Obstacle, Offer, ShownPhoto, Standing, StandingSize};
pub use ui::{CartPage, LineWords};
