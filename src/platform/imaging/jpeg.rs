//! The marker structure of a JPEG, walked as a stream (ITU-T T.81, annex B).
//!
//! A photograph that is cut off, or whose header lies about its size, is found here without decoding a pixel.

use super::bytes::Bytes;
use super::refusal::{Limits, Refusal};
use std::io::Read;

/// Real profiles are under 1 MB; what is larger is not worth carrying.
const MAX_ICC: usize = 4 << 20;

#[derive(Debug, Default)]
pub(super) struct Jpeg {
    pub width: u32,
    pub height: u32,
    /// (horizontal, vertical) sampling of each component: one for grey, three for colour, four for CMYK.
    pub sampling: Vec<(u8, u8)>,
    /// The decoder must hold every coefficient before it can draw the first row.
    pub buffered: bool,
    pub exif: Option<Vec<u8>>,
    pub icc: Option<Vec<u8>>,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Until {
    /// As far as the header goes.
    FirstScan,
    /// All of it, entropy-coded data too.
    End,
}

pub(super) fn walk(file: impl Read, until: Until, limits: &Limits) -> Result<Jpeg, Refusal> {
    let mut walk = Walk { bytes: Bytes::new(file), jpeg: Jpeg::default(), ids: vec![], icc: vec![], tables: false, scans: 0 };
    if walk.bytes.u16()? != 0xFFD8 {
        return Err(Refusal::unknown());
    }
    loop {
        match walk.next_marker()? {
            0xD9 if walk.scans > 0 => break,
            0xD9 => return Err(Refusal::damaged("it ends before the picture begins")),
            0xDA => {
                walk.scan()?;
                if until == Until::FirstScan {
                    break;
                }
            }
            // A second start inside the first picture is noise that decoders pass over as well.
            0xD8 => {}
            0xC4 => walk.huffman_tables()?,
            0xDB => walk.quantization_tables()?,
            0xC0..=0xC2 => walk.frame(limits)?,
            0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => return Err(Refusal::kind("a lossless or arithmetic-coded JPEG")),
            0xE1 => walk.exif()?,
            0xE2 => walk.icc()?,
            _ => {
                let length = walk.length()?;
                walk.bytes.skip(length)?;
            }
        }
    }
    walk.jpeg.icc = assemble(walk.icc);
    Ok(walk.jpeg)
}

struct Walk<R> {
    bytes: Bytes<R>,
    jpeg: Jpeg,
    /// Component identifiers; empty until the frame header has been seen.
    ids: Vec<u8>,
    icc: Vec<Vec<u8>>,
    tables: bool,
    scans: usize,
}

impl<R: Read> Walk<R> {
    /// Serves between segments and inside entropy-coded data alike: stuffed zeros, restarts and fill bytes are passed over.
    fn next_marker(&mut self) -> Result<u8, Refusal> {
        loop {
            self.bytes.skip_past(0xFF)?;
            let mut marker = self.bytes.byte()?;
            while marker == 0xFF {
                marker = self.bytes.byte()?;
            }
            if !matches!(marker, 0x00 | 0x01 | 0xD0..=0xD7) {
                return Ok(marker);
            }
        }
    }

    /// Of a segment's content, without the two bytes of the length itself.
    fn length(&mut self) -> Result<usize, Refusal> {
        let length = usize::from(self.bytes.u16()?);
        length.checked_sub(2).ok_or_else(|| Refusal::damaged("a segment has an impossible length"))
    }

    fn segment(&mut self) -> Result<Vec<u8>, Refusal> {
        let length = self.length()?;
        Ok(self.bytes.take(length)?)
    }

