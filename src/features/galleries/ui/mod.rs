mod galleries_page;
mod gallery_page;
mod overview_page;
mod photo_board;
mod photos_page;
mod small_thumb;
mod tray;
mod uploader;

pub use galleries_page::StudioGalleriesPage;
pub use gallery_page::StudioGalleryPage;
pub use overview_page::StudioOverviewPage;
pub use photos_page::StudioPhotosPage;
