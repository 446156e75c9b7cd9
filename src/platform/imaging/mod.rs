//! Everything that looks inside a photograph.
//!
//! An upload walks through three doors: [`look`] reads the header (a few kilobytes, no pixels) so that the caller can
//! reserve memory, [`accept`] proves the file whole and reads the camera's facts, [`develop`] decodes it once and makes
//! every picture we show. A studio that changes its watermark calls [`mark_again`]. Nothing here trusts a name, an
//! extension or a declared length, and nothing here panics: a hostile file ends as a [`Refusal`] in plain words.
//!
//! All functions are synchronous and hungry: run them in a bounded blocking pool, under one memory budget
//! ([`Header::memory_to_accept`], [`Header::memory_to_develop`]).

mod accept;
mod bytes;
mod colour;
mod containers;
mod decode;
mod develop;
mod encode;
mod facts;
mod flatten;
mod format;
mod header;
mod jpeg;
mod lettering;
mod mark;
mod raster;
mod refusal;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(crate) mod testing;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

pub use accept::{Accepted, accept};
pub use develop::{Developed, Picture, Variant, develop, mark_again};
pub use facts::CameraFacts;
pub use format::Format;
pub use header::{Header, look};
pub use mark::{Mark, MarkStyle, Place};
pub use refusal::{Limits, Refusal};
