mod lists;
mod mails;
mod policy;
pub mod service;
mod store;
