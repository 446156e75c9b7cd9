//! The benchmark's photographs, made by our own code: they compress about as a camera's do.

use super::Outcome;
use moxcms::ColorProfile;
use std::io::Write;
use std::path::Path;
use turbojpeg::{Compressor, Image, PixelFormat, Subsamp};

pub fn make(folder: &Path) -> Outcome {
    std::fs::create_dir_all(folder)?;
    // An editor's export carries its profile, whichever it is; a camera's own file often has none.
    let (srgb, adobe) = (ColorProfile::new_srgb().encode()?, ColorProfile::new_adobe_rgb().encode()?);
    let kinds = [
        ("24mp-420-srgb.jpg", 6000, 4000, Subsamp::Sub2x2, 94, None, Some(&srgb)),
        ("24mp-444-turned.jpg", 6000, 4000, Subsamp::None, 93, Some(6), None),
        ("45mp-420-adobe.jpg", 8256, 5504, Subsamp::Sub2x2, 91, None, Some(&adobe)),
        ("45mp-444-srgb.jpg", 8256, 5504, Subsamp::None, 92, None, Some(&srgb)),
    ];
    for (name, width, height, subsampling, quality, orientation, profile) in kinds {
        let pixels = scene(width, height);
        let mut compressor = Compressor::new()?;
        compressor.set_quality(quality)?;
        compressor.set_subsamp(subsampling)?;
        let jpeg = compressor.compress_to_vec(Image { pixels: &pixels[..], width, pitch: width * 3, height, format: PixelFormat::RGB })?;
        let mut file = std::fs::File::create(folder.join(name))?;
        file.write_all(&jpeg[..2])?;
        if let Some(orientation) = orientation {
            // One entry: tag 0x0112, a short.
            segment(
                &mut file,
                0xE1,
                &[&b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0"[..], &[orientation, 0, 0, 0], &[0; 4]].concat(),
            )?;
        }
        if let Some(profile) = profile {
            segment(&mut file, 0xE2, &[b"ICC_PROFILE\0\x01\x01", &profile[..]].concat())?;
        }
        file.write_all(&jpeg[2..])?;
        eprintln!("{name}: {:.1} MB", jpeg.len() as f64 / 1e6);
    }
    Ok(())
}

fn segment(file: &mut std::fs::File, marker: u8, content: &[u8]) -> std::io::Result<()> {
    file.write_all(&[0xFF, marker])?;
    file.write_all(&u16::try_from(content.len() + 2).unwrap_or(u16::MAX).to_be_bytes())?;
    file.write_all(content)
}

/// Gradients, shapes of every size and the noise of a sensor: compresses about as a camera's picture does.
fn scene(width: usize, height: usize) -> Vec<u8> {
    let mut state = 0x9E37_79B9u32;
    let mut pixels = Vec::with_capacity(width * height * 3);
    for y in 0..height {
        for x in 0..width {
            let (u, v) = (x as f32 / width as f32, y as f32 / height as f32);
            let shapes: f32 = (0..5).map(|octave| patch(x >> (9 - octave), y >> (9 - octave), octave) / (1 << octave) as f32).sum();
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            let grain = ((state & 15) as f32 + (state >> 4 & 15) as f32 - 15.0) * 0.95;
            let light = 70.0 * shapes + grain;
            pixels.extend(
                [50.0 + 90.0 * u + light, 60.0 + 60.0 * v + light * 0.9, 130.0 - 60.0 * u * v + light * 0.8]
                    .map(|value| value.clamp(0.0, 255.0) as u8),
            );
        }
    }
    pixels
}

/// 0 to 1, the same all over one patch.
fn patch(x: usize, y: usize, octave: usize) -> f32 {
    let mixed = (x as u32).wrapping_mul(0x85EB_CA6B) ^ (y as u32).wrapping_mul(0xC2B2_AE35) ^ (octave as u32) << 16;
    (mixed.wrapping_mul(0x27D4_EB2F) >> 24) as f32 / 255.0
}
