pub mod faults;
mod policy;
pub mod rest;
pub mod service;
