//! The business, one folder per noun, lowest first; a domain uses only those above it in this list.
pub mod accounts;
pub mod admin;
pub mod cart;
pub mod catalogue;
pub mod delivery;
pub mod galleries;
pub mod images;
pub mod orders;
pub mod photos;
pub mod sharing;
pub mod site;
