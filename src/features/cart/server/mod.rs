pub mod service;
mod lines;
mod store;
