pub mod crowd;
pub mod intake;
pub mod integrity;
pub mod jobs;
pub mod purge;
pub mod service;

mod filename;
mod mark;
mod order;
mod pictures;
mod placeholder;
mod policy;
mod store;
mod sweep;

pub use order::NewOrder;
pub use store::{ListFilter, PhotoRow, Sorting};
