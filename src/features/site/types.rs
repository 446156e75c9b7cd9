use crate::shared::{Currency, is_email, one_line, text_enum, tidy};
use serde::{Deserialize, Serialize};

/// The one studio of this installation, as everybody may read it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Studio {
    pub name: String,
    /// One line under the name.
    pub tagline: String,
    /// Paragraphs, parted by an empty line.
    pub about: String,
    /// One service a paragraph: its first line is the name, the rest says what it is.
    pub services: String,
    /// IANA name, such as `Europe/Berlin`.
    pub time_zone: String,
    pub currency: Currency,
    /// A price or an order exists: the currency stays.
    pub currency_fixed: bool,
    /// How to pay at the studio or by transfer, as the order page shows it.
    pub payment_instructions: String,
    /// Address and tax number, as they stand on invoices.
    pub invoice_details: String,
    pub watermark_text: String,
    pub watermark_style: WatermarkStyle,
    /// Percent.
    pub watermark_opacity: i64,
    /// Raised with each change of the watermark; part of the names of watermarked pictures.
    pub watermark_rev: i64,
    /// Shown to everybody; empty: the form is the only way to write to the studio.
    pub contact_email: String,
}

text_enum! {
    /// Where the watermark stands. Tiled survives any cropping, so it is what a studio starts with.
    WatermarkStyle {
        Tiled = "tiled",
        Centre = "centre",
        Corner = "corner",
    }
}

impl WatermarkStyle {
    pub fn words(self) -> &'static str {
        match self {
            Self::Tiled => "All over the picture",
            Self::Centre => "Once, in the middle",
            Self::Corner => "Once, in the corner",
        }
    }
}

/// What the studio's row holds when it is made.
#[derive(Clone, Debug, Default)]
pub struct Opening {
    pub name: String,
    pub time_zone: String,
    pub currency: String,
}

impl Opening {
    pub fn problems(&self) -> Vec<(&'static str, &'static str)> {
        let mut all = vec![];
        named(&mut all, "studio", &self.name);
        all
    }
}

/// What the settings page shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SettingsView {
    pub studio: Studio,
    /// The person who looks is the owner; the others read.
    pub is_mine: bool,
    pub zones: Vec<String>,
}

/// The settings form, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub name: String,
    pub tagline: String,
    pub about: String,
    pub services: String,
    pub time_zone: String,
    pub currency: String,
    pub payment_instructions: String,
    /// Address and tax number, as they stand on invoices.
    pub invoice_details: String,
    pub watermark_text: String,
    pub watermark_style: String,
    pub watermark_opacity: String,
    pub contact_email: String,
}

pub const LONGEST_NAME: usize = 80;
pub const LONGEST_WORDS: usize = 10_000;

impl Settings {
    /// Percent between invisible and a wall.
    pub const OPACITY: std::ops::RangeInclusive<i64> = 10..=90;

    pub fn problems(&self) -> Vec<(&'static str, &'static str)> {
        let mut all = vec![];
        named(&mut all, "name", &self.name);
        if one_line(&self.tagline).chars().count() > 160 {
            all.push(("tagline", "keep it to one line of at most 160 characters"));
        }
        for (field, text) in [
            ("about", &self.about),
            ("services", &self.services),
            ("payment_instructions", &self.payment_instructions),
            ("invoice_details", &self.invoice_details),
        ] {
            if text.chars().count() > LONGEST_WORDS {
                all.push((field, "that is longer than 10,000 characters"));
            }
        }
        if !one_line(&self.contact_email).is_empty() && !is_email(&one_line(&self.contact_email)) {
            all.push(("contact_email", "write an e-mail address such as studio@example.com, or nothing"));
        }
        let mark = one_line(&self.watermark_text).chars().count();
        if !(1..=60).contains(&mark) {
            all.push(("watermark_text", "write 1 to 60 characters, such as the studio's name"));
        }
        if self.watermark_style.parse::<WatermarkStyle>().is_err() {
            all.push(("watermark_style", "choose one of the styles"));
        }
        if self.opacity().is_none() {
            all.push(("watermark_opacity", "choose a whole number from 10 to 90"));
        }
        all
    }

    pub fn opacity(&self) -> Option<i64> {
        self.watermark_opacity.trim().parse().ok().filter(|percent| Self::OPACITY.contains(percent))
    }
}

fn named(all: &mut Vec<(&'static str, &'static str)>, field: &'static str, name: &str) {
    match one_line(name).chars().count() {
        0 => all.push((field, "give the studio a name")),
        n if n > LONGEST_NAME => all.push((field, "use at most 80 characters")),
        _ => {}
    }
}

/// What somebody writes on the contact page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewMessage {
    pub name: String,
    pub email: String,
    pub message: String,
}

impl NewMessage {
    pub fn problems(&self) -> Vec<(&'static str, &'static str)> {
        let mut all = vec![];
        if !(1..=LONGEST_NAME).contains(&one_line(&self.name).chars().count()) {
            all.push(("name", "tell us your name"));
        }
        if !is_email(&self.email) {
            all.push(("email", "write an e-mail address that we can answer"));
        }
        match tidy(&self.message).chars().count() {
            0 => all.push(("message", "write a few words")),
            n if n > 5_000 => all.push(("message", "keep it under 5,000 characters")),
            _ => {}
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good() -> Settings {
        Settings {
            name: "Studio".into(),
            watermark_text: "Studio".into(),
            watermark_style: "tiled".into(),
            watermark_opacity: "30".into(),
            ..Settings::default()
        }
    }

    #[test]
    fn a_watermark_is_never_empty_nor_invisible() {
        assert!(good().problems().is_empty());
        for opacity in ["", "0", "9", "91", "x", "30.5"] {
            assert_eq!(Settings { watermark_opacity: opacity.into(), ..good() }.problems().len(), 1, "{opacity}");
        }
        assert_eq!(Settings { watermark_text: " \n ".into(), ..good() }.problems()[0].0, "watermark_text");
    }

    #[test]
    fn a_message_without_a_way_to_answer_is_not_taken() {
        let message = NewMessage { name: "Ada".into(), email: "ada".into(), message: "Hello".into() };
        assert_eq!(message.problems()[0].0, "email");
    }
}
