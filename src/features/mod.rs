//! The business, one folder per noun, lowest first; a domain uses only those above it in this list.
pub mod site;
pub mod accounts;
pub mod photos;
pub mod galleries;
pub mod sharing;
pub mod catalogue;
pub mod cart;
pub mod delivery;
pub mod orders;
pub mod admin;
