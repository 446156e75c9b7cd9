mod invoices;
pub mod jobs;
mod lists;
mod mails;
mod policy;
pub mod programs;
pub mod purge;
pub mod rest;
pub mod service;
mod store;

pub use invoices::draw_paper;
