use crate::shared::PhotoId;

/// The name of a stored file: generated, ASCII, never from anything that somebody typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key(String);

impl Key {
    /// An original by the BLAKE3 hash of its bytes.
    pub fn original(hash: &[u8]) -> Self {
        let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        Self(format!("originals/{}/{}/{hex}", hex.get(..2).unwrap_or("00"), hex.get(2..4).unwrap_or("00")))
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
