use super::OutboxRow;
use crate::{
    platform::{Services, db::sql, log},
    shared::{AppError, MailId},
};
use lettre::{AsyncFileTransport, AsyncTransport, Message, Tokio1Executor, message::Mailbox};

/// Sends one letter of the outbox: into the folder `mail` of the data folder, where it can be read as `.eml`.
/// Run by the job `send_mail`; a letter that was sent already is left alone.
pub async fn deliver(services: &Services, id: MailId) -> Result<(), AppError> {
    let row: Option<OutboxRow> =
        sql("SELECT id, recipient, subject, body, created_at, sent_at, attempts, failure FROM mails WHERE id = $1")
            .bind(id)
            .optional(&services.db)
            .await?;
    let Some(row) = row.filter(|row| row.sent_at.is_none()) else { return Ok(()) };
    let outcome = send(services, &row).await;
    let mut tx = services.db.begin().await?;
    sql("UPDATE mails SET attempts = attempts + 1, sent_at = $2, failure = $3 WHERE id = $1 AND sent_at IS NULL")
        .bind(id)
        .bind(outcome.is_ok().then(|| services.clock.now()))
        .bind(outcome.as_ref().err().map(ToString::to_string))
        .run(&mut tx)
        .await?;
    tx.commit().await?;
    outcome.map_err(|e| log::internal("mail", &e))
}

async fn send(services: &Services, row: &OutboxRow) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let folder = services.config.data.join("mail");
    tokio::fs::create_dir_all(&folder).await?;
    let to: Mailbox = row.recipient.parse()?;
    let message = Message::builder()
        .from(services.config.mail_from.parse()?)
        .to(to)
        .subject(row.subject.clone())
        // the same letter keeps its id, should it ever travel twice
        .message_id(Some(format!("<{}@photovault>", row.id)))
        .header(lettre::message::header::ContentType::TEXT_PLAIN)
        .body(row.body.clone())?;
    AsyncFileTransport::<Tokio1Executor>::new(folder).send(message).await?;
    Ok(())
}
