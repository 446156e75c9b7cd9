//! A forward-only byte stream over a small buffer: a 40 MB photograph is walked in 64 KB.

use std::io::{self, ErrorKind, Read};

const BUFFER: usize = 64 * 1024;

pub(super) struct Bytes<R> {
    inner: R,
    buffer: Box<[u8]>,
    at: usize,
    end: usize,
}

impl<R: Read> Bytes<R> {
    pub fn new(inner: R) -> Self {
        Self { inner, buffer: vec![0; BUFFER].into_boxed_slice(), at: 0, end: 0 }
    }

    #[cold]
    fn fill(&mut self) -> io::Result<()> {
        self.at = 0;
        self.end = loop {
            match self.inner.read(&mut self.buffer) {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                other => break other?,
            }
        };
        if self.end == 0 { Err(ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }

    #[inline]
    pub fn byte(&mut self) -> io::Result<u8> {
        if self.at == self.end {
            self.fill()?;
        }
        let byte = self.buffer[self.at];
        self.at += 1;
        Ok(byte)
    }

    pub fn u16(&mut self) -> io::Result<u16> {
        Ok(u16::from_be_bytes([self.byte()?, self.byte()?]))
    }

    pub fn skip(&mut self, mut count: usize) -> io::Result<()> {
        while count > 0 {
            if self.at == self.end {
                self.fill()?;
            }
            let step = count.min(self.end - self.at);
            self.at += step;
            count -= step;
        }
        Ok(())
    }

    pub fn take(&mut self, mut count: usize) -> io::Result<Vec<u8>> {
        let mut taken = Vec::with_capacity(count);
        while count > 0 {
            if self.at == self.end {
                self.fill()?;
            }
            let step = count.min(self.end - self.at);
            taken.extend_from_slice(&self.buffer[self.at..self.at + step]);
            self.at += step;
            count -= step;
        }
        Ok(taken)
    }

    /// Passes over everything up to and including the next `needle`.
    pub fn skip_past(&mut self, needle: u8) -> io::Result<()> {
        loop {
            if let Some(found) = find(&self.buffer[self.at..self.end], needle) {
                self.at += found + 1;
                return Ok(());
            }
            self.fill()?;
        }
    }
}

/// `memchr` in safe Rust: a whole block is tested with vector instructions before anybody looks for the place.
fn find(haystack: &[u8], needle: u8) -> Option<usize> {
    let (blocks, rest) = haystack.as_chunks::<32>();
    for (number, block) in blocks.iter().enumerate() {
        if block.iter().fold(0, |hit, &byte| hit | u8::from(byte == needle)) != 0 {
            return block.iter().position(|&byte| byte == needle).map(|place| number * 32 + place);
        }
    }
    rest.iter().position(|&byte| byte == needle).map(|place| blocks.len() * 32 + place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_needle_is_found_wherever_it_stands() {
        for length in [0usize, 1, 31, 32, 33, 100] {
            assert_eq!(find(&vec![0; length], 0xFF), None);
            for place in 0..length {
                let mut hay = vec![0xFE; length];
                hay[place] = 0xFF;
                assert_eq!(find(&hay, 0xFF), Some(place));
            }
        }
    }
}
