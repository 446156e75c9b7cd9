//! One letter, written once: its text and its HTML are drawn from the same parts.
use crate::shared::one_line;
use askama::Template;
use serde::{Deserialize, Serialize};

/// `Letter::new(&ada.email, "Your order", once).hello("Ada").words("It is paid.").button("Download", link).from(&studio.name)`
#[derive(Clone, Debug)]
pub struct Letter {
    pub to: String,
    pub subject: String,
    /// One fact, one letter: a second letter under the same key is not written.
    pub once: String,
    pub content: Content,
}

/// A kind of letter as an example; none where there is nothing yet to fill it with.
pub struct Sample {
    /// One word, for its address.
    pub name: &'static str,
    pub title: &'static str,
    pub letter: Option<Letter>,
}

/// What stands in the letter, as it is stored.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Content {
    pub studio: String,
    pub parts: Vec<Part>,
    #[serde(default)]
    pub enclosed: Vec<Enclosed>,
}

/// A PDF that travels with the letter. It is drawn when the letter leaves, from what stands here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Enclosed {
    pub filename: String,
    pub source: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Words(String),
    /// A table of names and values.
    Facts(Vec<(String, String)>),
    Button {
        label: String,
        link: String,
    },
    /// Digits or letters that are typed off.
    Code(String),
    /// What somebody else wrote, line by line.
    Quote(String),
    /// Small print.
    Note(String),
}

impl Letter {
    /// The subject is one line, whatever was put into it.
    pub fn new(to: &str, subject: impl AsRef<str>, once: impl Into<String>) -> Self {
        Self { to: to.into(), subject: one_line(subject.as_ref()), once: once.into(), content: Content::default() }
    }

    pub fn hello(self, name: &str) -> Self {
        let name = one_line(name);
        self.words(if name.is_empty() { "Hello,".to_string() } else { format!("Hello {name},") })
    }

    pub fn words(self, words: impl Into<String>) -> Self {
        self.part(Part::Words(words.into()))
    }

    /// Facts one after the other become one table.
    pub fn fact(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let fact = (name.into(), value.into());
        if let Some(Part::Facts(facts)) = self.content.parts.last_mut() {
            facts.push(fact);
            return self;
        }
        self.part(Part::Facts(vec![fact]))
    }

    pub fn button(self, label: &str, link: impl Into<String>) -> Self {
        self.part(Part::Button { label: label.into(), link: link.into() })
    }

    pub fn code(self, code: impl Into<String>) -> Self {
        self.part(Part::Code(code.into()))
    }

    pub fn quote(self, words: impl Into<String>) -> Self {
        self.part(Part::Quote(words.into()))
    }

    pub fn note(self, words: impl Into<String>) -> Self {
        self.part(Part::Note(words.into()))
    }

    pub fn enclose(mut self, filename: impl Into<String>, source: impl Into<String>) -> Self {
        self.content.enclosed.push(Enclosed { filename: filename.into(), source: source.into() });
        self
    }

    /// The studio's name stands above and below.
    pub fn from(mut self, studio: &str) -> Self {
        self.content.studio = one_line(studio);
        self
    }

    fn part(mut self, part: Part) -> Self {
        self.content.parts.push(part);
        self
    }
}

#[derive(Template)]
#[template(path = "letter.html")]
struct Html<'a> {
    subject: &'a str,
    content: &'a Content,
}

impl Part {
    fn text(&self) -> String {
        match self {
            Self::Words(words) | Self::Quote(words) | Self::Note(words) => words.trim().into(),
            Self::Facts(facts) => facts.iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join("\n"),
            Self::Button { label, link } => format!("{label}:\n{link}"),
            Self::Code(code) => format!("    {code}"),
        }
    }
}

impl Content {
    pub fn text(&self) -> String {
        let studio = Some(self.studio.clone()).filter(|name| !name.is_empty());
        let parts: Vec<String> = self.parts.iter().map(Part::text).chain(studio).collect();
        format!("{}\n", parts.join("\n\n"))
    }

    pub fn html(&self, subject: &str) -> String {
        Html { subject, content: self }.render().unwrap_or_default()
    }

    /// Reads what is stored; a letter from before there were parts is its words.
    pub fn read(stored: &str) -> Self {
        serde_json::from_str(stored).unwrap_or_else(|_| Self { parts: vec![Part::Words(stored.into())], ..Self::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> Letter {
        Letter::new("ada@example.com", "Your order\r\nBcc: evil@example.com", "once")
            .hello("Ada\nLovelace")
            .words("thank you for <b>your</b> order.")
            .fact("Total", "€ 35.00")
            .fact("Paid on", "14 June 2026")
            .button("Open the order", "https://studio.example/orders/PV-1?a=1&b=\"2\"")
            .quote("first line\n<script>alert(1)</script>")
            .from("Studio & Sons")
    }

    #[test]
    fn one_source_gives_text_and_html() {
        let Letter { subject, content, .. } = letter();
        assert_eq!(
            content.text(),
            "Hello Ada Lovelace,\n\nthank you for <b>your</b> order.\n\nTotal: € 35.00\nPaid on: 14 June 2026\n\nOpen the order:\nhttps://studio.example/orders/PV-1?a=1&b=\"2\"\n\nfirst line\n<script>alert(1)</script>\n\nStudio & Sons\n"
        );
        let html = content.html(&subject);
        for part in ["Hello Ada Lovelace,", "€ 35.00", "Open the order", "Studio &#38; Sons", "#1b5e20"] {
            assert!(html.contains(part), "{part} is missing in {html}");
        }
    }

    #[test]
    fn nothing_that_somebody_wrote_becomes_markup_or_a_header() {
        let Letter { subject, content, .. } = letter();
        let html = content.html(&subject);
        assert!(!html.contains("<script") && !html.contains("<b>your") && !html.contains("b=\"2\""), "{html}");
        assert!(!subject.contains(['\r', '\n']), "{subject}");
    }

    #[test]
    fn a_letter_is_read_as_it_was_stored() {
        let content = letter().content;
        assert_eq!(Content::read(&serde_json::to_string(&content).unwrap_or_default()), content);
        assert_eq!(Content::read("Hello Ada,\n\nold words\n").text(), "Hello Ada,\n\nold words\n");
    }
}
