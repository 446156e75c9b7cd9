//! What stands in front of the demo studio's camera. Every painter takes dice and a frame, and returns light.

pub mod evening;
pub mod facade;
pub mod figure;
pub mod flowers;
pub mod highlands;
pub mod profile;
pub mod props;
pub mod ridges;
pub mod sea;
pub mod skyline;
pub mod still_life;
pub mod tree;
pub mod walls;
