//! Outgoing mail. A letter is written into the outbox in the transaction of the fact it tells, and carried by the
//! postman: a request never waits for a mail server, and a letter is never lost or sent for something that didn't happen.
mod carrier;
mod letter;
mod outbox;
mod postman;
mod settings;

pub use carrier::{Carrier, Draw};
pub use letter::{Content, Enclosed, Letter, Part, Sample};
pub use outbox::{MailState, OutboxRow, Summary, UNREADABLE, failed, lay_aside, letter, outbox, resend, summary};
pub use postman::{carry_due, start};
pub use settings::{MailSettings, Safety, Server};

use super::{
    Services,
    clock::DAY,
    db::{Tx, sql},
    log,
};
use crate::shared::{AppError, MailId, email_key};

/// For so long a letter is tried; then a person has to look.
pub const PATIENCE: i64 = 3 * DAY;

/// Puts the letter into the outbox, in the caller's transaction. Ring the bell after the commit.
pub async fn post(tx: &mut Tx, services: &Services, letter: Letter) -> Result<(), AppError> {
    let (id, now) = (MailId::new(), services.clock.now());
    let content = serde_json::to_string(&letter.content).map_err(|e| log::internal("mail", &e))?;
    // working links and private words: sealed
    let body = services.seal.close(&place(id), &content)?;
    sql("INSERT INTO mails (id, recipient, recipient_key, subject, body, once_key, created_at, attempts, state, due_at, give_up_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 'waiting', $7, $8) ON CONFLICT (once_key) DO NOTHING")
    .bind(id)
    .bind(&letter.to)
    .bind(email_key(&letter.to))
    .bind(letter.subject)
    .bind(body)
    .bind(letter.once)
    .bind(now)
    .bind(now + PATIENCE)
    .run(tx)
    .await
    .map(drop)
}

fn place(id: MailId) -> String {
    format!("mails/{id}")
}
