pub mod service;
pub mod setup_code;
mod policy;
mod store;

pub use store::Message;
