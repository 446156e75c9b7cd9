//! The boxes that PNG and WebP pack their pixels in, walked by their lengths alone.
//!
//! The decoders stop reading when the last pixel is there; here a missing end is seen, and so is metadata that is
//! larger than any photograph needs, before anybody allocates for it.

use super::refusal::Refusal;
use std::io::{Read, Seek, SeekFrom};

const MAX_METADATA: u64 = 16 << 20;

pub(super) fn check_png(file: &mut (impl Read + Seek), file_length: u64) -> Result<(), Refusal> {
    let mut at = 8;
    loop {
        let mut head = [0; 8];
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(&mut head)?;
        let [l3, l2, l1, l0, kind @ ..] = head;
        let length = u64::from(u32::from_be_bytes([l3, l2, l1, l0]));
        if !kind.iter().all(u8::is_ascii_alphabetic) {
            return Err(Refusal::damaged("one of its parts has no name"));
        }
        at += 12 + length;
        if at > file_length {
            return Err(Refusal::cut_off());
        }
        match &kind {
            b"IEND" => return Ok(()),
            b"IDAT" | b"fdAT" => {}
            _ if length > MAX_METADATA => return Err(Refusal::damaged("it carries more metadata than picture")),
            _ => {}
        }
    }
}

pub(super) fn check_webp(file: &mut (impl Read + Seek), file_length: u64) -> Result<(), Refusal> {
    let mut head = [0; 8];
    file.seek(SeekFrom::Start(0))?;
    file.read_exact(&mut head)?;
    let end = 8 + u64::from(length_of(head));
    if end > file_length {
        return Err(Refusal::cut_off());
    }
    let mut at = 12;
    while at + 8 <= end {
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(&mut head)?;
        let length = u64::from(length_of(head));
        if at + 8 + length > end {
            return Err(Refusal::cut_off());
        }
        let metadata = matches!(&head[..4], b"ICCP" | b"EXIF" | b"XMP ");
        if metadata && length > MAX_METADATA {
            return Err(Refusal::damaged("it carries more metadata than picture"));
        }
        at += 8 + length.next_multiple_of(2);
    }
    Ok(())
}

fn length_of(head: [u8; 8]) -> u32 {
    u32::from_le_bytes([head[4], head[5], head[6], head[7]])
}
