//! Why a file is refused, in words for the person who uploaded it, and the limits it is held to.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Reads after a file name and a colon: "IMG_0001.jpg: the file is cut off".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refusal(String);

#[derive(Debug, Clone, Copy)]
pub struct Limits {
    pub max_pixels: u64,
    /// Bytes that decoding one picture may take.
    pub max_memory: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_pixels: 200_000_000, max_memory: 1 << 30 }
    }
}

impl Limits {
    pub(super) fn check_size(&self, width: u64, height: u64) -> Result<(), Refusal> {
        if width == 0 || height == 0 {
            return Err(Refusal::damaged("it says that it has no pixels"));
        }
        let pixels = width.saturating_mul(height);
        if pixels > self.max_pixels {
            let (has, may) = (pixels / 1_000_000, self.max_pixels / 1_000_000);
            return Err(Refusal(format!("{has} megapixels is more than the {may} this studio accepts")));
        }
        Ok(())
    }

    pub(super) fn check_memory(&self, bytes: u64) -> Result<(), Refusal> {
        if bytes <= self.max_memory {
            return Ok(());
        }
        let (needs, may) = (bytes >> 20, self.max_memory >> 20);
        Err(Refusal(format!("opening it takes {needs} MB of memory, more than the {may} MB this studio allows")))
    }
}

impl Refusal {
    pub(super) fn unknown() -> Self {
        Self("this is not a photograph we can read (JPEG, PNG, WebP, TIFF or GIF)".into())
    }
    pub(super) fn cut_off() -> Self {
        Self("the file is cut off".into())
    }
    pub(super) fn damaged(how: impl std::fmt::Display) -> Self {
        Self(format!("the file is damaged: {how}"))
    }
    pub(super) fn kind(what: &str) -> Self {
        Self(format!("{what} cannot be read here; please export the photograph as an ordinary JPEG, PNG or TIFF"))
    }
    pub(super) fn ours(why: impl std::fmt::Display) -> Self {
        Self(format!("the pictures could not be made: {why}"))
    }
}

/// A torn upload reads as "cut off"; anything else the disk says is ours, not the person's.
impl From<std::io::Error> for Refusal {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::UnexpectedEof => Self::cut_off(),
            _ => Self(format!("the file could not be read: {error}")),
        }
    }
}

impl From<image::ImageError> for Refusal {
    fn from(error: image::ImageError) -> Self {
        use image::ImageError::{IoError, Limits, Unsupported};
        match error {
            IoError(error) => error.into(),
            Limits(_) => Self("opening it takes more memory than this studio allows".into()),
            Unsupported(_) => Self::kind("this kind of picture"),
            // Decoders report a missing end as a format error too.
            other => {
                let words = other.to_string();
                let torn = ["unexpected end", "UnexpectedEof", "end of file", "failed to fill", "Missing IEND"]
                    .iter()
                    .any(|sign| words.contains(sign));
                if torn { Self::cut_off() } else { Self::damaged("its picture data cannot be read") }
            }
        }
    }
}

/// Decoders are fuzzed, not proven: a panic inside one refuses the file instead of ending the worker.
pub(super) fn guarded<T>(work: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Refusal::damaged("reading it failed")))
}
