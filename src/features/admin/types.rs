use crate::{
    features::accounts::{OpenInvitation, PersonRow},
    shared::MailId,
};
use serde::{Deserialize, Serialize};

/// What the first page of the console shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConsoleView {
    pub people: Vec<PersonRow>,
    pub invitations: Vec<OpenInvitation>,
    /// Of the latest letters: how many wait, and how many could not be sent.
    pub waiting: usize,
    pub failed: usize,
}

/// A letter of the outbox.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MailRow {
    pub id: MailId,
    pub to: String,
    pub subject: String,
    pub text: Vec<Piece>,
    pub written: String,
    /// Empty while it waits.
    pub sent: String,
    /// Why the last try failed; empty when it didn't.
    pub failure: String,
}

/// A letter's text, with its links told apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Piece {
    Words(String),
    Link(String),
}

impl Piece {
    /// Only what begins with http is a link; everything else is text, whatever it holds.
    pub fn read(text: &str) -> Vec<Piece> {
        let mut all = vec![];
        let mut words = String::new();
        for part in text.split_inclusive(char::is_whitespace) {
            let word = part.trim_end();
            if word.starts_with("https://") || word.starts_with("http://") {
                if !words.is_empty() {
                    all.push(Piece::Words(std::mem::take(&mut words)));
                }
                all.push(Piece::Link(word.into()));
                words.push_str(&part[word.len()..]);
            } else {
                words.push_str(part);
            }
        }
        if !words.is_empty() {
            all.push(Piece::Words(words));
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::Piece::{self, Link, Words};

    #[test]
    fn a_letter_reads_as_it_was_written_with_its_links_told_apart() {
        assert_eq!(
            Piece::read("Hello,\n\nhttps://x.de/a\n\nBye"),
            [Words("Hello,\n\n".into()), Link("https://x.de/a".into()), Words("\n\nBye".into())]
        );
        assert_eq!(Piece::read("javascript:alert(1)"), [Words("javascript:alert(1)".into())]);
        assert_eq!(Piece::read(""), []);
    }
}
