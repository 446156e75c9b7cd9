//! The whole studio in a folder, and back. A snapshot holds every row as it was at one instant and the list of files;
//! the files themselves lie beside all snapshots, once each, under the hash of their bytes, so that the next backup
//! copies only what is new. Rows are written in a form of our own that both engines read: what was saved from SQLite
//! can be restored into PostgreSQL and the other way.
//!
//! ```text
//! DIR/files/ab/ab12…                      every file by its BLAKE3
//! DIR/snapshots/2026-11-20T16-00-00Z/     manifest.json (written last), tables/*.jsonl, files.jsonl, secret-key
//! ```
mod dump;
mod files;
mod load;
mod manifest;
mod schema;
mod shelf;

pub use files::{Copied, Restored};
pub use manifest::{FileEntry, Manifest};
pub use shelf::{Saved, back_up, migrations_of, restore};
