//! Galleries as the photographer makes them: titles, order, cover, publishing, uploading into them.
pub mod api;
mod types;
mod ui;

#[cfg(feature = "ssr")]
pub mod server;

pub use types::{
    GalleryCard, GalleryDesk, GallerySettings, GalleryStatus, GalleryView, NewGallery, Overview, PhotoLine, PhotoList, PhotoTile, Progress,
    SortBy, Undo, UploadOutcome, UploadReport, UploadedFile, Way,
};
pub use ui::{StudioGalleriesPage, StudioGalleryPage, StudioOverviewPage, StudioPhotosPage};
