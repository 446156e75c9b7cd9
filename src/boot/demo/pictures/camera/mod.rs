//! What a camera does once the light is there: film, grain, the JPEG and what it writes into it.

pub mod exif;
pub mod film;
pub mod grain;
pub mod jpeg;
