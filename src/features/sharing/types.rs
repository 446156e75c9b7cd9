use crate::shared::{BatchId, GalleryId, PhotoId, Undo, UserId, text_enum};
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
    /// Missing when the right was given to an address.
    pub person: Option<UserId>,
    /// Nobody has shown yet that the address is theirs.
    pub waits: bool,
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

/// What the form of an assignment sends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assign {
    pub gallery: GalleryId,
    /// None: the whole gallery.
    pub photos: Vec<PhotoId>,
    /// Picked from the known clients.
    pub people: Vec<UserId>,
    /// As typed: one a line, or with commas between them.
    pub emails: String,
}

/// What an assignment did; the batch undoes exactly that.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assigned {
    pub batch: BatchId,
    pub gallery: GalleryId,
    /// People who got something that they didn't have.
    pub people: usize,
    /// People who had all of it before.
    pub already: usize,
    /// Otherwise the letters wait.
    pub is_published: bool,
}

impl Assigned {
    /// What takes it back, if it gave anybody anything.
    pub fn undo(&self) -> Option<Undo> {
        (self.people > 0).then(|| Undo::new("undo_assignment", "batch", self.batch))
    }

    pub fn told(&self) -> String {
        let letters = if self.is_published { "" } else { " They are told when you publish the gallery." };
        match self.people {
            0 => "They have access already.".into(),
            1 => format!("Assigned to 1 person.{letters}"),
            people => format!("Assigned to {people} people.{letters}"),
        }
    }
}

/// A gallery's access, for the studio.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AccessView {
    pub gallery: GalleryId,
    pub is_published: bool,
    pub access: Vec<Access>,
    pub clients: Vec<KnownClient>,
}

/// One client, or an address that has no account, and where they may go.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClientRow {
    pub person: Option<UserId>,
    pub name: String,
    pub email: String,
    pub galleries: Vec<ClientGallery>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClientGallery {
    pub id: GalleryId,
    pub title: String,
    pub is_published: bool,
    pub is_whole: bool,
    pub photos: i64,
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

/// What one gallery shows on the home page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GalleryOnHome {
    pub gallery: GalleryId,
    pub pictures: Vec<HomePicture>,
    /// Everybody sees them with the watermark.
    pub is_marked: bool,
}
