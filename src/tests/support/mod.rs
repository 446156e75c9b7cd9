//! The world of a test: real services on a temporary folder, a clock that the test moves, and people in it.
pub mod browser;
pub mod bucket;
pub mod postmaster;
pub mod postoffice;
pub mod program;
mod rounds;
pub mod shop;
pub mod stripe;
mod world;

pub use rounds::{figure, rounds};
pub use world::{NOON, World, worlds, worlds_in_real_time, worlds_with};
