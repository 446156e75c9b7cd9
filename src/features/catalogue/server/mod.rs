pub mod service;
mod policy;
mod store;
