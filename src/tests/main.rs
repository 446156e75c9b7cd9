//! Promises: what PhotoVault keeps, on SQLite and on PostgreSQL.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod platform;
mod support;
