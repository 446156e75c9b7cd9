use super::{make::record, session::by_account};
use crate::{
    features::{
        accounts::{
            LinkPage,
            server::{
                mails,
                store::{
                    links::{self, NewLink, Purpose},
                    users::{self, User},
                },
            },
        },
        site::server::service as site,
    },
    platform::{
        RequestContext,
        clock::{DAY, HOUR},
        db::Tx,
        limits, mail,
    },
    shared::{AppError, email_key},
};

/// Writes to a new account's address; only the newest such letter works.
pub(super) async fn post(tx: &mut Tx, cx: &RequestContext, studio: &str, user: &User) -> Result<(), AppError> {
    links::consume_all(tx, Purpose::Confirm, &user.email_key, cx.now()).await?;
    let new =
        NewLink { purpose: Purpose::Confirm, email: &user.email, role: None, created_by: Some(user.id), now: cx.now(), lasts: 3 * DAY };
    let (id, secret) = links::insert(tx, new).await?;
    mail::post(tx, cx, mails::confirm(&cx.config, studio, user, id, &secret)).await
}

/// The letter once more, for whoever is signed in.
pub async fn send_confirmation(cx: &RequestContext) -> Result<(), AppError> {
    let person = cx.actor.person()?;
    limits::take_each(&cx.db, &cx.clock, &[by_account("confirm", &email_key(&person.email), 5, HOUR)]).await?;
    let studio = site::studio(&cx.db).await?;
    let mut tx = cx.db.begin().await?;
    let user = users::by_id(&mut tx, person.id).await?.ok_or(AppError::NotFound)?;
    if user.email_verified_at.is_some() {
        return Err(AppError::Conflict("Your address is confirmed already.".into()));
    }
    post(&mut tx, cx, &studio.name, &user).await?;
    tx.commit().await?;
    cx.bell.ring();
    Ok(())
}

/// What the page behind the letter's link shows.
///
/// The link alone is not enough: somebody else may have signed up with this address and be waiting for its owner to
/// press a friendly button. Who knows the account's password and receives its mail has proved both.
pub async fn confirmation(cx: &RequestContext, secret: &str) -> Result<LinkPage, AppError> {
    let person = cx.actor.person()?;
    let link = links::find(&cx.db, Purpose::Confirm, secret)
        .await?
        .filter(|link| link.email_key == email_key(&person.email))
        .ok_or(AppError::NotFound)?;
    Ok(LinkPage { is_over: link.is_over(cx.now()), email: link.email })
}

/// Rights that were given to the address count from here on.
pub async fn confirm_email(cx: &RequestContext, secret: &str) -> Result<(), AppError> {
    let person = cx.actor.person()?;
    let mut tx = cx.db.begin().await?;
    let link = links::find(&mut tx, Purpose::Confirm, secret)
        .await?
        .filter(|link| link.email_key == email_key(&person.email))
        .ok_or(AppError::NotFound)?;
    if !links::consume(&mut tx, link.id, cx.now()).await? {
        return Err(AppError::Conflict("This link was used before or has run out. Your profile page sends a new one.".into()));
    }
    if users::prove_email(&mut tx, person.id, cx.now()).await? {
        record(&mut tx, &cx.actor, person.id, cx.now(), ("unproven", "proven", "confirmed the address")).await?;
    }
    tx.commit().await
}
