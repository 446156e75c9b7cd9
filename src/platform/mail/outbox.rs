//! The outbox as the owner sees it.
use super::{Content, PATIENCE, place};
use crate::{
    platform::{
        Services,
        db::{Db, Tx, sql},
    },
    shared::{AppError, MailId, text_enum},
};

text_enum! {
    /// Where a letter stands.
    MailState {
        Waiting = "waiting",
        Sent = "sent",
        /// The other side will never take it: no such address, or refused for good.
        Bounced = "bounced",
        /// Tried for days, in vain.
        GivenUp = "given_up",
        /// It did not arrive, and the owner is done with it.
        LaidAside = "laid_aside",
    }
}

#[derive(sqlx::FromRow)]
pub struct OutboxRow {
    pub id: MailId,
    pub recipient: String,
    pub subject: String,
    /// The letter, sealed.
    body: String,
    pub state: MailState,
    pub created_at: i64,
    pub sent_at: Option<i64>,
    pub due_at: i64,
    pub attempts: i64,
    pub(super) give_up_at: i64,
    pub failure: Option<String>,
}

impl OutboxRow {
    /// None when it was sealed with a key that is not here any more.
    pub fn content(&self, services: &Services) -> Option<Content> {
        services.seal.open(&place(self.id), &self.body).map(|stored| Content::read(&stored))
    }
}

macro_rules! letters {
    ($rest:literal) => {
        concat!("SELECT id, recipient, subject, body, state, created_at, sent_at, due_at, attempts, give_up_at, failure FROM mails ", $rest)
    };
}

/// What the owner reads in place of a letter that cannot be opened.
pub const UNREADABLE: &str = "This letter was sealed with a key that is not here any more.";

/// The newest letters first.
pub async fn outbox(db: &Db, most: i64) -> Result<Vec<OutboxRow>, AppError> {
    sql(letters!("ORDER BY created_at DESC, id DESC LIMIT $1")).bind(most).all(db).await
}

/// Letters that will not arrive and that nobody has laid aside, the newest first.
pub async fn failed(db: &Db, most: i64) -> Result<Vec<OutboxRow>, AppError> {
    sql(letters!("WHERE state IN ('bounced', 'given_up') ORDER BY created_at DESC, id DESC LIMIT $1")).bind(most).all(db).await
}

/// One letter, to be looked at.
pub async fn letter(db: &Db, id: MailId) -> Result<Option<OutboxRow>, AppError> {
    sql(letters!("WHERE id = $1")).bind(id).optional(db).await
}

/// How many wait and how many will not arrive; and what the last one that waits after a failure ran into.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    pub waiting: i64,
    pub failed: i64,
    pub trouble: Option<String>,
}

pub async fn summary(db: &Db) -> Result<Summary, AppError> {
    let counts: Vec<(String, i64)> =
        sql("SELECT state, COUNT(*) FROM mails WHERE state NOT IN ('sent', 'laid_aside') GROUP BY state").all(db).await?;
    let trouble: Option<(String,)> =
        sql("SELECT failure FROM mails WHERE state = 'waiting' AND failure IS NOT NULL ORDER BY tried_at DESC LIMIT 1")
            .optional(db)
            .await?;
    let count = |is_waiting: bool| counts.iter().filter(|(state, _)| (state == "waiting") == is_waiting).map(|(_, n)| n).sum();
    Ok(Summary { waiting: count(true), failed: count(false), trouble: trouble.map(|(failure,)| failure) })
}

/// Tries a letter once more, from now on for as long as a new one. False when it was sent or waits anyway.
pub async fn resend(tx: &mut Tx, now: i64, id: MailId) -> Result<bool, AppError> {
    sql("UPDATE mails SET state = 'waiting', due_at = $2, give_up_at = $3, attempts = 0, failure = NULL WHERE id = $1 AND state IN ('bounced', 'given_up', 'laid_aside')")
        .bind(id)
        .bind(now)
        .bind(now + PATIENCE)
        .run(tx)
        .await
        .map(|changed| changed == 1)
}

/// The owner is done with a letter that did not arrive, or with all of them. How many that were.
pub async fn lay_aside(tx: &mut Tx, id: Option<MailId>) -> Result<u64, AppError> {
    sql("UPDATE mails SET state = 'laid_aside' WHERE state IN ('bounced', 'given_up') AND ($1 OR id = $2)")
        .bind(id.is_none())
        .bind(id.map_or(uuid::Uuid::nil(), |id| id.0))
        .run(tx)
        .await
}
