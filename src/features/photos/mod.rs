//! Photographs: taking originals in, preparing variants, what the camera wrote, the watermark.
mod types;

#[cfg(feature = "ssr")]
pub mod server;

pub use types::{PhotoFact, PhotoStatus, Placeholder, Tally};
