pub mod rest;
pub mod service;
pub mod upload;

mod arrange;
mod pages;
mod policy;
mod store;

pub use store::GalleryRow;
