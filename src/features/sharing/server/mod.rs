//! Server half of sharing. What other domains call stands in the `pub use` lines.
mod announce;
pub mod assigning;
mod authorise;
mod download;
mod entitlements;
mod filename;
mod given;
pub mod home;
pub mod jobs;
mod media;
mod policy;
mod range;
mod removal;
pub mod rest;
pub mod service;
mod store;
mod wall;

pub use authorise::{Allowed, GalleryFacts, PhotoFacts, authorise, authorise_all, authorise_in};
pub use entitlements::{
    Copy, Entitlement, RightOfLine, copies_of, downloads_of, entitle, entitlements_of, restore, rights_of_lines, suspend, withdraw,
};
pub use given::{GivenFilter, given_photos};
pub use policy::Via;
pub use wall::{Entered, GalleryCard, Hall, Hanging, Selection, galleries_of, may_enter, neighbours, selections_of, visible_photos};
