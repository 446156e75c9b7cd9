//! Promises: what PhotoVault keeps, on SQLite and on PostgreSQL.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod accounts;
mod api;
mod backup;
mod cart;
mod catalogue;
mod crash;
mod delivery;
mod doors;
mod galleries;
mod instances;
mod mail;
mod orders;
mod photos;
mod platform;
mod sharing;
mod site;
mod storage;
mod support;
