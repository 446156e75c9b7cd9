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
    /// Letters that wait, and letters that will not arrive.
    pub waiting: i64,
    pub failed: i64,
}

/// What the mail page shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MailDesk {
    pub letters: Vec<MailRow>,
    /// How many of them did not arrive and wait for somebody to do something.
    pub failed: usize,
    /// Letters go into a folder instead of to a mail server.
    pub is_folder: bool,
    /// What the letters that wait ran into; empty when nothing is wrong.
    pub trouble: String,
}

/// A kind of letter; without a text where there is nothing yet to fill it with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SampleRow {
    pub name: String,
    pub title: String,
    pub subject: String,
    pub text: Option<String>,
}

/// What the page about errors and jobs shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FaultDesk {
    pub jobs: Vec<JobCount>,
    pub failed: Vec<FailedJobRow>,
    pub faults: Vec<FaultRow>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct JobCount {
    pub kind: String,
    pub waiting: i64,
    pub running: i64,
    pub failed: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FailedJobRow {
    pub id: String,
    pub kind: String,
    pub subject: String,
    pub when: String,
    pub failure: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FaultRow {
    pub reference: String,
    pub place: String,
    pub cause: String,
    pub when: String,
}

/// A letter of the outbox.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MailRow {
    pub id: MailId,
    pub to: String,
    pub subject: String,
    pub text: Vec<Piece>,
    pub written: String,
    pub standing: Standing,
    /// When it was sent, or when it is tried next.
    pub when: String,
    pub tries: i64,
    /// Why the last try failed; empty when it didn't.
    pub failure: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    Waiting,
    Delayed,
    Sent,
    Bounced,
    GivenUp,
    LaidAside,
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
