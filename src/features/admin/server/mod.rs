mod policy;
pub mod service;
