//! All SQL of `users`, `sessions`, `links` and the tokens of programs.
pub mod codes;
pub mod links;
pub mod sessions;
pub mod tokens;
pub mod users;
