mod buying;
mod front;
mod galleries_page;
mod gallery_page;
mod lightbox;
mod photo_page;
mod tile;
mod wall;

pub use front::Front;
pub use galleries_page::GalleriesPage;
pub use gallery_page::GalleryPage;
pub use photo_page::PhotoPage;
#[cfg(feature = "ssr")]
pub use tile::tiles;
