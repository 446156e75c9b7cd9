//! Promises: what PhotoVault keeps, on SQLite and on PostgreSQL.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod galleries;
mod photos;
mod platform;
mod sharing;
mod support;
