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
    pub fn content(&self, services: &Services) -> Content {
        match services.seal.open(&place(self.id), &self.body) {
            Some(stored) => Content::read(&stored),
            None => Content::read("This letter was sealed with a key that is not here any more."),
        }
    }
}

macro_rules! letters {
    ($rest:literal) => {
        concat!("SELECT id, recipient, subject, body, state, created_at, sent_at, due_at, attempts, give_up_at, failure FROM mails ", $rest)
    };
}

/// The newest letters first.
pub async fn outbox(db: &Db, most: i64) -> Result<Vec<OutboxRow>, AppError> {
    sql(letters!("ORDER BY created_at DESC, id DESC LIMIT $1")).bind(most).all(db).await
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
    let counts: Vec<(String, i64)> = sql("SELECT state, COUNT(*) FROM mails WHERE state <> 'sent' GROUP BY state").all(db).await?;
    let trouble: Option<(String,)> =
        sql("SELECT failure FROM mails WHERE state = 'waiting' AND failure IS NOT NULL ORDER BY tried_at DESC LIMIT 1")
            .optional(db)
            .await?;
    let count = |is_waiting: bool| counts.iter().filter(|(state, _)| (state == "waiting") == is_waiting).map(|(_, n)| n).sum();
    Ok(Summary { waiting: count(true), failed: count(false), trouble: trouble.map(|(failure,)| failure) })
}

/// Tries a letter once more, from now on for as long as a new one. False when it was sent or waits anyway.
pub async fn resend(tx: &mut Tx, now: i64, id: MailId) -> Result<bool, AppError> {
    sql("UPDATE mails SET state = 'waiting', due_at = $2, give_up_at = $3, attempts = 0, failure = NULL WHERE id = $1 AND state IN ('bounced', 'given_up')")
        .bind(id)
        .bind(now)
        .bind(now + PATIENCE)
        .run(tx)
        .await
        .map(|changed| changed == 1)
}
