//! Six digits by mail, typed in where one signed up: the proof of an address for programs, and for the pages where the
//! studio asks for it before anybody comes in.
use super::{
    make::record,
    session::{by_account, by_address, key_of},
};
use crate::{
    features::{
        accounts::server::{
            mails,
            store::{
                codes,
                users::{self, User},
            },
        },
        site::server::service as site,
    },
    platform::{
        Actor, RequestContext,
        clock::MINUTE,
        config::Config,
        db::Tx,
        limits::{self, Limit},
        mail,
    },
    shared::{AppError, UserId},
};
use rand::RngExt;
use subtle::ConstantTimeEq;

const LASTS: i64 = 10 * MINUTE;
const MOST_TRIES: i64 = 5;

/// A million codes are quickly tried against a plain hash; against one with our key they are not.
fn hash(config: &Config, user: UserId, code: &str) -> Vec<u8> {
    let key = blake3::derive_key("photovault 2026-11-20 codes by mail", config.secret_key.as_bytes());
    blake3::keyed_hash(&key, format!("{user}:{code}").as_bytes()).as_bytes().to_vec()
}

/// Letters with a code: one a minute.
fn letters(key: &str) -> Limit {
    by_account("code", key, 1, MINUTE)
}

/// Writes the first code to somebody, who asks for the next one a minute later.
pub(super) async fn post_first(tx: &mut Tx, cx: &RequestContext, studio: &str, user: &User) -> Result<(), AppError> {
    limits::note(tx, &cx.clock, &letters(&user.email_key)).await?;
    post(tx, cx, studio, user).await
}

/// Writes a new code to somebody; the one before counts for nothing.
async fn post(tx: &mut Tx, cx: &RequestContext, studio: &str, user: &User) -> Result<(), AppError> {
    let code = format!("{:06}", rand::rng().random_range(0..1_000_000u32));
    codes::replace(tx, user.id, &hash(&cx.config, user.id, &code), cx.now() + LASTS).await?;
    mail::post(tx, cx, mails::code(studio, user, &code, cx.now())).await
}

/// The same answer for every address, and at most once a minute.
pub async fn resend_code(cx: &RequestContext, email: &str) -> Result<(), AppError> {
    let key = key_of(email);
    limits::take_each(&cx.db, &cx.clock, &[by_address(cx, "code"), letters(&key)]).await?;
    let studio = site::studio(&cx.db).await?;
    let mut tx = cx.db.begin().await?;
    let user = users::by_email(&mut tx, &key).await?.filter(|user| user.is_active && user.email_verified_at.is_none());
    if let Some(user) = user {
        post(&mut tx, cx, &studio.name, &user).await?;
    }
    tx.commit().await?;
    cx.bell.ring();
    Ok(())
}

/// Rights that were given to the address count from here on.
pub async fn verify_email(cx: &RequestContext, email: &str, code: &str) -> Result<(), AppError> {
    limits::take_each(&cx.db, &cx.clock, &[by_address(cx, "verify")]).await?;
    let wrong = || AppError::field("code", "this code is wrong, was used, or has run out");
    let mut tx = cx.db.begin().await?;
    let user = users::by_email(&mut tx, &key_of(email)).await?.filter(|user| user.is_active).ok_or_else(wrong)?;
    let kept = codes::attempt(&mut tx, user.id, MOST_TRIES, cx.now()).await?;
    let typed: String = code.chars().filter(|c| !c.is_whitespace()).take(20).collect();
    let fits = kept.is_some_and(|kept| kept.ct_eq(&hash(&cx.config, user.id, &typed)).into());
    if fits {
        codes::delete(&mut tx, user.id).await?;
        if users::prove_email(&mut tx, user.id, cx.now()).await? {
            record(&mut tx, &Actor::Guest, user.id, cx.now(), ("unproven", "proven", "typed the code")).await?;
        }
    }
    // a wrong try counts as well
    tx.commit().await?;
    if fits { Ok(()) } else { Err(wrong()) }
}
