//! Orders: checkout, payment, the receipt, downloads of what was bought, and the studio's side of it.
mod api;
mod types;
#[cfg(feature = "ssr")]
pub mod server;

pub use types::*;
