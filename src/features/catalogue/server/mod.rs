mod policy;
pub mod service;
mod store;
