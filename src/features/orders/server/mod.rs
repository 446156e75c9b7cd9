pub mod service;
mod mails;
mod policy;
mod store;
