mod lines;
pub mod service;
mod store;
