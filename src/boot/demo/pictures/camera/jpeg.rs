//! From the developed picture to the camera's file.

use fast_image_resize::images::Image;
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};

/// Enlarges three-byte pixels; on nonsensical sizes the answer is empty.
pub fn enlarge(pixels: Vec<u8>, from: (u32, u32), to: (u32, u32)) -> Vec<u8> {
    let Ok(small) = Image::from_vec_u8(from.0, from.1, pixels, PixelType::U8x3) else { return Vec::new() };
    let mut large = Image::new(to.0, to.1, PixelType::U8x3);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom));
    match Resizer::new().resize(&small, &mut large, &options) {
        Ok(()) => large.into_vec(),
        Err(_) => Vec::new(),
    }
}

/// Turns upright pixels the way a tilted camera stores them, for EXIF `orientation` 3, 6 or 8; others stay.
pub fn as_stored(upright: Vec<u8>, (width, height): (u32, u32), orientation: u8) -> (Vec<u8>, (u32, u32)) {
    let (w, h) = (width as usize, height as usize);
    let source = |x: usize, y: usize| (y * w + x) * 3;
    let mut stored = Vec::with_capacity(upright.len());
    match orientation {
        3 => {
            for pixel in upright.chunks_exact(3).rev() {
                stored.extend_from_slice(pixel);
            }
            (stored, (width, height))
        }
        6 | 8 => {
            for row in 0..w {
                for column in 0..h {
                    let at = if orientation == 6 { source(w - 1 - row, column) } else { source(row, h - 1 - column) };
                    stored.extend_from_slice(&upright[at..at + 3]);
                }
            }
            (stored, (height, width))
        }
        _ => (upright, (width, height)),
    }
}

/// A JPEG as cameras write it: quality 90, colour at half resolution, EXIF straight after the start mark.
pub fn encode(pixels: &[u8], (width, height): (u32, u32), exif: &[u8]) -> Vec<u8> {
    let image = turbojpeg::Image {
        pixels,
        width: width as usize,
        pitch: width as usize * 3,
        height: height as usize,
        format: turbojpeg::PixelFormat::RGB,
    };
    let Ok(jpeg) = turbojpeg::compress(image, 90, turbojpeg::Subsamp::Sub2x2) else { return Vec::new() };
    let length = (exif.len() + 2) as u16;
    let mut file = Vec::with_capacity(jpeg.len() + exif.len() + 4);
    file.extend_from_slice(&[0xFF, 0xD8, 0xFF, 0xE1]);
    file.extend_from_slice(&length.to_be_bytes());
    file.extend_from_slice(exif);
    file.extend_from_slice(&jpeg[2..]);
    file
}
