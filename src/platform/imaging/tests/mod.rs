//! What the module promises, on pictures made here.

mod acceptance;
mod pictures;
mod watermark;

use super::testing::BOX;
use super::{Accepted, Developed, Limits, Mark, Picture, Refusal, Variant, accept, develop};
use std::io::Write;
use std::path::PathBuf;
use tempfile::NamedTempFile;

fn on_disk(bytes: &[u8]) -> NamedTempFile {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    file
}

fn accepted(bytes: &[u8]) -> Result<Accepted, Refusal> {
    accept(on_disk(bytes).path(), &Limits::default())
}

fn developed(bytes: &[u8], mark: Option<&Mark>) -> Developed {
    let file = on_disk(bytes);
    accept(file.path(), &Limits::default()).unwrap();
    develop(file.path(), &Limits::default(), mark).unwrap()
}

fn picture(developed: &Developed, variant: Variant) -> &Picture {
    developed.pictures.iter().find(|picture| picture.variant == variant).unwrap()
}

struct Seen {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Seen {
    fn of(picture: &Picture) -> Self {
        let image = turbojpeg::decompress(&picture.bytes, turbojpeg::PixelFormat::RGB).unwrap();
        assert_eq!((image.width as u32, image.height as u32), (picture.width, picture.height));
        Self { width: image.width, height: image.height, pixels: image.pixels }
    }

    /// At a place given in eighths of the width and of the height.
    fn at(&self, x: usize, y: usize) -> [u8; 3] {
        let start = (self.height * y / 8 * self.width + self.width * x / 8) * 3;
        [self.pixels[start], self.pixels[start + 1], self.pixels[start + 2]]
    }
}

#[track_caller]
fn assert_near(seen: [u8; 3], expected: [u8; 3], tolerance: u8) {
    assert!(seen.iter().zip(expected).all(|(a, b)| a.abs_diff(b) <= tolerance), "{seen:?} is not near {expected:?}");
}

#[track_caller]
fn assert_upright(seen: &Seen) {
    assert_near(seen.at(1, 1), BOX, 12);
    for (x, y) in [(7, 1), (1, 7), (7, 7)] {
        assert!(seen.at(x, y)[2] > 100, "a second box at {x},{y}");
    }
}

fn missing() -> PathBuf {
    PathBuf::from("/nowhere/at/all.jpg")
}
