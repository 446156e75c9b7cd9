//! Every picture leaves as sRGB. The transform runs on the 2048 picture: on the full one it would be the largest cost of all.

use super::raster::Raster;
use moxcms::{ColorProfile, DataColorSpace, Layout, ParsingOptions, RenderingIntent, TransformOptions};

/// The lattice of a real LUT profile has at most 33 points a side; what is larger wants our memory.
const MAX_LUT: usize = 16 << 20;

/// A profile that is broken, or made for other channels than the picture has, is passed over.
pub(super) fn to_srgb(picture: Raster, icc: Option<&[u8]>) -> Raster {
    match icc.and_then(|icc| through_profile(&picture, icc)) {
        Some(pixels) => Raster { channels: 3, pixels, ..picture },
        None => without_profile(picture),
    }
}

fn through_profile(picture: &Raster, icc: &[u8]) -> Option<Vec<u8>> {
    let limits = ParsingOptions { max_profile_size: MAX_LUT, max_allowed_clut_size: MAX_LUT, max_allowed_trc_size: 1 << 16 };
    let profile = ColorProfile::new_from_slice_with_options(icc, limits).ok()?;
    let layout = match (profile.color_space, picture.channels) {
        (DataColorSpace::Rgb, 3) => Layout::Rgb,
        (DataColorSpace::Gray, 1) => Layout::Gray,
        (DataColorSpace::Cmyk, 4) => Layout::Rgba,
        _ => return None,
    };
    let options = TransformOptions { rendering_intent: RenderingIntent::RelativeColorimetric, ..TransformOptions::default() };
    let transform = profile.create_transform_8bit(layout, &ColorProfile::new_srgb(), Layout::Rgb, options).ok()?;
    if layout == Layout::Rgb {
        // Cameras and editors write sRGB in a hundred wordings: ask the transform itself whether it changes anything.
        let probe: Vec<u8> = (0..125u32).flat_map(|n| [n % 5, n / 5 % 5, n / 25].map(|step| (step * 63) as u8)).collect();
        let mut seen = vec![0; probe.len()];
        transform.transform(&probe, &mut seen).ok()?;
        if probe.iter().zip(&seen).all(|(a, b)| a.abs_diff(*b) <= 2) {
            return None;
        }
    }
    let mut pixels = vec![0; picture.width as usize * picture.height as usize * 3];
    transform.transform(&picture.pixels, &mut pixels).ok()?;
    Some(pixels)
}

fn without_profile(picture: Raster) -> Raster {
    let pixels = match picture.channels {
        1 => picture.pixels.iter().flat_map(|&grey| [grey; 3]).collect(),
        4 => picture.pixels.chunks_exact(4).flat_map(|ink| [ink[0], ink[1], ink[2]].map(|colour| paper(colour, ink[3]))).collect(),
        _ => return picture,
    };
    Raster { channels: 3, pixels, ..picture }
}

/// Light left by one ink under black.
fn paper(ink: u8, black: u8) -> u8 {
    ((u32::from(255 - ink) * u32::from(255 - black) + 127) / 255) as u8
}
