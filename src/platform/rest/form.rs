//! Multipart forms as they stream in.
use super::{Refusal, heads::with_short_heads};
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, StatusCode, header},
};
use futures::StreamExt;
use memchr::memmem::find;
use multer::{Constraints, Multipart, SizeLimit};
use std::sync::{Arc, Mutex};

/// The standard allows 70.
const LONGEST_BOUNDARY: usize = 200;

/// What stands between the parts; without it there is nothing to read.
pub fn boundary(headers: &HeaderMap) -> Result<String, Refusal> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    match multer::parse_boundary(kind) {
        Ok(boundary) if (1..=LONGEST_BOUNDARY).contains(&boundary.len()) => Ok(boundary),
        _ if kind.to_ascii_lowercase().starts_with("multipart/form-data") => Err(broken_form()),
        _ => Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Send the file as multipart/form-data.")),
    }
}

/// The parts of a form of at most `most` bytes, one after the other as they come.
pub fn parts(boundary: String, body: Body, most: u64) -> Multipart<'static> {
    let body = with_short_heads(&boundary, body);
    let limits = SizeLimit::new().whole_stream(most);
    Multipart::with_constraints(body.into_data_stream(), boundary, Constraints::new().size_limit(limits))
}

pub fn broken_form() -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, "Multipart form parse error.")
}

/// Tells a form that is sent again from another one, although every sending has a boundary of its own: hashes what
/// streams by without it.
#[derive(Clone)]
pub struct Fingerprint(Arc<Mutex<Hashing>>);

struct Hashing {
    hasher: blake3::Hasher,
    boundary: Vec<u8>,
    /// May hold the beginning of a boundary.
    rest: Vec<u8>,
    /// `rest` is what follows a boundary.
    after_boundary: bool,
}

impl Hashing {
    fn take(&mut self, chunk: &[u8]) {
        self.rest.extend_from_slice(chunk);
        let mut from = 0;
        while let Some(at) = find(&self.rest[from..], &self.boundary) {
            self.hasher.update(&self.rest[from..from + at]);
            from += at + self.boundary.len();
            self.after_boundary = true;
        }
        let sure = self.rest.len().saturating_sub(self.boundary.len().max(8)).max(from);
        self.after_boundary &= sure == from;
        self.hasher.update(&self.rest[from..sure]);
        self.rest.drain(..sure);
    }

    /// The last boundary has two dashes behind it; what comes after these belongs to nobody.
    fn is_whole(&self) -> bool {
        self.after_boundary && self.rest.starts_with(b"--")
    }
}

impl Fingerprint {
    pub fn new(boundary: &str) -> Self {
        let boundary = boundary.as_bytes().to_vec();
        Self(Arc::new(Mutex::new(Hashing { hasher: blake3::Hasher::new(), boundary, rest: vec![], after_boundary: false })))
    }

    /// The same body, noted on its way.
    pub fn of(&self, body: Body) -> Body {
        let noting = self.clone();
        Body::from_stream(body.into_data_stream().inspect(move |chunk: &Result<Bytes, axum::Error>| {
            if let (Ok(chunk), Ok(mut hashing)) = (chunk, noting.0.lock()) {
                hashing.take(chunk);
            }
        }))
    }

    /// Reads the rest, and says what it was; none when the body broke off.
    pub async fn finish(self, body: Option<Body>) -> Option<Vec<u8>> {
        if let Some(body) = body {
            let mut stream = body.into_data_stream();
            while let Some(chunk) = stream.next().await {
                chunk.ok()?;
            }
        }
        let hashing = self.0.lock().ok()?;
        hashing.is_whole().then(|| hashing.hasher.finalize().as_bytes().to_vec())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    async fn print(boundary: &str, text: &str, chunk: usize) -> Vec<u8> {
        let text = text.replace("EDGE", boundary);
        let chunks: Vec<_> = text.as_bytes().chunks(chunk).map(|c| Ok::<_, std::io::Error>(Bytes::copy_from_slice(c))).collect();
        let print = Fingerprint::new(boundary);
        let body = print.of(Body::from_stream(futures::stream::iter(chunks)));
        print.finish(Some(body)).await.unwrap()
    }

    #[tokio::test]
    async fn the_boundary_and_the_pieces_make_no_difference_and_a_letter_does() {
        let form = "--EDGE\r\nname=\"a\"\r\n\r\nhello - - --ED\r\n--EDGE\r\n\r\nworld\r\n--EDGE--\r\n";
        let first = print("----curl-1234", form, 1_000).await;
        for (boundary, chunk) in [("----curl-1234", 1), ("----curl-1234", 7), ("x", 3), ("----------9999999999999999", 11)] {
            assert_eq!(print(boundary, form, chunk).await, first, "{boundary} {chunk}");
        }
        assert_ne!(print("x-1", &form.replace("world", "worlb"), 5).await, first);
    }

    #[tokio::test]
    async fn a_form_that_broke_off_has_no_fingerprint() {
        let print = Fingerprint::new("x");
        let body = print.of(Body::from("--x\r\nname\r\n\r\nhel"));
        assert_eq!(print.finish(Some(body)).await, None);
    }
}
