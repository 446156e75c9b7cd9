pub mod list;
pub mod rest;
pub mod service;
