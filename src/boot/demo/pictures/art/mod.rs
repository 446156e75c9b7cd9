//! The painter's materials: colours, noise, a canvas in linear light, brushes, skies, land and a ray marcher.

pub mod brush;
pub mod canvas;
pub mod dice;
pub mod land;
pub mod march;
pub mod noise;
pub mod sky;
pub mod solids;
pub mod vec3;

pub use canvas::{Canvas, Frame};
pub use dice::Dice;
pub use vec3::{Vec3, mix, rgb, smooth, v3};
