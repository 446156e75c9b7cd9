//! Outgoing mail. A letter is written into the outbox in the transaction of the fact it tells, and sent by a job:
//! a request never waits for a mail server, and a letter is never lost or sent for something that didn't happen.
mod transport;

pub use transport::deliver;

use super::{
    Clock,
    db::{Db, Tx, sql},
    jobs,
};
use crate::shared::{AppError, MailId};

pub struct Letter {
    pub to: String,
    pub subject: String,
    /// Plain text; lines are wrapped by the reader.
    pub text: String,
    /// One fact, one letter: a second letter under the same key is not written.
    pub once: String,
}

#[derive(sqlx::FromRow)]
pub struct OutboxRow {
    pub id: MailId,
    pub recipient: String,
    pub subject: String,
    pub body: String,
    pub created_at: i64,
    pub sent_at: Option<i64>,
    pub attempts: i64,
    pub failure: Option<String>,
}

/// Puts the letter into the outbox and asks for its delivery, both in the caller's transaction.
pub async fn post(tx: &mut Tx, clock: &Clock, letter: Letter) -> Result<(), AppError> {
    let id = MailId::new();
    let written = sql("INSERT INTO mails (id, recipient, subject, body, once_key, created_at, attempts) VALUES ($1, $2, $3, $4, $5, $6, 0) ON CONFLICT (once_key) DO NOTHING")
        .bind(id)
        .bind(letter.to)
        .bind(letter.subject)
        .bind(letter.text)
        .bind(letter.once)
        .bind(clock.now())
        .run(tx)
        .await?;
    if written == 0 {
        return Ok(());
    }
    jobs::enqueue(tx, clock, jobs::Job::new("send_mail", id).urgent()).await
}

/// The newest letters first, for the owner's page.
pub async fn outbox(db: &Db, most: i64) -> Result<Vec<OutboxRow>, AppError> {
    sql("SELECT id, recipient, subject, body, created_at, sent_at, attempts, failure FROM mails ORDER BY created_at DESC, id DESC LIMIT $1")
        .bind(most)
        .all(db)
        .await
}
