//! Columns that hold working links or somebody's private words are sealed: who copies the database alone reads nothing
//! of them. The key comes from the environment. Addresses, names and amounts stay open: they are searched, sorted and
//! summed, and a seal that every query breaks protects nobody.
use super::log;
use crate::shared::AppError;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20poly1305::{
    Key, KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};

const MARK: &str = "sealed:";
const NONCE: usize = 24;

pub struct Seal(Vec<Lock>);

struct Lock {
    name: String,
    cipher: XChaCha20Poly1305,
}

impl Seal {
    /// Keys separated by commas, the newest first: it closes, all of them open. So a key can be replaced.
    pub fn new(keys: &str) -> Self {
        Self(keys.split(',').map(|key| Lock::new(key.trim())).collect())
    }

    /// `place`: table and row, such as `mails/0190…`; what was sealed for one row opens in no other.
    pub fn close(&self, place: &str, plain: &str) -> Result<String, AppError> {
        let nonce: [u8; NONCE] = rand::random();
        let lock = self.0.first().ok_or_else(|| log::internal("seal", &"no key"))?;
        let sealed = lock
            .cipher
            .encrypt(&XNonce::from(nonce), Payload { msg: plain.as_bytes(), aad: place.as_bytes() })
            .map_err(|e| log::internal("seal", &e))?;
        Ok(format!("{MARK}{}:{}", lock.name, URL_SAFE_NO_PAD.encode([nonce.as_slice(), &sealed].concat())))
    }

    /// What was written before there was a seal is given as it is; what no key opens is none.
    pub fn open(&self, place: &str, stored: &str) -> Option<String> {
        let Some(sealed) = stored.strip_prefix(MARK) else { return Some(stored.to_string()) };
        let (name, text) = sealed.split_once(':')?;
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (nonce, msg) = bytes.split_at_checked(NONCE)?;
        let nonce = XNonce::from(<[u8; NONCE]>::try_from(nonce).ok()?);
        let fits = self.0.iter().filter(|lock| lock.name == name);
        let plain = fits.filter_map(|lock| lock.cipher.decrypt(&nonce, Payload { msg, aad: place.as_bytes() }).ok()).next()?;
        String::from_utf8(plain).ok()
    }
}

impl Lock {
    fn new(key: &str) -> Self {
        let bytes = blake3::derive_key("photovault 2026-11 sealed columns", key.as_bytes());
        let name = blake3::derive_key("photovault 2026-11 name of a key", key.as_bytes());
        let name = name[..4].iter().map(|byte| format!("{byte:02x}")).collect();
        Self { name, cipher: XChaCha20Poly1305::new(&Key::from(bytes)) }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_in_its_own_place_only() {
        let seal = Seal::new("first key");
        let closed = seal.close("mails/1", "https://studio.example/reset/abc").unwrap();
        assert!(!closed.contains("reset"));
        assert_eq!(seal.open("mails/1", &closed).as_deref(), Some("https://studio.example/reset/abc"));
        assert_eq!(seal.open("mails/2", &closed), None);
        assert_ne!(closed, seal.close("mails/1", "https://studio.example/reset/abc").unwrap(), "the same text looks different each time");
        let changed = format!("{}x", &closed[..closed.len() - 1]);
        assert_eq!(seal.open("mails/1", &changed), None);
    }

    #[test]
    fn an_old_key_still_opens_and_a_foreign_one_does_not() {
        let closed = Seal::new("old").close("a", "words").unwrap();
        assert_eq!(Seal::new("new, old").open("a", &closed).as_deref(), Some("words"));
        assert_eq!(Seal::new("new").open("a", &closed), None);
        assert_eq!(Seal::new("new").open("a", "from before").as_deref(), Some("from before"));
    }
}
