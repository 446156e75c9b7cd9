//! The demo studio's photographs. No real ones are shipped: each is painted here, from a seed, always the same,
//! then developed, enlarged to a camera's size, sprinkled with sensor noise and stored as a camera's JPEG with EXIF.
//!
//! `art` holds the painter's materials, `scenes` the subjects, `camera` the way from light to file.

mod art;
mod camera;
mod galleries;
mod scenes;
mod subject;

pub use galleries::{DemoGallery, demo_shots};
pub use subject::Subject;

use art::{Dice, Frame};
use camera::{exif, film, grain, jpeg};

/// One press of the shutter.
#[derive(Clone, Debug)]
pub struct Shot {
    pub seed: u64,
    pub subject: Subject,
    /// The upright size, as people see it. A turned `orientation` stores it the other way round.
    pub width: u32,
    pub height: u32,
    /// Maker, a space, model.
    pub camera: &'static str,
    pub lens: &'static str,
    pub focal_mm: u32,
    pub aperture_tenths: u32,
    /// Seconds, as a fraction.
    pub shutter: (u32, u32),
    pub iso: u32,
    /// "2026:06:14 15:04:05", local time, as EXIF writes it.
    pub taken_at: String,
    /// EXIF orientation: 1, 3, 6 or 8. The pixels are stored turned, so that a viewer who obeys it sees them upright.
    pub orientation: u8,
}

/// The camera's JPEG. Empty only when the size is nonsensical.
pub fn develop_shot(shot: &Shot) -> Vec<u8> {
    let size = (shot.width, shot.height);
    let small = painted_size(size, shot.subject.fineness());
    let frame = Frame { width: small.0 as usize, height: small.1 as usize };
    if frame.width < 32 || frame.height < 32 {
        return Vec::new();
    }
    let light = shot.subject.paint(&mut Dice::new(shot.seed), frame);
    let film = shot.subject.film();
    let pixels = film::develop(&light, &film);
    let mut pixels = jpeg::enlarge(pixels, small, size);
    let noise = film.grain * (shot.iso as f32 / 200.0).powf(0.3).clamp(0.8, 2.6);
    grain::sprinkle(&mut pixels, shot.width as usize, noise, shot.seed);
    let (pixels, stored) = jpeg::as_stored(pixels, size, shot.orientation);
    jpeg::encode(&pixels, stored, &exif::app1(shot, stored, shot.subject.whereabouts(shot.seed)))
}

/// Painting at camera size would take minutes; the enlargement is hidden by grain, as a lens's softness is.
fn painted_size((width, height): (u32, u32), long_side: u32) -> (u32, u32) {
    let scale = (long_side as f32 / width.max(height).max(1) as f32).min(1.0);
    (((width as f32 * scale).round() as u32), ((height as f32 * scale).round() as u32))
}

#[cfg(test)]
mod tests;
