//! How near our pictures come to the original, as SSIMULACRA2 sees it, beside sharp's at the same number of bytes.
//!
//! The yardstick is the original decoded in full and made smaller by Lanczos in floating point.

use super::Outcome;
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer, images::Image};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageReader, RgbImage};
use moxcms::{ColorProfile, Layout, TransformOptions};
use photovault::platform::imaging::{Limits, Variant, develop};
use ssimulacra2::{ColorPrimaries, Rgb, TransferCharacteristic, compute_frame_ssimulacra2};
use std::error::Error;
use std::path::{Path, PathBuf};

type Fallible<T> = Result<T, Box<dyn Error + Send + Sync>>;

const JUDGED: [Variant; 2] = [Variant::Web2048, Variant::Thumb];

pub fn write(folder: &Path, files: &[String]) -> Outcome {
    std::fs::create_dir_all(folder)?;
    for file in files {
        for picture in
            develop(Path::new(file), &Limits::default(), None)?.pictures.iter().filter(|picture| JUDGED.contains(&picture.variant))
        {
            std::fs::write(place(folder, file, picture.variant, "photovault"), &picture.bytes)?;
        }
    }
    Ok(())
}

pub fn score(folder: &Path, files: &[String]) -> Outcome {
    for variant in JUDGED {
        let mut sums = [0.0; 2];
        let mut bytes = [0; 2];
        for file in files {
            let original = Original::open(Path::new(file))?;
            for (which, tool) in ["photovault", "sharp"].into_iter().enumerate() {
                let jpeg = std::fs::read(place(folder, file, variant, tool))?;
                let shown = image::load_from_memory(&jpeg)?.to_rgb8();
                let yardstick = original.at(shown.width(), shown.height())?;
                sums[which] += compute_frame_ssimulacra2(frame(&yardstick)?, frame(&shown)?)?;
                bytes[which] += jpeg.len();
            }
        }
        let [ours, sharps] = sums.map(|sum| sum / files.len() as f64);
        println!(
            "{:<9} SSIMULACRA2 {ours:.2}, sharp {sharps:.2} (not below), at {:.3} times its bytes (0.98 to 1.02)",
            variant.as_str(),
            bytes[0] as f64 / bytes[1] as f64
        );
    }
    Ok(())
}

/// `24mp.thumb.sharp.jpg`: end2end/bench/ingest-sharp-quality.mjs names its files alike.
fn place(folder: &Path, file: &str, variant: Variant, tool: &str) -> PathBuf {
    let stem = Path::new(file).file_stem().unwrap_or_default().to_string_lossy();
    folder.join(format!("{stem}.{}.{tool}.jpg", variant.as_str()))
}

struct Original {
    pixels: Vec<f32>,
    width: u32,
    height: u32,
    orientation: Orientation,
    profile: Option<Vec<u8>>,
}

impl Original {
    fn open(path: &Path) -> Fallible<Self> {
        let mut decoder = ImageReader::open(path)?.into_decoder()?;
        let (orientation, profile) = (decoder.orientation()?, decoder.icc_profile()?);
        let decoded = DynamicImage::from_decoder(decoder)?.into_rgb8();
        let (width, height) = decoded.dimensions();
        let pixels = decoded.into_raw().into_iter().map(f32::from).collect();
        Ok(Self { pixels, width, height, orientation, profile })
    }

    /// As sRGB and upright, at the size of what is judged.
    fn at(&self, width: u32, height: u32) -> Fallible<RgbImage> {
        let turned = matches!(self.orientation, Orientation::Rotate90 | Orientation::Rotate270);
        let (across, down) = if turned { (height, width) } else { (width, height) };
        let bytes: Vec<u8> = self.pixels.iter().flat_map(|value| value.to_ne_bytes()).collect();
        let full = Image::from_vec_u8(self.width, self.height, bytes, PixelType::F32x3)?;
        let mut small = Image::new(across, down, PixelType::F32x3);
        Resizer::new().resize(&full, &mut small, &ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3)))?;
        let (values, _) = small.buffer().as_chunks::<4>();
        let pixels = values.iter().map(|value| f32::from_ne_bytes(*value).round().clamp(0.0, 255.0) as u8).collect();
        let mut picture =
            DynamicImage::ImageRgb8(RgbImage::from_raw(across, down, self.to_srgb(pixels)?).ok_or("a picture of another size")?);
        picture.apply_orientation(self.orientation);
        Ok(picture.into_rgb8())
    }

    fn to_srgb(&self, pixels: Vec<u8>) -> Fallible<Vec<u8>> {
        let Some(profile) = &self.profile else { return Ok(pixels) };
        let transform = ColorProfile::new_from_slice(profile)?.create_transform_8bit(
            Layout::Rgb,
            &ColorProfile::new_srgb(),
            Layout::Rgb,
            TransformOptions::default(),
        )?;
        let mut srgb = vec![0; pixels.len()];
        transform.transform(&pixels, &mut srgb)?;
        Ok(srgb)
    }
}

fn frame(picture: &RgbImage) -> Fallible<Rgb> {
    let pixels = picture.pixels().map(|pixel| pixel.0.map(|value| f32::from(value) / 255.0)).collect();
    Ok(Rgb::new(pixels, picture.width() as usize, picture.height() as usize, TransferCharacteristic::SRGB, ColorPrimaries::BT709)?)
}
