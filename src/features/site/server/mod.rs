mod policy;
pub mod service;
pub mod setup_code;
mod store;

pub use store::Message;
