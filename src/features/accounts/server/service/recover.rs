use super::{
    make::record,
    session::{self, SignedIn, by_account, by_address, key_of},
};
use crate::{
    features::{
        accounts::{
            LinkPage,
            server::{
                mails, password_rules,
                store::{
                    links::{self, Link, NewLink, Purpose},
                    sessions, tokens,
                    users::{self, User},
                },
            },
        },
        site::server::service as site,
    },
    platform::{
        Actor, RequestContext, Services,
        clock::{HOUR, MINUTE},
        db::On,
        jobs::{self, Job},
        limits, mail,
    },
    shared::{AppError, is_email, one_line},
};

/// Takes the wish for a new password. Whether there is such an account is found out later, by a job: the answer and the
/// time it takes are the same for everybody.
pub async fn forgot_password(cx: &RequestContext, email: &str) -> Result<(), AppError> {
    if !is_email(&one_line(email)) {
        return Err(AppError::field("email", "write an e-mail address such as ada@example.com"));
    }
    let key = key_of(email);
    limits::take_each(&cx.db, &cx.clock, &[by_address(cx, "forgot"), by_account("forgot", &key, 10, HOUR)]).await?;
    let mut tx = cx.db.begin().await?;
    jobs::enqueue(&mut tx, &cx.clock, Job::new("mail_reset", key).urgent()).await?;
    tx.commit().await?;
    cx.bell.ring();
    Ok(())
}

/// The job behind it: a letter with a link, if somebody active has this address. Older links die.
pub async fn mail_reset(services: &Services, email_key: &str) -> Result<(), AppError> {
    let studio = site::studio(&services.db).await?;
    let mut tx = services.db.begin().await?;
    let Some(user) = users::by_email(&mut tx, email_key).await?.filter(|user| user.is_active) else { return Ok(()) };
    let now = services.clock.now();
    links::consume_all(&mut tx, Purpose::Reset, email_key, now).await?;
    let new = NewLink { purpose: Purpose::Reset, email: &user.email, role: None, created_by: None, now, lasts: 30 * MINUTE };
    let (id, secret) = links::insert(&mut tx, new).await?;
    mail::post(&mut tx, services, mails::reset(&services.config, &studio.name, &user, id, &secret)).await?;
    tx.commit().await?;
    services.bell.ring();
    Ok(())
}

/// What the page behind the letter's link shows.
pub async fn reset_link(cx: &RequestContext, secret: &str) -> Result<LinkPage, AppError> {
    let link = links::find(&cx.db, Purpose::Reset, secret).await?.ok_or(AppError::NotFound)?;
    Ok(LinkPage { is_over: link.is_over(cx.now()), email: link.email })
}

/// Sets the new password, ends every session and token of the account, and signs in here. Who opened the letter has proved the
/// address; who was slowed down by others' guesses is free again.
pub async fn reset_password(cx: &RequestContext, secret: &str, password: &str, again: &str) -> Result<SignedIn, AppError> {
    limits::take_each(&cx.db, &cx.clock, &[by_address(cx, "reset")]).await?;
    let (_, user) = usable(&cx.db, secret, cx.now()).await?;
    password_rules::check(password, again, &user.name, &user.email, vec![])?;
    let hash = cx.passwords.hash(password).await?;
    let studio = site::studio(&cx.db).await?;
    let now = cx.now();
    let mut tx = cx.db.begin().await?;
    let (link, mut user) = usable(&mut tx, secret, now).await?;
    if !links::consume(&mut tx, link.id, now).await? {
        return Err(over());
    }
    links::consume_all(&mut tx, Purpose::Reset, &user.email_key, now).await?;
    users::set_password(&mut tx, user.id, &hash).await?;
    sessions::end_all(&mut tx, user.id).await?;
    tokens::end_all(&mut tx, user.id, now).await?;
    if users::prove_email(&mut tx, user.id, now).await? {
        user.email_verified_at = Some(now);
        record(&mut tx, &Actor::Guest, user.id, now, ("unproven", "proven", "opened a letter for a new password")).await?;
    }
    record(&mut tx, &Actor::Guest, user.id, now, ("", "new password", "by mail")).await?;
    mail::post(&mut tx, cx, mails::password_changed(&cx.config, &studio.name, &user, link.id)).await?;
    let signed_in = session::begin(&mut tx, cx, user.person(), false).await?;
    tx.commit().await?;
    cx.bell.ring();
    Ok(signed_in)
}

async fn usable<'a>(on: impl Into<On<'a>>, secret: &str, now: i64) -> Result<(Link, User), AppError> {
    let mut on = on.into();
    let link = links::find(reborrow(&mut on), Purpose::Reset, secret).await?.ok_or(AppError::NotFound)?;
    let user = users::by_email(on, &link.email_key).await?.filter(|user| user.is_active);
    match user {
        Some(user) if !link.is_over(now) => Ok((link, user)),
        _ => Err(over()),
    }
}

fn reborrow<'a>(on: &'a mut On<'_>) -> On<'a> {
    match on {
        On::Read(db) => On::Read(db),
        On::Tx(tx) => On::Tx(tx),
    }
}

fn over() -> AppError {
    AppError::Conflict("This link was used before, has run out, or a newer one was sent. Ask for a new one.".into())
}
