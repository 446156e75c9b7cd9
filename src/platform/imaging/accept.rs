//! The gate that every upload passes: is this a whole photograph, and what does its camera say about it?

use super::decode;
use super::facts::CameraFacts;
use super::format::Format;
use super::header::{Header, open};
use super::jpeg::{self, Until};
use super::refusal::{Limits, Refusal, guarded};
use std::path::Path;

#[derive(Debug, Clone)]
pub struct Accepted {
    pub format: Format,
    /// As shown, after orientation.
    pub width: u32,
    pub height: u32,
    pub facts: CameraFacts,
    /// For the memory budget of [`super::develop`].
    pub header: Header,
}

/// A JPEG is walked to its end without decoding (over 1 GB/s); the others are rare and are decoded whole, under the limits.
pub fn accept(path: &Path, limits: &Limits) -> Result<Accepted, Refusal> {
    guarded(|| {
        let (format, mut file, length) = open(path)?;
        let (header, exif) = match format {
            Format::Jpeg => {
                let jpeg = jpeg::walk(file, Until::End, limits)?;
                (Header::of_jpeg(&jpeg, length), jpeg.exif)
            }
            _ => {
                let mut still = decode::still(format, &mut file, length)?;
                let header = Header::of_still(format, &mut still, limits)?;
                limits.check_memory(header.memory_to_accept())?;
                let exif = decode::exif_of(&mut still);
                decode::pixels_of(still, limits)?;
                (header, if format == Format::Tiff { decode::head_of(path)? } else { exif })
            }
        };
        limits.check_memory(header.memory_to_develop())?;
        let facts = exif.map(CameraFacts::read).unwrap_or_default();
        let (width, height) = facts.shown(header.width, header.height);
        Ok(Accepted { format, width, height, facts, header })
    })
}
