//! From a file to a [`Raster`]: libjpeg-turbo at a reduced scale for JPEG, the `image` crate for the others.

use super::containers::{check_png, check_webp};
use super::facts::orientation_of;
use super::flatten::flatten;
use super::format::Format;
use super::header::{Header, open};
use super::jpeg::{self, Until};
use super::raster::{Raster, reduction};
use super::refusal::{Limits, Refusal};
use image::ImageDecoder;
use image::codecs::{gif::GifDecoder, png::PngDecoder, tiff::TiffDecoder, webp::WebPDecoder};
use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::path::Path;
use turbojpeg::{Colorspace, Decompressor, Image, PixelFormat, ScalingFactor};

pub(super) type Still<'a> = Box<dyn ImageDecoder + 'a>;

/// What PNG may keep of profiles and text, inflated; and, in TIFF, of everything that is not pixels.
const METADATA: u64 = 16 << 20;
const MAX_SCANS: u32 = 100;

pub(super) struct Decoded {
    /// JPEGs may come at a fraction of the full size.
    pub raster: Raster,
    /// Full size, as stored.
    pub width: u32,
    pub height: u32,
    pub orientation: u8,
    pub icc: Option<Vec<u8>>,
}

pub(super) fn decode(path: &Path, limits: &Limits) -> Result<Decoded, Refusal> {
    let (format, mut file, length) = open(path)?;
    if format == Format::Jpeg {
        return decode_jpeg(file, length, limits);
    }
    let mut still = still(format, &mut file, length)?;
    let header = Header::of_still(format, &mut still, limits)?;
    limits.check_memory(header.memory_to_develop())?;
    let icc = still.icc_profile().ok().flatten();
    let orientation = match format {
        Format::Tiff => still.orientation().map_or(1, |orientation| orientation.to_exif()),
        _ => exif_of(&mut still).map_or(1, orientation_of),
    };
    let raster = pixels_of(still, limits)?;
    Ok(Decoded { raster, width: header.width, height: header.height, orientation, icc })
}

/// Opens the decoder: the header is read and the container walked, no pixel decoded.
pub(super) fn still<'a>(format: Format, file: &'a mut File, length: u64) -> Result<Still<'a>, Refusal> {
    match format {
        Format::Png => check_png(file, length)?,
        Format::WebP => check_webp(file, length)?,
        _ => {}
    }
    file.rewind()?;
    let file = BufReader::with_capacity(64 * 1024, file);
    Ok(match format {
        Format::Png => {
            let mut limits = image::Limits::no_limits();
            limits.max_alloc = Some(METADATA);
            Box::new(PngDecoder::with_limits(file, limits)?)
        }
        Format::WebP => Box::new(WebPDecoder::new(file)?),
        Format::Gif => Box::new(GifDecoder::new(file)?),
        Format::Tiff => Box::new(TiffDecoder::new(file)?),
        Format::Jpeg => return Err(Refusal::unknown()),
    })
}

/// The first frame, whatever follows it.
pub(super) fn pixels_of(mut still: Still<'_>, limits: &Limits) -> Result<Raster, Refusal> {
    let (width, height) = still.dimensions();
    let (colour, total) = (still.color_type(), still.total_bytes());
    limits.check_memory(total)?;
    let mut memory = image::Limits::no_limits();
    memory.max_alloc = Some(total.saturating_mul(2) + METADATA);
    still.set_limits(memory)?;
    let mut pixels = vec![0; usize::try_from(total).map_err(Refusal::damaged)?];
    still.read_image_boxed(&mut pixels)?;
    let channels = flatten(&mut pixels, colour)?;
    Ok(Raster { width, height, channels, pixels })
}

pub(super) fn exif_of(still: &mut Still<'_>) -> Option<Vec<u8>> {
    let exif = still.exif_metadata().ok().flatten()?;
    // Some writers of WebP put JPEG's prefix before it.
    Some(exif.strip_prefix(b"Exif\0\0").map(<[u8]>::to_vec).unwrap_or(exif))
}

/// A TIFF is its own Exif block. Facts stand near the front; of a large file the front is enough.
pub(super) fn head_of(path: &Path) -> Result<Option<Vec<u8>>, Refusal> {
    let mut head = Vec::new();
    File::open(path)?.take(METADATA).read_to_end(&mut head)?;
    Ok(Some(head))
}

fn decode_jpeg(mut file: File, length: u64, limits: &Limits) -> Result<Decoded, Refusal> {
    limits.check_memory(length)?;
    let mut data = Vec::with_capacity(usize::try_from(length).map_err(Refusal::damaged)?);
    file.read_to_end(&mut data)?;
    drop(file);
    let header = jpeg::walk(&data[..], Until::FirstScan, limits)?;
    limits.check_memory(Header::of_jpeg(&header, length).memory_to_develop())?;
    let raster = turbo(&data, header.width.max(header.height))?;
    let orientation = header.exif.map_or(1, orientation_of);
    Ok(Decoded { raster, width: header.width, height: header.height, orientation, icc: header.icc })
}

fn turbo(data: &[u8], long_side: u32) -> Result<Raster, Refusal> {
    let broken = |_| Refusal::damaged("its picture data cannot be read");
    let mut decoder = Decompressor::new().map_err(Refusal::ours)?;
    decoder.set_scan_limit(MAX_SCANS).map_err(Refusal::ours)?;
    let header = decoder.read_header(data).map_err(broken)?;
    let scale = ScalingFactor::new(1, reduction(long_side) as usize);
    decoder.set_scaling_factor(scale).map_err(broken)?;
    let (format, channels) = match header.colorspace {
        Colorspace::Gray => (PixelFormat::GRAY, 1),
        Colorspace::CMYK | Colorspace::YCCK => (PixelFormat::CMYK, 4),
        _ => (PixelFormat::RGB, 3),
    };
    let (width, height) = (scale.scale(header.width), scale.scale(header.height));
    let mut pixels = vec![0; width * height * channels];
    let image = Image { pixels: &mut pixels[..], width, pitch: width * channels, height, format };
    match decoder.decompress(data, image) {
        Err(error) if !is_a_warning(&error) => return Err(broken(error)),
        _ => {}
    }
    if channels == 4 {
        // Adobe stores ink upside down and everybody, browsers included, follows.
        pixels.iter_mut().for_each(|ink| *ink = 255 - *ink);
    }
    Ok(Raster { width: width as u32, height: height as u32, channels, pixels })
}

/// libjpeg reports flipped bits and stray bytes after it has drawn the picture all the same. Cameras write stray bytes;
/// the person sees the picture as a browser would show it.
fn is_a_warning(error: &turbojpeg::Error) -> bool {
    let words = error.to_string();
    ["Corrupt JPEG data", "Inconsistent progression", "Invalid SOS parameters", "Premature end", "Warning", "Unknown Adobe"]
        .iter()
        .any(|sign| words.contains(sign))
}
