pub mod service;
mod lists;
mod mails;
mod policy;
mod store;
