//! The owner's console: the people of the installation, and the mail that it sent.
mod api;
#[cfg(feature = "ssr")]
pub mod server;
mod types;
mod ui;

pub use api::*;
pub use types::{ConsoleView, MailRow, Piece};
pub use ui::*;
