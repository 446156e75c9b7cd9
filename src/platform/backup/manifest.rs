use super::schema::Table;
use serde::{Deserialize, Serialize};

pub const FORMAT: u32 = 1;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    /// Unix milliseconds.
    pub made_at: i64,
    pub program: String,
    /// The database's steps, so that it can be brought to where it was before its rows come back.
    pub migrations: Vec<i64>,
    pub tables: Vec<SavedTable>,
    pub files: u64,
    pub bytes: u64,
    /// BLAKE3 of files.jsonl.
    pub list: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SavedTable {
    #[serde(flatten)]
    pub table: Table,
    pub rows: u64,
    /// BLAKE3 of its file.
    pub hash: String,
}

/// One line of files.jsonl.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileEntry {
    pub key: String,
    /// BLAKE3 of the bytes.
    pub hash: String,
    pub length: u64,
    /// What the storage said about its last writing: unchanged, it isn't read again.
    pub stamp: String,
}
