mod lists;
mod mails;
mod policy;
pub mod purge;
pub mod service;
mod store;
