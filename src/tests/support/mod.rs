//! The world of a test: real services on a temporary folder, a clock that the test moves, and people in it.
pub mod browser;
pub mod bucket;
pub mod postoffice;
pub mod program;
pub mod shop;
pub mod stripe;
mod world;

pub use world::{NOON, World, worlds, worlds_with};
