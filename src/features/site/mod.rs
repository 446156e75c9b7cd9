//! The studio itself: its name and words, its settings, its public pages, and the messages that reach it.
mod api;
#[cfg(feature = "ssr")]
pub mod server;
mod types;
mod ui;
mod words;

pub use api::*;
pub use types::{NewMessage, Opening, Settings, SettingsView, Studio, WatermarkStyle};
pub use ui::{About, Contact, HomePage, Services, SettingsPage};
pub use words::{HomeView, PublicPicture, StudioWords};
