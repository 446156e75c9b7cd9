pub mod bytes;
pub mod crowd;
pub mod rest;
pub mod service;

mod filename;
mod policy;
mod store;
mod upload;

pub use store::ImageRow;
