//! All SQL of `users`, `sessions` and `links`.
pub mod links;
pub mod sessions;
pub mod users;
