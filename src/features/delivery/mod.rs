//! The rooms that clients walk through: the front page, my galleries, a gallery, one photograph.
mod api;
mod ui;

pub use ui::Front;
