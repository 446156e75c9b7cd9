use crate::shared::{ImageId, PhotoId, UserId};

/// The name of a stored file: generated, ASCII, never from anything that somebody typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key(String);

impl Key {
    /// An original by the BLAKE3 hash of its bytes.
    pub fn original(hash: &[u8]) -> Self {
        let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        Self(format!("originals/{}/{}/{hex}", hex.get(..2).unwrap_or("00"), hex.get(2..4).unwrap_or("00")))
    }

    /// What a person keeps here through the API: an object of its own, so that deleting it deletes nobody else's.
    pub fn image(user: UserId, image: ImageId) -> Self {
        Self(format!("images/{}/{}", user.0.simple(), image.0.simple()))
    }

    /// A picture made from a photo. Watermarked ones carry the revision of the studio's watermark in their name,
    /// so that one made with old settings can never be taken for a current one.
    pub fn variant(photo: PhotoId, name: &str) -> Self {
        let id = photo.0.simple().to_string();
        // the last digits of a UUIDv7 are random: folders fill evenly
        Self(format!("variants/{}/{id}/{name}", &id[id.len() - 2..]))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The hash in the name of an original's file; none for a file of another kind.
pub(super) fn hash_of(name: &str) -> Option<Vec<u8>> {
    let byte = |at: usize| name.get(at..at + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
    if name.len() == 64 { (0..64).step_by(2).map(byte).collect() } else { None }
}
