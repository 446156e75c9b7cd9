use super::policy;
use crate::{
    features::{
        accounts::server::service as accounts,
        admin::{ConsoleView, MailDesk, MailRow, Piece, SampleRow, Standing},
        orders::server::service as orders,
        photos::server::integrity,
        sharing::server::service as sharing,
        site::server::service as site,
    },
    platform::{
        RequestContext,
        history::{self, Change},
        mail::{self, MailState, OutboxRow, Sample},
        when,
    },
    shared::{AppError, MailId},
};

/// How many letters back the console looks.
const LETTERS: i64 = 200;

pub async fn console(cx: &RequestContext) -> Result<ConsoleView, AppError> {
    policy::may_open_console(&cx.actor)?;
    let mail = mail::summary(&cx.db).await?;
    Ok(ConsoleView {
        people: accounts::everybody(cx).await?,
        invitations: accounts::open_invitations(cx).await?,
        waiting: mail.waiting,
        failed: mail.failed,
    })
}

/// The newest letters, readable: with the folder as the way out, this is where they arrive.
pub async fn outbox(cx: &RequestContext) -> Result<MailDesk, AppError> {
    policy::may_open_console(&cx.actor)?;
    let zone = site::studio(&cx.db).await?.time_zone;
    let row = |letter: OutboxRow| MailRow {
        id: letter.id,
        text: Piece::read(&letter.content(cx).map_or_else(|| mail::UNREADABLE.into(), |content| content.text())),
        to: letter.recipient,
        subject: letter.subject,
        written: when::date_time(letter.created_at, &zone),
        standing: match letter.state {
            MailState::Waiting if letter.failure.is_none() => Standing::Waiting,
            MailState::Waiting => Standing::Delayed,
            MailState::Sent => Standing::Sent,
            MailState::Bounced => Standing::Bounced,
            MailState::GivenUp => Standing::GivenUp,
            MailState::LaidAside => Standing::LaidAside,
        },
        when: when::date_time(letter.sent_at.unwrap_or(letter.due_at), &zone),
        tries: letter.attempts,
        failure: letter.failure.unwrap_or_default(),
    };
    // those that need somebody come first, however old they are
    let failed = mail::failed(&cx.db, LETTERS).await?;
    let is_failed = |letter: &OutboxRow| matches!(letter.state, MailState::Bounced | MailState::GivenUp);
    let rest = mail::outbox(&cx.db, LETTERS).await?.into_iter().filter(|letter| !is_failed(letter));
    Ok(MailDesk {
        failed: failed.len(),
        letters: failed.into_iter().chain(rest).map(row).collect(),
        is_folder: cx.mail.is_folder(),
        trouble: mail::summary(&cx.db).await?.trouble.unwrap_or_default(),
    })
}

pub async fn letter_html(cx: &RequestContext, id: MailId) -> Result<String, AppError> {
    policy::may_open_console(&cx.actor)?;
    let letter = mail::letter(&cx.db, id).await?.ok_or(AppError::NotFound)?;
    let content = letter.content(cx).ok_or_else(|| AppError::Conflict(mail::UNREADABLE.into()))?;
    Ok(content.html(&letter.subject))
}

/// The owner is done with a letter that did not arrive, or with all of them.
pub async fn lay_letters_aside(cx: &RequestContext, id: Option<MailId>) -> Result<(), AppError> {
    policy::may_open_console(&cx.actor)?;
    if let Some(id) = id {
        mail::letter(&cx.db, id).await?.ok_or(AppError::NotFound)?;
    }
    let mut tx = cx.db.begin().await?;
    if mail::lay_aside(&mut tx, id).await? > 0 {
        let about = id.map_or_else(|| "all".to_string(), |id| id.to_string());
        let change = Change { entity: "mail", id: about, from: "failed", to: "laid_aside", reason: "by hand" };
        history::record(&mut tx, &cx.actor, cx.now(), change).await?;
    }
    tx.commit().await
}

/// Sends a letter once more that bounced or was given up.
pub async fn resend_letter(cx: &RequestContext, id: MailId) -> Result<(), AppError> {
    policy::may_open_console(&cx.actor)?;
    mail::letter(&cx.db, id).await?.ok_or(AppError::NotFound)?;
    let mut tx = cx.db.begin().await?;
    if !mail::resend(&mut tx, cx.now(), id).await? {
        return Err(AppError::Conflict("This letter was sent, or waits for its next try already.".into()));
    }
    history::record(
        &mut tx,
        &cx.actor,
        cx.now(),
        Change { entity: "mail", id: id.to_string(), from: "failed", to: "waiting", reason: "sent again by hand" },
    )
    .await?;
    tx.commit().await?;
    cx.bell.ring();
    Ok(())
}

/// Every kind of letter, with the studio's own data in it.
async fn samples(cx: &RequestContext) -> Result<Vec<Sample>, AppError> {
    let mut all = accounts::sample_letters(cx).await?;
    all.extend(sharing::sample_letters(cx).await?);
    all.extend(orders::sample_letters(cx).await?);
    all.extend(integrity::sample_letters(cx).await?);
    Ok(all)
}

pub async fn sample_letters(cx: &RequestContext) -> Result<Vec<SampleRow>, AppError> {
    policy::may_open_console(&cx.actor)?;
    let row = |sample: Sample| SampleRow {
        name: sample.name.into(),
        title: sample.title.into(),
        subject: sample.letter.as_ref().map(|letter| letter.subject.clone()).unwrap_or_default(),
        text: sample.letter.map(|letter| letter.content.text()),
    };
    Ok(samples(cx).await?.into_iter().map(row).collect())
}

pub async fn sample_html(cx: &RequestContext, name: &str) -> Result<String, AppError> {
    policy::may_open_console(&cx.actor)?;
    let sample = samples(cx).await?.into_iter().find(|sample| sample.name == name);
    let letter = sample.and_then(|sample| sample.letter).ok_or(AppError::NotFound)?;
    Ok(letter.content.html(&letter.subject))
}
