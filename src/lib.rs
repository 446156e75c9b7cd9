//! PhotoVault: one self-hosted program that carries a photographer's whole job on one record.
#![recursion_limit = "256"]

pub mod features;
pub mod paths;
pub mod shared;
pub mod ui;

#[cfg(feature = "ssr")]
pub mod platform;
