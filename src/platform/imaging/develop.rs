//! One decode, every picture we show.

use super::colour::to_srgb;
use super::decode::decode;
use super::encode;
use super::mark::Mark;
use super::raster::{LARGEST, Raster, fit};
use super::refusal::{Limits, Refusal, guarded};
use serde::{Deserialize, Serialize};
use std::path::Path;
use turbojpeg::PixelFormat;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Variant {
    Thumb,
    #[serde(rename = "web-1024")]
    Web1024,
    #[serde(rename = "web-2048")]
    Web2048,
    MarkedThumb,
    #[serde(rename = "marked-1024")]
    Marked1024,
    #[serde(rename = "marked-2048")]
    Marked2048,
}

impl Variant {
    pub const ALL: [Self; 6] = [Self::Thumb, Self::Web1024, Self::Web2048, Self::MarkedThumb, Self::Marked1024, Self::Marked2048];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Thumb => "thumb",
            Self::Web1024 => "web-1024",
            Self::Web2048 => "web-2048",
            Self::MarkedThumb => "marked-thumb",
            Self::Marked1024 => "marked-1024",
            Self::Marked2048 => "marked-2048",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|variant| variant.as_str() == name)
    }

    /// In pixels; smaller originals keep their own size.
    pub fn long_side(self) -> u32 {
        match self {
            Self::Thumb | Self::MarkedThumb => 400,
            Self::Web1024 | Self::Marked1024 => 1024,
            Self::Web2048 | Self::Marked2048 => LARGEST,
        }
    }

    pub fn is_marked(self) -> bool {
        matches!(self, Self::MarkedThumb | Self::Marked1024 | Self::Marked2048)
    }

    fn quality(self) -> i32 {
        if self.long_side() == 400 { 80 } else { 82 }
    }
}

/// Largest first, so that each is made from the one before.
const CASCADE: [(Variant, Variant); 3] =
    [(Variant::Web2048, Variant::Marked2048), (Variant::Web1024, Variant::Marked1024), (Variant::Thumb, Variant::MarkedThumb)];

/// A JPEG in sRGB, upright, without any metadata.
#[derive(Debug, Clone)]
pub struct Picture {
    pub variant: Variant,
    pub width: u32,
    pub height: u32,
    pub bytes: Vec<u8>,
}

#[derive(Debug, Clone)]
pub struct Developed {
    /// Of the original, as shown.
    pub width: u32,
    pub height: u32,
    /// About 25 bytes that draw a blurred stand-in while the thumbnail loads.
    pub thumbhash: Vec<u8>,
    pub pictures: Vec<Picture>,
}

/// Makes every variant; without a `mark`, only the clean ones.
pub fn develop(original: &Path, limits: &Limits, mark: Option<&Mark>) -> Result<Developed, Refusal> {
    guarded(|| {
        let decoded = decode(original, limits)?;
        // From the full size, not the decoded one: reduced sizes are rounded up.
        let (width, height) = fit(decoded.width, decoded.height, LARGEST);
        let full = decoded.raster;
        let large = if (width, height) == (full.width, full.height) { full } else { full.into_resized(width, height)? };
        let large = to_srgb(large, decoded.icc.as_deref()).upright(decoded.orientation);
        let (width, height) = if decoded.orientation >= 5 { (decoded.height, decoded.width) } else { (decoded.width, decoded.height) };

        let mut pictures = Vec::with_capacity(6);
        let small = cascade(large, |picture, clean, marked| {
            pictures.push(print(picture, clean)?);
            if let Some(mark) = mark {
                pictures.push(print(&mark.over(picture), marked)?);
            }
            Ok(())
        })?;
        Ok(Developed { width, height, thumbhash: thumbhash_of(&small)?, pictures })
    })
}

/// The watermarked pictures again, from the clean web-2048 instead of the original: a tenth of the work. Coding twice
/// with the same tables on the same grid changes next to nothing, so they are as sharp as the first ones.
pub fn mark_again(web_2048: &[u8], mark: &Mark) -> Result<Vec<Picture>, Refusal> {
    guarded(|| {
        let image = turbojpeg::decompress(web_2048, PixelFormat::RGB).map_err(Refusal::damaged)?;
        let large = Raster { width: image.width as u32, height: image.height as u32, channels: 3, pixels: image.pixels };
        let mut pictures = Vec::with_capacity(3);
        cascade(large, |picture, _, marked| {
            pictures.push(print(&mark.over(picture), marked)?);
            Ok(())
        })?;
        Ok(pictures)
    })
}

/// Returns the smallest.
fn cascade(large: Raster, mut each: impl FnMut(&Raster, Variant, Variant) -> Result<(), Refusal>) -> Result<Raster, Refusal> {
    let mut picture = large;
    for (clean, marked) in CASCADE {
        if picture.width.max(picture.height) > clean.long_side() {
            picture = picture.fitted(clean.long_side())?;
        }
        each(&picture, clean, marked)?;
    }
    Ok(picture)
}

fn print(picture: &Raster, variant: Variant) -> Result<Picture, Refusal> {
    let bytes = encode::jpeg(picture, variant.quality(), !variant.is_marked())?;
    Ok(Picture { variant, width: picture.width, height: picture.height, bytes })
}

fn thumbhash_of(thumb: &Raster) -> Result<Vec<u8>, Refusal> {
    let tiny = thumb.fitted(100)?;
    let rgba: Vec<u8> = tiny.pixels.chunks_exact(3).flat_map(|pixel| [pixel[0], pixel[1], pixel[2], 255]).collect();
    Ok(thumbhash::rgba_to_thumb_hash(tiny.width as usize, tiny.height as usize, &rgba))
}
