//! Sharing: who may see and have what. One question, `authorise`, stands before every byte that leaves the house;
//! rights are grants (by account, or by an address that has yet to prove itself) and bought entitlements.
pub mod api;
mod types;
mod ui;

#[cfg(feature = "ssr")]
pub mod server;

pub use types::{
    Access, AccessView, Assign, Assigned, Capability, ClientGallery, ClientRow, GalleryOnHome, HomePicture, KnownClient, Picture, Size,
};
pub use ui::{AssignPanel, HomePanel, sees};
