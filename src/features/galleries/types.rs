use crate::{
    features::photos::{PhotoStatus, Placeholder, Tally},
    shared::{GalleryId, Page, PhotoId, Problem, one_line, tidy},
};
use serde::{Deserialize, Serialize};

crate::shared::text_enum! {
    /// Clients see published galleries only.
    GalleryStatus {
        Draft = "draft",
        Published = "published",
    }
}

impl GalleryStatus {
    pub fn title(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::Published => "Published",
        }
    }
}

crate::shared::text_enum! {
    /// Where chosen photographs go, for those who don't drag.
    Way {
        First = "first",
        Earlier = "earlier",
        Later = "later",
        Last = "last",
    }
}

crate::shared::text_enum! {
    SortBy {
        Taken = "taken",
        Name = "name",
    }
}

pub const LONGEST_TITLE: u32 = 200;
pub const LONGEST_NOTE: u32 = 5_000;

/// A new gallery needs a title; the rest can wait.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewGallery {
    pub title: String,
    /// `2026-06-14`, or empty.
    pub event_date: String,
    pub client_name: String,
}

/// Everything about a gallery that its photographer sets.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GallerySettings {
    pub title: String,
    pub event_date: String,
    pub client_name: String,
    pub note: String,
    pub shows_prices: bool,
    pub has_watermark: bool,
    pub has_free_downloads: bool,
}

impl GallerySettings {
    /// What a new gallery begins with: protected and for sale.
    pub fn of_new(new: NewGallery) -> Self {
        Self {
            title: new.title,
            event_date: new.event_date,
            client_name: new.client_name,
            shows_prices: true,
            has_watermark: true,
            ..Self::default()
        }
    }

    pub fn tidied(self) -> Self {
        Self {
            title: one_line(&self.title),
            event_date: self.event_date.trim().into(),
            client_name: one_line(&self.client_name),
            note: tidy(&self.note),
            ..self
        }
    }

    pub fn problems(&self) -> Vec<(&'static str, &'static str)> {
        let mut found = vec![];
        let longer = |text: &str, most: u32| text.chars().count() > most as usize;
        if self.title.is_empty() {
            found.push(("title", "give the gallery a title"));
        }
        if longer(&self.title, LONGEST_TITLE) {
            found.push(("title", "a title may have at most 200 characters"));
        }
        if longer(&self.client_name, LONGEST_TITLE) {
            found.push(("client_name", "a name may have at most 200 characters"));
        }
        if longer(&self.note, LONGEST_NOTE) {
            found.push(("note", "a note may have at most 5,000 characters"));
        }
        found
    }
}

/// A gallery in a list of the studio.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GalleryCard {
    pub id: GalleryId,
    pub title: String,
    pub client_name: String,
    /// `14 June 2026`
    pub event_date: Option<String>,
    pub status: GalleryStatus,
    pub cover: Option<PhotoTile>,
    pub tally: Tally,
}

/// A gallery as its photographer works on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GalleryView {
    pub id: GalleryId,
    pub status: GalleryStatus,
    pub settings: GallerySettings,
    /// `14 June 2026`
    pub event_date: Option<String>,
    /// Raised by every change of the settings, so that two people don't overwrite each other.
    pub version: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GalleryDesk {
    pub gallery: GalleryView,
    pub tally: Tally,
    pub photos: Page<PhotoTile>,
    /// A removal that can be taken back.
    pub undo: Option<Undo>,
}

/// One photograph in a grid. Its frame has the right proportions before there is a picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PhotoTile {
    pub id: PhotoId,
    /// The title, or the file's name.
    pub alt: String,
    pub width: i64,
    pub height: i64,
    pub placeholder: Placeholder,
    pub status: PhotoStatus,
    /// Why the preparation failed.
    pub failure: Option<String>,
    pub is_cover: bool,
    /// Its place in the gallery's order, as a cursor.
    pub cursor: String,
}

impl PhotoTile {
    pub fn ratio(&self) -> f64 {
        self.width.max(1) as f64 / self.height.max(1) as f64
    }

    pub fn is_ready(&self) -> bool {
        self.status == PhotoStatus::Ready
    }
}

/// What happened in a gallery since the browser last asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    pub tally: Tally,
    /// Photographs that were asked about, and those that arrived at the end; in the gallery's order.
    pub tiles: Vec<PhotoTile>,
}

impl Progress {
    /// Where a page without photographs begins to look for arrivals. (An empty field would not be sent at all.)
    pub const FROM_THE_START: &str = "start";
}

/// A removal of photographs, as the form that takes it back names it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Undo {
    pub at: i64,
    pub count: i64,
}

/// The studio's first page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    pub tally: Tally,
    pub galleries: i64,
    pub published: i64,
    /// Photographs that came in since midnight.
    pub today: i64,
    pub latest: Vec<GalleryCard>,
}

/// A photograph in the studio's list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PhotoLine {
    pub tile: PhotoTile,
    pub filename: String,
    pub gallery: GalleryId,
    pub gallery_title: String,
    /// `24.2 MB · 6000 × 4000`
    pub measure: String,
    pub added: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PhotoList {
    pub photos: Page<PhotoLine>,
    /// For the filter: id and title of the galleries.
    pub galleries: Vec<(GalleryId, String)>,
}

crate::shared::text_enum! {
    UploadOutcome {
        Added = "added",
        AlreadyThere = "already_there",
        Refused = "refused",
    }
}

/// What became of one file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UploadedFile {
    pub name: String,
    pub outcome: UploadOutcome,
    pub reason: Option<String>,
    pub photo: Option<PhotoId>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UploadReport {
    pub files: Vec<UploadedFile>,
}

impl UploadReport {
    pub fn count(&self, outcome: UploadOutcome) -> usize {
        self.files.iter().filter(|file| file.outcome == outcome).count()
    }

    pub fn problems(&self) -> Vec<Problem> {
        let refused = self.files.iter().filter(|file| file.outcome == UploadOutcome::Refused);
        refused.map(|file| Problem { field: file.name.clone(), message: file.reason.clone().unwrap_or_default() }).collect()
    }

    /// "12 photographs added. 2 were here already."
    pub fn sentence(&self) -> String {
        let added = match self.count(UploadOutcome::Added) {
            0 => "Nothing new was added.".into(),
            1 => "One photograph added.".into(),
            n => format!("{n} photographs added."),
        };
        match self.count(UploadOutcome::AlreadyThere) {
            0 => added,
            1 => format!("{added} One was here already."),
            n => format!("{added} {n} were here already."),
        }
    }
}
