//! Random secrets. 256 bits go to the person, only their SHA-256 stays with us.
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::RngExt;
use sha2::{Digest, Sha256};

pub struct Token {
    /// What the person gets, once: 43 characters, safe in a URL and a cookie.
    pub secret: String,
    /// What the database keeps.
    pub hash: Vec<u8>,
}

pub fn fresh() -> Token {
    let bytes: [u8; 32] = rand::rng().random();
    let secret = URL_SAFE_NO_PAD.encode(bytes);
    Token { hash: hash(&secret), secret }
}

pub fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// A short word that a person can read out on the telephone: no vowels, nothing that looks alike.
pub fn code(length: usize) -> String {
    const LETTERS: &[u8] = b"BCDFGHJKMNPQRSTVWXYZ23456789";
    let mut rng = rand::rng();
    (0..length).map(|_| LETTERS[rng.random_range(0..LETTERS.len())] as char).collect()
}

/// What an error page quotes and the log finds.
pub fn reference() -> String {
    code(8)
}
