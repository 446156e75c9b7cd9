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

pub struct OutboxRow {
    pub id: MailId,
    pub recipient: String,
    pub subject: String,
    /// The letter's text.
    pub body: String,
    pub state: MailState,
    pub created_at: i64,
    pub sent_at: Option<i64>,
    pub due_at: i64,
    pub attempts: i64,
    pub failure: Option<String>,
}

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    pub id: MailId,
    pub recipient: String,
    pub subject: String,
    pub body: String,
    pub state: MailState,
    pub created_at: i64,
    pub sent_at: Option<i64>,
    pub due_at: i64,
    pub attempts: i64,
    pub give_up_at: i64,
    pub failure: Option<String>,
}

impl Row {
    pub fn content(&self, services: &Services) -> Content {
        match services.seal.open(&place(self.id), &self.body) {
            Some(stored) => Content::read(&stored),
            None => Content::read("This letter was sealed with a key that is not here any more."),
        }
    }
}

/// The newest letters first.
pub async fn outbox(services: &Services, most: i64) -> Result<Vec<OutboxRow>, AppError> {
    let rows: Vec<Row> = sql("SELECT id, recipient, subject, body, state, created_at, sent_at, due_at, attempts, give_up_at, failure
         FROM mails ORDER BY created_at DESC, id DESC LIMIT $1")
    .bind(most)
    .all(&services.db)
    .await?;
    let open = |row: Row| OutboxRow {
        body: row.content(services).text(),
        id: row.id,
        recipient: row.recipient,
        subject: row.subject,
        state: row.state,
        created_at: row.created_at,
        sent_at: row.sent_at,
        due_at: row.due_at,
        attempts: row.attempts,
        failure: row.failure,
    };
    Ok(rows.into_iter().map(open).collect())
}

/// One letter's subject and content, to be looked at.
pub async fn letter(services: &Services, id: MailId) -> Result<Option<(String, Content)>, AppError> {
    let row: Option<Row> = sql("SELECT id, recipient, subject, body, state, created_at, sent_at, due_at, attempts, give_up_at, failure
         FROM mails WHERE id = $1")
    .bind(id)
    .optional(&services.db)
    .await?;
    Ok(row.map(|row| (row.subject.clone(), row.content(services))))
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
