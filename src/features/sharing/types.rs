use crate::shared::{BatchId, PhotoId, UserId, text_enum};
use serde::{Deserialize, Serialize};

text_enum! {
    /// What a person takes home, and what is sold: a picture for the screen, or the photographer's own file.
    Size {
        Web = "web",
        Original = "original",
    }
}

text_enum! {
    /// The pictures that pages are made of; nobody can ask for any other size.
    Picture {
        Thumb = "thumb",
        Web1024 = "web-1024",
        Web2048 = "web-2048",
    }
}

text_enum! {
    /// What somebody wants to do with a photo.
    Capability {
        View = "view",
        DownloadWeb = "download-web",
        DownloadOriginal = "download-original",
        Buy = "buy",
    }
}

impl Size {
    pub fn title(self) -> &'static str {
        match self {
            Self::Web => "Web size",
            Self::Original => "Original",
        }
    }

    pub fn download(self) -> Capability {
        match self {
            Self::Web => Capability::DownloadWeb,
            Self::Original => Capability::DownloadOriginal,
        }
    }
}

/// One person who may enter a gallery, as the studio's page lists them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Access {
    /// Missing while the right waits for the address to prove itself.
    pub person: Option<UserId>,
    /// The account's name; empty while there is none.
    pub name: String,
    pub email: String,
    pub is_whole: bool,
    /// How many single photos, beside or instead of the whole gallery.
    pub photos: i64,
}

/// Somebody whom the studio knows as a client.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KnownClient {
    pub id: UserId,
    pub name: String,
    pub email: String,
}

/// What an assignment did; the batch undoes exactly that.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assigned {
    pub batch: BatchId,
    /// People who got something that they didn't have.
    pub people: usize,
}

/// A picture of the studio's home page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HomePicture {
    pub photo: PhotoId,
    /// Pixels of the original; only their ratio matters.
    pub width: i64,
    pub height: i64,
    pub title: String,
    /// `#a1b2c3 url(data:…)` for the background, until the picture is there; may be empty.
    pub placeholder: String,
}
