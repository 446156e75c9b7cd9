use crate::shared::{ImageId, PhotoId, UserId};

/// The name of a stored file: generated, ASCII, never from anything that somebody typed. The same on the disk and in a
/// bucket, so that a file can change sides without anybody writing down where it went.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(String);

impl Key {
    /// An original by the BLAKE3 hash of its bytes.
    pub fn original(hash: &[u8]) -> Self {
        let hex = hex(hash);
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

    /// A name from a listing, if it is one of ours; whatever else lies there is left alone.
    pub fn parse(name: &str) -> Option<Self> {
        let tame = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        let mut parts = name.split('/');
        let kind = parts.next()?;
        let rest: Vec<&str> = parts.collect();
        let depth = match kind {
            "originals" | "variants" => 3,
            "images" => 2,
            _ => return None,
        };
        (rest.len() == depth && rest.iter().all(|part| tame(part))).then(|| Self(name.into()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The hash that an original's bytes must have; none for a picture.
    pub fn hash(&self) -> Option<[u8; 32]> {
        self.0.strip_prefix("originals/").and_then(|rest| rest.rsplit('/').next()).and_then(unhex)
    }

    /// The photograph and the name of its picture; none for an original.
    pub fn picture(&self) -> Option<(PhotoId, &str)> {
        let mut parts = self.0.strip_prefix("variants/")?.split('/').skip(1);
        Some((PhotoId(uuid::Uuid::try_parse(parts.next()?).ok()?), parts.next()?))
    }
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn unhex(name: &str) -> Option<[u8; 32]> {
    if name.len() != 64 {
        return None;
    }
    let mut hash = [0; 32];
    for (at, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(name.get(at * 2..at * 2 + 2)?, 16).ok()?;
    }
    Some(hash)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_what_it_is_the_name_of() {
        let key = Key::original(&[7; 32]);
        assert_eq!((key.hash(), key.picture()), (Some([7; 32]), None));
        assert_eq!(Key::parse(key.as_str()), Some(key));
        let photo = PhotoId::new();
        let key = Key::variant(photo, "marked-3-thumb");
        assert_eq!((key.hash(), key.picture()), (None, Some((photo, "marked-3-thumb"))));
        assert_eq!(Key::parse(key.as_str()), Some(key));
    }

    #[test]
    fn a_name_that_is_not_ours_is_none() {
        for name in [
            "originals/ab/../cd",
            "originals/a/b",
            "variants/a/b/c/d",
            "incoming/a/b/c",
            "originals/a b/c/d",
            "/etc/passwd",
            "",
            "variants/%2F/a/b",
        ] {
            assert_eq!(Key::parse(name), None, "{name}");
        }
    }
}
