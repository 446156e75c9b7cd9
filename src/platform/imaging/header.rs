//! The header of a photograph: what it is, how large, and how much memory the rest of the way will take.

use super::decode::{self, Still};
use super::format::Format;
use super::jpeg::{self, Jpeg, Until};
use super::raster::{LARGEST, reduction};
use super::refusal::{Limits, Refusal, guarded};
use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;

/// Buffers around the pixels: the largest picture with its copies for colour, orientation and watermark, and what the
/// encoder hands back.
const WORKSPACE: u64 = 40 << 20;

#[derive(Debug, Clone, Copy)]
pub struct Header {
    pub format: Format,
    /// As stored, before orientation.
    pub width: u32,
    pub height: u32,
    accept: u64,
    develop: u64,
}

impl Header {
    /// Bytes that [`super::accept`] takes at its peak: next to nothing for a JPEG, the whole picture for the others.
    pub fn memory_to_accept(&self) -> u64 {
        self.accept
    }

    /// Bytes that [`super::develop`] takes at its peak.
    pub fn memory_to_develop(&self) -> u64 {
        self.develop
    }

    pub(super) fn of_jpeg(jpeg: &Jpeg, file_length: u64) -> Self {
        let long = jpeg.width.max(jpeg.height);
        let part = u64::from(reduction(long));
        let pixels = u64::from(jpeg.width) * u64::from(jpeg.height);
        let channels = jpeg.sampling.len() as u64;
        let across = jpeg.sampling.iter().map(|sampling| u64::from(sampling.0)).max().unwrap_or(1);
        let down = jpeg.sampling.iter().map(|sampling| u64::from(sampling.1)).max().unwrap_or(1);
        let samples: u64 = jpeg.sampling.iter().map(|&(h, v)| pixels * u64::from(h) * u64::from(v) / (across * down)).sum();
        let coefficients = if jpeg.buffered { samples * 2 + (1 << 20) } else { 0 };
        // Width times rounding slack: very thin pictures are padded to whole blocks.
        let padding = u64::from(long) * 64;
        let develop = file_length + coefficients + pixels * channels / (part * part) + padding + WORKSPACE;
        Self { format: Format::Jpeg, width: jpeg.width, height: jpeg.height, accept: 1 << 20, develop }
    }

    pub(super) fn of_still(format: Format, still: &mut Still<'_>, limits: &Limits) -> Result<Self, Refusal> {
        let (width, height) = still.dimensions();
        limits.check_size(width.into(), height.into())?;
        let (pixels, decoded) = (u64::from(width) * u64::from(height), still.total_bytes());
        let extra = match format {
            Format::Tiff => decoded,
            Format::WebP | Format::Gif => pixels * 4,
            Format::Png | Format::Jpeg => 0,
        };
        let accept = decoded + extra + (16 << 20);
        Ok(Self { format, width, height, accept, develop: accept.max(decoded + u64::from(LARGEST) * u64::from(LARGEST) * 3 + WORKSPACE) })
    }
}

/// Reads a few kilobytes. A file that passes may still be refused by [`super::accept`]; one that fails is never opened further.
pub fn look(path: &Path, limits: &Limits) -> Result<Header, Refusal> {
    guarded(|| {
        let (format, mut file, length) = open(path)?;
        let header = match format {
            Format::Jpeg => Header::of_jpeg(&jpeg::walk(&mut file, Until::FirstScan, limits)?, length),
            _ => Header::of_still(format, &mut decode::still(format, &mut file, length)?, limits)?,
        };
        limits.check_memory(header.accept.max(header.develop))?;
        Ok(header)
    })
}

/// The kind is what the first bytes say.
pub(super) fn open(path: &Path) -> Result<(Format, File, u64), Refusal> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut start = Vec::with_capacity(Format::MAGIC);
    file.by_ref().take(Format::MAGIC as u64).read_to_end(&mut start)?;
    file.rewind()?;
    if start.is_empty() {
        return Err(Refusal::cut_off());
    }
    if start.get(4..8) == Some(b"ftyp") {
        // Phones send these; saying so spares a question.
        return Err(Refusal::kind("a HEIC or AVIF picture"));
    }
    let format = Format::of(&start).ok_or_else(Refusal::unknown)?;
    Ok((format, file, length))
}
