pub mod neighbours;
pub mod service;
mod policy;
mod store;
