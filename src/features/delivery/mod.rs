//! The rooms that clients walk through: the front page, my galleries, a gallery, one photograph.
pub mod api;
mod types;
mod ui;

#[cfg(feature = "ssr")]
pub mod server;

pub use types::{Look, MoreTiles, MyRooms, Room, RoomCard, SelectionCard, Tile};
pub use ui::{Front, GalleriesPage, GalleryPage, PhotoPage};
