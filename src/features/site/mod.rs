//! The studio itself: its name and words, its settings, its public pages, and the messages that reach it.
mod api;
mod types;
#[cfg(feature = "ssr")]
pub mod server;

pub use api::*;
pub use types::{NewMessage, Opening, Settings, Studio, WatermarkStyle};
