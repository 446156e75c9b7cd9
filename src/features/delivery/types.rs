use crate::{
    features::{
        cart::Standing,
        photos::{PhotoFact, Placeholder},
        sharing::Size,
    },
    shared::{GalleryId, PhotoId},
};
use serde::{Deserialize, Serialize};

/// A photograph as it hangs in a grid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tile {
    pub id: PhotoId,
    pub gallery: GalleryId,
    /// As shown, in pixels of the original.
    pub width: i64,
    pub height: i64,
    pub alt: String,
    pub placeholder: Placeholder,
    pub is_bought: bool,
}

impl Tile {
    pub fn ratio(&self) -> f64 {
        self.width.max(1) as f64 / self.height.max(1) as f64
    }

    /// How wide the picture is whose long side has this many pixels; nothing is ever enlarged.
    pub fn width_at(&self, long_side: i64) -> i64 {
        let long = self.width.max(self.height).max(1);
        (self.width * long_side.min(long) / long).max(1)
    }
}

/// `/galleries`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MyRooms {
    pub galleries: Vec<RoomCard>,
    /// Photos that were given one by one.
    pub selections: Vec<SelectionCard>,
    /// Somebody of the studio, whose galleries are elsewhere.
    pub works_here: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoomCard {
    pub id: GalleryId,
    pub title: String,
    /// `14 June 2026, by Pia Sommer`
    pub line: String,
    pub cover: Option<Tile>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SelectionCard {
    pub id: GalleryId,
    pub title: String,
    pub line: String,
    pub count: i64,
    pub photos: Vec<Tile>,
}

/// `/galleries/{id}`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Room {
    pub id: GalleryId,
    pub title: String,
    pub line: String,
    pub note: String,
    pub is_published: bool,
    /// Only some photos were given to this person.
    pub is_selection: bool,
    /// Missing on later pages.
    pub cover: Option<Tile>,
    pub is_first_page: bool,
    pub photos: Vec<Tile>,
    pub next: Option<String>,
    /// What is for sale here, the smallest first; empty: nothing.
    pub sells: Vec<Size>,
    pub has_free_downloads: bool,
}

/// More of the wall, ready to be hung: the same HTML that the page itself is made of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MoreTiles {
    pub html: String,
    pub next: Option<String>,
}

/// One photograph, with everything that this person may do with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Look {
    pub tile: Tile,
    pub filename: String,
    pub title: String,
    pub gallery_title: String,
    /// The person who looks runs the gallery.
    pub is_mine: bool,
    /// The gallery can still be entered; otherwise the photo is here because it was bought.
    pub is_in_gallery: bool,
    pub previous: Option<PhotoId>,
    pub next: Option<PhotoId>,
    /// None where nothing is sold to this person.
    pub standing: Option<Standing>,
    pub downloads: Vec<Size>,
    pub facts: Vec<PhotoFact>,
    pub cart_count: i64,
}
