//! The owner's console: the people of the installation, and the mail that it sent.
mod api;
mod types;
mod ui;
#[cfg(feature = "ssr")]
pub mod server;

pub use api::*;
pub use types::{ConsoleView, MailRow, Piece};
pub use ui::*;
