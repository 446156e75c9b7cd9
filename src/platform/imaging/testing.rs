//! Photographs for tests, made on the spot: a soft gradient with a red box at the top left.

use super::raster::Raster;
use exif::experimental::Writer;
use exif::{Field, In, Rational, Tag, Value};
use image::{ExtendedColorType, ImageEncoder};
use std::io::Cursor;
use turbojpeg::{Compressor, Image, PixelFormat, Subsamp};

pub(crate) const BOX: [u8; 3] = [230, 20, 20];

/// RGB rows. The box covers a quarter of the width and of the height; from left to right, red rises from 60 to 180.
pub(crate) fn pixels(width: u32, height: u32) -> Vec<u8> {
    let soft: Vec<u8> = (0..width).flat_map(|x| [(60 + x * 120 / width) as u8, 110, 140]).collect();
    let edge = (width / 4 * 3) as usize;
    let boxed = [&BOX.repeat(edge / 3), &soft[edge..]].concat();
    // Two kinds of row, copied: tests run unoptimised.
    let top = (height / 4) as usize;
    [boxed.repeat(top), soft.repeat(height as usize - top)].concat()
}

pub(crate) fn jpeg(width: u32, height: u32) -> Vec<u8> {
    compress(&pixels(width, height), width, height, PixelFormat::RGB, false)
}

pub(crate) fn progressive_jpeg(width: u32, height: u32) -> Vec<u8> {
    compress(&pixels(width, height), width, height, PixelFormat::RGB, true)
}

pub(crate) fn grey_jpeg(width: u32, height: u32, level: u8) -> Vec<u8> {
    compress(&vec![level; (width * height) as usize], width, height, PixelFormat::GRAY, false)
}

/// As Adobe writes it: ink upside down, with Adobe's marker.
pub(crate) fn cmyk_jpeg(width: u32, height: u32) -> Vec<u8> {
    let inverted: Vec<u8> = pixels(width, height).chunks_exact(3).flat_map(|pixel| [pixel[0], pixel[1], pixel[2], 255]).collect();
    compress(&inverted, width, height, PixelFormat::CMYK, false)
}

/// Any rows of RGB as a JPEG of high quality.
pub(crate) fn jpeg_of(pixels: &[u8], width: u32, height: u32) -> Vec<u8> {
    compress(pixels, width, height, PixelFormat::RGB, false)
}

fn compress(pixels: &[u8], width: u32, height: u32, format: PixelFormat, progressive: bool) -> Vec<u8> {
    let (width, height) = (width as usize, height as usize);
    let mut compressor = Compressor::new().unwrap();
    compressor.set_quality(92).unwrap();
    compressor.set_subsamp(if format == PixelFormat::GRAY { Subsamp::Gray } else { Subsamp::None }).unwrap();
    compressor.set_progressive(progressive).unwrap();
    compressor.compress_to_vec(Image { pixels, width, pitch: width * format.size(), height, format }).unwrap()
}

/// Stored turned, so that it shows upright at `width` x `height` when `orientation` is obeyed.
pub(crate) fn turned_jpeg(width: u32, height: u32, orientation: u8) -> Vec<u8> {
    // Undoing a quarter turn is the opposite quarter turn; every other orientation undoes itself.
    let undo = match orientation {
        6 => 8,
        8 => 6,
        other => other,
    };
    let stored = Raster { width, height, channels: 3, pixels: pixels(width, height) }.upright(undo);
    with_exif(&jpeg_of(&stored.pixels, stored.width, stored.height), &[field(Tag::Orientation, Value::Short(vec![orientation.into()]))])
}

/// A photograph that says where it was taken (52.52 N, 13.405 E), by which camera and when.
pub(crate) fn located_jpeg(width: u32, height: u32) -> Vec<u8> {
    let ascii = |text: &str| Value::Ascii(vec![text.as_bytes().to_vec()]);
    let degrees = |parts: [u32; 3]| Value::Rational(parts.map(|num| Rational { num, denom: 1 }).to_vec());
    let ratio = |num, denom| Value::Rational(vec![Rational { num, denom }]);
    let fields = [
        field(Tag::Make, ascii("Canon")),
        field(Tag::Model, ascii("Canon EOS R5")),
        field(Tag::Artist, ascii("Jane Roe")),
        field(Tag::LensModel, ascii("RF85mm F1.2 L USM")),
        field(Tag::ExposureTime, ratio(1, 250)),
        field(Tag::FNumber, ratio(28, 10)),
        field(Tag::FocalLength, ratio(85, 1)),
        field(Tag::PhotographicSensitivity, Value::Short(vec![400])),
        field(Tag::DateTimeOriginal, ascii("2026:06:14 15:04:05")),
        field(Tag::GPSLatitudeRef, ascii("N")),
        field(Tag::GPSLatitude, degrees([52, 31, 12])),
        field(Tag::GPSLongitudeRef, ascii("E")),
        field(Tag::GPSLongitude, degrees([13, 24, 18])),
    ];
    with_exif(&jpeg(width, height), &fields)
}

pub(crate) fn field(tag: Tag, value: Value) -> Field {
    Field { tag, ifd_num: In::PRIMARY, value }
}

pub(crate) fn with_exif(jpeg: &[u8], fields: &[Field]) -> Vec<u8> {
    let mut writer = Writer::new();
    fields.iter().for_each(|field| writer.push_field(field));
    let mut exif = Cursor::new(b"Exif\0\0".to_vec());
    let mut block = Cursor::new(Vec::new());
    writer.write(&mut block, false).unwrap();
    exif.get_mut().extend(block.into_inner());
    with_segment(jpeg, 0xE1, exif.get_ref())
}

pub(crate) fn with_icc(jpeg: &[u8], profile: &[u8]) -> Vec<u8> {
    with_segment(jpeg, 0xE2, &[b"ICC_PROFILE\0\x01\x01", profile].concat())
}

/// Right behind the start of the picture.
pub(crate) fn with_segment(jpeg: &[u8], marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, marker], &length, content, &jpeg[2..]].concat()
}

pub(crate) fn png(pixels: &[u8], width: u32, height: u32, colour: ExtendedColorType, profile: Option<Vec<u8>>) -> Vec<u8> {
    let mut png = Vec::new();
    let mut encoder = image::codecs::png::PngEncoder::new(&mut png);
    if let Some(profile) = profile {
        encoder.set_icc_profile(profile).unwrap();
    }
    encoder.write_image(pixels, width, height, colour).unwrap();
    png
}

pub(crate) fn tiff(pixels: &[u8], width: u32, height: u32, colour: ExtendedColorType) -> Vec<u8> {
    let mut tiff = Cursor::new(Vec::new());
    image::codecs::tiff::TiffEncoder::new(&mut tiff).write_image(pixels, width, height, colour).unwrap();
    tiff.into_inner()
}

pub(crate) fn webp(pixels: &[u8], width: u32, height: u32, colour: ExtendedColorType) -> Vec<u8> {
    let mut webp = Vec::new();
    image::codecs::webp::WebPEncoder::new_lossless(&mut webp).write_image(pixels, width, height, colour).unwrap();
    webp
}

pub(crate) fn gif(pixels: &[u8], width: u32, height: u32) -> Vec<u8> {
    let mut gif = Vec::new();
    image::codecs::gif::GifEncoder::new(&mut gif).encode(pixels, width, height, ExtendedColorType::Rgb8).unwrap();
    gif
}
