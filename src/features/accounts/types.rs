use crate::shared::{LinkId, Role, Scope, SessionId, TokenId, UserId, is_email, one_line};
use serde::{Deserialize, Serialize};

/// A person as others may see them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PersonCard {
    pub id: UserId,
    pub name: String,
    pub email: String,
}

/// The sign-up form. There is no role in it: whoever signs up is a client.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewClient {
    pub name: String,
    pub email: String,
    pub password: String,
    pub password2: String,
}

impl NewClient {
    /// What is wrong before anybody looks at the password's quality.
    pub fn problems(&self) -> Vec<(&'static str, &'static str)> {
        let mut all = named(&self.name);
        if !is_email(&self.email) {
            all.push(("email", "write an e-mail address such as ada@example.com"));
        }
        all
    }
}

/// The first-run form: the studio and its owner.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewStudio {
    pub code: String,
    pub studio: String,
    pub name: String,
    pub email: String,
    pub password: String,
    pub password2: String,
    pub time_zone: String,
    pub currency: String,
}

/// What a page behind a mailed link shows before its button is pressed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinkPage {
    pub email: String,
    /// The link was used, replaced by a newer one, or has run out.
    pub is_over: bool,
}

/// What the page of an invitation shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InvitationView {
    pub studio: String,
    pub email: String,
    pub role: Role,
    pub is_over: bool,
    /// Somebody with this address is here already: they sign in and accept.
    pub has_account: bool,
    /// The person who looks at the page is the one who was invited.
    pub is_me: bool,
}

/// An invitation to work here that nobody has accepted yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OpenInvitation {
    pub id: LinkId,
    pub email: String,
    pub role: Role,
    /// Empty: the program itself.
    pub inviter: String,
    pub sent: String,
    /// The last day on which it can be accepted.
    pub until: String,
    /// That day has passed.
    pub is_over: bool,
}

/// The person's own page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    pub name: String,
    pub email: String,
    pub role: Role,
    pub is_proven: bool,
    pub sessions: Vec<SessionRow>,
    pub programs: Vec<ProgramRow>,
}

/// A browser in which the person is signed in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionRow {
    pub id: SessionId,
    /// Such as "Firefox on Linux".
    pub device: String,
    pub since: String,
    pub seen: String,
    pub is_this: bool,
}

/// A token that the person made for a program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProgramRow {
    pub id: TokenId,
    pub name: String,
    pub scopes: Vec<Scope>,
    pub since: String,
    /// None: never.
    pub seen: Option<String>,
}

/// A person as the owner sees them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PersonRow {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub is_active: bool,
    pub is_proven: bool,
    pub since: String,
}

pub fn named(name: &str) -> Vec<(&'static str, &'static str)> {
    match one_line(name).chars().count() {
        0 => vec![("name", "write your name")],
        n if n > 80 => vec![("name", "use at most 80 characters")],
        _ => vec![],
    }
}
