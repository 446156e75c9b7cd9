//! The owner's console: the people of the installation, and the mail that it sent.
mod api;
#[cfg(feature = "ssr")]
pub mod server;
mod types;
mod ui;

pub use api::*;
pub use types::{ConsoleView, FailedJobRow, FaultDesk, FaultRow, JobCount, MailDesk, MailRow, Piece, SampleRow, Standing};
pub use ui::*;
