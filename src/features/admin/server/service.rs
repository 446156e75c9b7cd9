use super::policy;
use crate::{
    features::{
        accounts::server::service as accounts,
        admin::{ConsoleView, MailRow, Piece},
        site::server::service as site,
    },
    platform::{RequestContext, mail, when},
    shared::AppError,
};

/// How many letters back the console looks.
const LETTERS: i64 = 200;

pub async fn console(cx: &RequestContext) -> Result<ConsoleView, AppError> {
    policy::may_open_console(&cx.actor)?;
    let letters = mail::outbox(&cx.db, LETTERS).await?;
    let unsent = letters.iter().filter(|letter| letter.sent_at.is_none());
    let failed = unsent.clone().filter(|letter| letter.failure.is_some()).count();
    Ok(ConsoleView {
        people: accounts::everybody(cx).await?,
        invitations: accounts::open_invitations(cx).await?,
        waiting: unsent.count() - failed,
        failed,
    })
}

/// The newest letters, readable: with the folder as the way out, this is where they arrive.
pub async fn outbox(cx: &RequestContext) -> Result<Vec<MailRow>, AppError> {
    policy::may_open_console(&cx.actor)?;
    let zone = site::studio(&cx.db).await?.time_zone;
    let row = |letter: mail::OutboxRow| MailRow {
        id: letter.id,
        to: letter.recipient,
        subject: letter.subject,
        text: Piece::read(&letter.body),
        written: when::date_time(letter.created_at, &zone),
        sent: letter.sent_at.map(|at| when::date_time(at, &zone)).unwrap_or_default(),
        failure: letter.failure.unwrap_or_default(),
    };
    Ok(mail::outbox(&cx.db, LETTERS).await?.into_iter().map(row).collect())
}
