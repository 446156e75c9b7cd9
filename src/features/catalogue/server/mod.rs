pub mod service;
mod neighbours;
mod policy;
mod store;
