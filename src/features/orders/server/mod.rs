mod lists;
mod mails;
mod paid;
mod policy;
pub mod programs;
pub mod purge;
pub mod service;
mod store;