    fn frame(&mut self, limits: &Limits) -> Result<(), Refusal> {
        if !self.ids.is_empty() {
            return Err(Refusal::damaged("it has two frame headers"));
        }
        let header = self.segment()?;
        let [bits, h1, h0, w1, w0, count, components @ ..] = &header[..] else {
            return Err(Refusal::damaged("the frame header is too short"));
        };
        if *bits != 8 {
            return Err(Refusal::kind("a 12-bit JPEG"));
        }
        let (width, height) = (u16::from_be_bytes([*w1, *w0]), u16::from_be_bytes([*h1, *h0]));
        limits.check_size(width.into(), height.into())?;
        if !matches!(count, 1 | 3 | 4) || components.len() != 3 * usize::from(*count) {
            return Err(Refusal::damaged("the frame header names an impossible set of colours"));
        }
        for component in components.chunks_exact(3) {
            let (across, down) = (component[1] >> 4, component[1] & 15);
            if !(1..=4).contains(&across) || !(1..=4).contains(&down) || component[2] > 3 {
                return Err(Refusal::damaged("the frame header names an impossible sampling"));
            }
            self.ids.push(component[0]);
            self.jpeg.sampling.push((across, down));
        }
        (self.jpeg.width, self.jpeg.height) = (width.into(), height.into());
        Ok(())
    }

    fn scan(&mut self) -> Result<(), Refusal> {
        if self.ids.is_empty() || !self.tables {
            return Err(Refusal::damaged("the picture begins before its header"));
        }
        let header = self.segment()?;
        let [count, rest @ ..] = &header[..] else {
            return Err(Refusal::damaged("a scan header is too short"));
        };
        let (count, components) = (usize::from(*count), self.ids.len());
        let known = rest.chunks_exact(2).take(count).all(|component| self.ids.contains(&component[0]));
        let [.., from, to, _] = rest else {
            return Err(Refusal::damaged("a scan header is too short"));
        };
        if count == 0 || count > components || rest.len() != 2 * count + 3 || !known || *from > 63 || *to > 63 {
            return Err(Refusal::damaged("a scan header is impossible"));
        }
        // Progressive scans carry a part of the spectrum; sequential ones may still come one colour at a time.
        self.jpeg.buffered |= (*from, *to) != (0, 63) || count < components;
        self.scans += 1;
        Ok(())
    }

    fn huffman_tables(&mut self) -> Result<(), Refusal> {
        let wrong = || Refusal::damaged("a Huffman table is malformed");
        let content = self.segment()?;
        let mut rest = &content[..];
        while let [kind, tail @ ..] = rest {
            let (counts, tail) = tail.split_at_checked(16).ok_or_else(wrong)?;
            let symbols: usize = counts.iter().map(|&count| usize::from(count)).sum();
            if kind >> 4 > 1 || kind & 15 > 3 || symbols > 256 {
                return Err(wrong());
            }
            rest = tail.get(symbols..).ok_or_else(wrong)?;
        }
        Ok(())
    }

    fn quantization_tables(&mut self) -> Result<(), Refusal> {
        let wrong = || Refusal::damaged("a quantization table is malformed");
        let content = self.segment()?;
        let mut rest = &content[..];
        while let [kind, tail @ ..] = rest {
            let size = match kind >> 4 {
                0 => 64,
                1 => 128,
                _ => return Err(wrong()),
            };
            if kind & 15 > 3 {
                return Err(wrong());
            }
            rest = tail.get(size..).ok_or_else(wrong)?;
            self.tables = true;
        }
        Ok(())
    }

    fn exif(&mut self) -> Result<(), Refusal> {
        let mut content = self.segment()?;
        if self.jpeg.exif.is_none() && content.starts_with(b"Exif\0\0") {
            self.jpeg.exif = Some(content.split_off(6));
        }
        Ok(())
    }

    fn icc(&mut self) -> Result<(), Refusal> {
        let content = self.segment()?;
        let held: usize = self.icc.iter().map(Vec::len).sum();
        if content.starts_with(b"ICC_PROFILE\0") && content.len() > 14 && held + content.len() <= MAX_ICC {
            self.icc.push(content);
        }
        Ok(())
    }
}

/// A profile arrives in numbered parts; unless every part is there exactly once it is worth nothing.
fn assemble(mut parts: Vec<Vec<u8>>) -> Option<Vec<u8>> {
    parts.sort_by_key(|part| part[12]);
    let whole = !parts.is_empty()
        && parts.iter().enumerate().all(|(place, part)| usize::from(part[12]) == place + 1 && usize::from(part[13]) == parts.len());
    whole.then(|| parts.iter().flat_map(|part| part[14..].iter().copied()).collect())
}
