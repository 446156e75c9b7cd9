//! JPEG with 4:2:0: what the camera, the editor and the GPS wrote stays behind.

use super::raster::Raster;
use super::refusal::Refusal;
use turbojpeg::{Compressor, Image, PixelFormat, Subsamp};

/// Huffman tables of its own make a picture a twentieth smaller and cost a third more time.
pub(super) fn jpeg(picture: &Raster, quality: i32, own_tables: bool) -> Result<Vec<u8>, Refusal> {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let image = Image { pixels: &picture.pixels[..], width, pitch: width * 3, height, format: PixelFormat::RGB };
    let compress = || {
        let mut compressor = Compressor::new()?;
        compressor.set_quality(quality)?;
        compressor.set_subsamp(Subsamp::Sub2x2)?;
        compressor.set_optimize(own_tables)?;
        compressor.compress_to_vec(image)
    };
    compress().map_err(Refusal::ours)
}
