//! A disk may give back other bytes than it was given. Before an original leaves, it is hashed: a gigabyte a second,
//! from the same memory that the sending reads next. One that was right a moment ago is not hashed again for each part
//! that somebody fetches.
use std::{
    collections::HashMap,
    io::{self, Read},
    path::Path,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

const HOLDS: Duration = Duration::from_secs(600);
const MOST: usize = 4096;

#[derive(Default)]
pub(super) struct Verified(Mutex<HashMap<[u8; 32], Instant>>);

impl Verified {
    pub fn is_fresh(&self, hash: &[u8; 32]) -> bool {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(hash).is_some_and(|at| at.elapsed() < HOLDS)
    }

    pub fn note(&self, hash: [u8; 32]) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(hash, Instant::now());
    }

    pub fn forget(&self, hash: &[u8; 32]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(hash);
    }
}

/// The BLAKE3 of a file; blocks, so it belongs on a thread for that.
pub fn hash_file(path: &Path) -> io::Result<[u8; 32]> {
    let mut file = std::fs::File::open(path)?;
    let mut hasher = blake3::Hasher::new();
    let mut piece = vec![0; 1 << 20];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(*hasher.finalize().as_bytes()),
            read => drop(hasher.update(&piece[..read])),
        }
    }
}
