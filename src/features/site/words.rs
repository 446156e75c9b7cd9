use serde::{Deserialize, Serialize};

/// What the studio says about itself. Empty words are left out of the pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudioWords {
    pub name: String,
    /// One line under the name.
    pub tagline: String,
    /// Plain text; an empty line begins a new paragraph.
    pub about: String,
    /// Plain text; an empty line begins a new offer, whose first line is its title.
    pub services: String,
    /// Shown on the contact page only if the studio wants that.
    pub contact_email: Option<String>,
}

/// One thing that the studio does for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub title: String,
    pub text: String,
}

impl From<super::Studio> for StudioWords {
    fn from(studio: super::Studio) -> Self {
        let contact_email = Some(studio.contact_email).filter(|email| !email.is_empty());
        Self { name: studio.name, tagline: studio.tagline, about: studio.about, services: studio.services, contact_email }
    }
}

impl StudioWords {
    pub fn paragraphs(&self) -> Vec<String> {
        blocks(&self.about)
    }

    /// What the studio wrote, or three plain offers to begin with.
    pub fn offers(&self) -> Vec<Offer> {
        let written = if self.services.trim().is_empty() { OFFERS } else { &self.services };
        blocks(written)
            .into_iter()
            .map(|block| {
                let (title, text) = block.split_once('\n').unwrap_or((&block, ""));
                Offer { title: title.trim().into(), text: text.trim().into() }
            })
            .collect()
    }
}

const OFFERS: &str = "\
Weddings\nFrom the first button to the last dance, quietly and without direction. Your gallery is ready within three weeks.

Portraits\nAn unhurried hour at a place that means something to you. Choose your favourites afterwards, in your own time.

Occasions\nBirthdays, christenings, company days: what happened and who was there, as it felt.";

fn blocks(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n");
    text.split("\n\n").map(|block| block.trim().to_string()).filter(|block| !block.is_empty()).collect()
}

/// A photograph that everybody may see.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PublicPicture {
    /// About 1024 pixels on its longer side.
    pub small: String,
    /// About 2048 pixels.
    pub large: String,
    /// What is on it; empty if nobody said.
    pub alt: String,
    /// Width divided by height.
    pub ratio: f32,
}

/// What the home page shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HomeView {
    pub words: StudioWords,
    pub hero: Option<PublicPicture>,
    pub strip: Vec<PublicPicture>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_are_read_as_offers_with_a_title_each() {
        let words = StudioWords { services: "Weddings\r\nAll day.\r\n\r\nPortraits\nAn hour.\nOr two.\n\n\n".into(), ..Default::default() };
        let titles: Vec<_> = words.offers().into_iter().map(|offer| (offer.title, offer.text)).collect();
        assert_eq!(titles, [("Weddings".into(), "All day.".into()), ("Portraits".into(), "An hour.\nOr two.".to_string())]);
        assert_eq!(StudioWords::default().offers().len(), 3);
    }
}
