pub mod service;
mod policy;
