//! Sharing: who may see and have what. One question, `authorise`, stands before every byte that leaves the house;
//! rights are grants (by account, or by an address that has yet to prove itself) and bought entitlements.
mod types;

#[cfg(feature = "ssr")]
pub mod server;

pub use types::{Access, Assigned, Capability, HomePicture, KnownClient, Picture, Size};
