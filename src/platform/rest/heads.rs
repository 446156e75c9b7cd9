//! The heads of a form's parts. The reader of forms keeps a head until it is whole, however long it is, and looks through
//! all of it again with each piece that comes; so it never gets to see a long one.
use axum::body::{Body, Bytes};
use futures::StreamExt;
use memchr::memmem::find;
use std::io;

/// Bytes of one head, or of what stands in front of the first part. No file's name is longer.
const LONGEST: usize = 16 * 1024;

/// The same body, which breaks off where a head doesn't end.
pub fn with_short_heads(boundary: &str, body: Body) -> Body {
    let edge = format!("\r\n--{boundary}").into();
    let watch = Watch { edge, place: Place::Before, rest: vec![], at: 0, held: 0 };
    let pieces = body.into_data_stream().scan(watch, |watch, piece: Result<Bytes, axum::Error>| {
        let passed = piece.map_err(io::Error::other).and_then(|piece| match watch.is_bearable(&piece) {
            true => Ok(piece),
            false => Err(io::Error::new(io::ErrorKind::InvalidData, "the head of a part doesn't end")),
        });
        std::future::ready(Some(passed))
    });
    Body::from_stream(pieces)
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// In front of the first part.
    Before,
    /// Behind an edge, where two dashes end the form.
    Edge,
    /// Blanks may stand between an edge and its line's end.
    Padding,
    Head,
    Data,
    /// The form is over, or is none: nothing is kept any more.
    Over,
}

struct Watch {
    /// What stands in front of each part; the line's end is missing in front of the first.
    edge: Bytes,
    place: Place,
    /// May hold the beginning of what is looked for.
    rest: Vec<u8>,
    /// So much of it has been looked at.
    at: usize,
    /// Bytes of this head that have gone by.
    held: usize,
}

impl Watch {
    fn is_bearable(&mut self, piece: &[u8]) -> bool {
        if self.place == Place::Over {
            return true;
        }
        self.rest.extend_from_slice(piece);
        while let Some(next) = self.step() {
            (self.place, self.held) = (next, 0);
        }
        self.rest.drain(..self.at);
        self.at = 0;
        self.held <= LONGEST
    }

    /// Goes to the next place as the reader does; none when more has to come first.
    fn step(&mut self) -> Option<Place> {
        let edge = self.edge.clone();
        let ahead = &self.rest[self.at..];
        match self.place {
            Place::Before => self.seek(&edge[2..], true).then_some(Place::Edge),
            Place::Edge => Some(if ahead.get(..2)? == b"--" { Place::Over } else { Place::Padding }),
            Place::Padding => {
                self.at += ahead.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
                let is_line = self.rest[self.at..].get(..2)? == b"\r\n";
                self.at += 2;
                Some(if is_line { Place::Head } else { Place::Over })
            }
            Place::Head => self.seek(b"\r\n\r\n", true).then_some(Place::Data),
            Place::Data => self.seek(&edge, false).then_some(Place::Edge),
            Place::Over => None,
        }
    }

    /// Passes by everything up to the end of the word; without it, everything that cannot be its beginning.
    fn seek(&mut self, word: &[u8], is_held: bool) -> bool {
        let ahead = &self.rest[self.at..];
        let found = find(ahead, word);
        let gone = found.map_or(ahead.len().saturating_sub(word.len() - 1), |at| at + word.len());
        self.at += gone;
        if is_held {
            self.held += gone;
        }
        found.is_some()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use axum::body::to_bytes;

    async fn passes(form: &[u8], piece: usize) -> bool {
        let pieces: Vec<_> = form.chunks(piece).map(|p| Ok::<_, io::Error>(Bytes::copy_from_slice(p))).collect();
        let body = with_short_heads("edge", Body::from_stream(futures::stream::iter(pieces)));
        to_bytes(body, usize::MAX).await.is_ok_and(|bytes| bytes == form)
    }

    #[tokio::test]
    async fn a_form_passes_whatever_its_pieces_and_whatever_its_files_hold() {
        let file = b"--edge \r\n-edge\r\n\r\n\r\n--edg ".repeat(2_000);
        let form = [b"--edge  \r\nName: a\r\n\r\n", &file[..], b"\r\n--edge\r\nName: b\r\n\r\n\r\n--edge--\r\n", &file[..]].concat();
        for piece in [1, 7, 4_096, form.len()] {
            assert!(passes(&form, piece).await, "{piece}");
        }
    }

    #[tokio::test]
    async fn what_the_reader_would_keep_for_good_is_cut_off() {
        let long = vec![b'a'; 2 * LONGEST];
        for begins in [&b""[..], b"--edge\r\n", b"--edge\r\n\r\n", b"--edge\r\nName: a\r\n\r\nx\r\n--edge\r\n", b"--edge\r\nA: b\r\n"] {
            assert!(!passes(&[begins, &long].concat(), 1_000).await, "{}", String::from_utf8_lossy(begins));
        }
    }
}
