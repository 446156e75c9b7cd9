//! How the program comes to life: settings, services, doors, workers.
pub mod api;
pub mod assets;
pub mod demo;
pub mod doctor;
pub mod doors;
pub mod handlers;
pub mod pages;
pub mod router;
pub mod schedule;

mod bare;
mod command;
mod headers;
mod health;
mod identify;
mod listen;
mod live;
mod patience;
mod serve;
mod services;
mod trace;
mod upkeep;

pub use command::command;
pub use serve::{Listening, serve};
pub use services::{open_services, open_services_at};
