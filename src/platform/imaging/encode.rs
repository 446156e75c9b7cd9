//! JPEG with 4:2:0 and standard Huffman tables: what the camera, the editor and the GPS wrote stays behind.

use super::raster::Raster;
use super::refusal::Refusal;
use turbojpeg::{Compressor, Image, PixelFormat, Subsamp};

pub(super) fn jpeg(picture: &Raster, quality: i32) -> Result<Vec<u8>, Refusal> {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let image = Image { pixels: &picture.pixels[..], width, pitch: width * 3, height, format: PixelFormat::RGB };
    let compress = || {
        let mut compressor = Compressor::new()?;
        compressor.set_quality(quality)?;
        compressor.set_subsamp(Subsamp::Sub2x2)?;
        compressor.set_optimize(true)?;
        compressor.compress_to_vec(image)
    };
    compress().map_err(Refusal::ours)
}
