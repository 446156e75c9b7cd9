use super::{
    code, confirm,
    make::{fresh, insert},
    session::{self, SignedIn, by_account, by_address, key_of},
};
use crate::{
    features::{
        accounts::{
            NewClient, NewStudio,
            server::{password_rules, store::users::User},
            types::named,
        },
        site::{
            Opening,
            server::{service as site, setup_code},
        },
    },
    platform::{
        Actor, RequestContext,
        clock::MINUTE,
        db::Tx,
        limits::{self, Limit},
        when,
    },
    shared::{AppError, Problem, Role, is_email},
};

/// Anybody may become a client, and nothing but a client. None where the address has to be confirmed first.
pub async fn sign_up(cx: &RequestContext, form: NewClient) -> Result<Option<SignedIn>, AppError> {
    let (mut tx, user) = enrol(cx, &form, None).await?;
    let signed_in = match cx.config.email_verification {
        true => None,
        false => Some(session::begin(&mut tx, cx, user.person(), false).await?),
    };
    tx.commit().await?;
    cx.bell.ring();
    Ok(signed_in)
}

/// The new account, in a transaction that the way in commits.
pub(super) async fn enrol(cx: &RequestContext, form: &NewClient, username: Option<String>) -> Result<(Tx, User), AppError> {
    password_rules::check(&form.password, &form.password2, &form.name, &form.email, form.problems())?;
    limits::take_each(&cx.db, &cx.clock, &[by_address(cx, "sign_up"), by_account("sign_up", &key_of(&form.email), 10, 15 * MINUTE)])
        .await?;
    // hashed before anybody looks whether the address is taken: both answers cost the same
    let hash = cx.passwords.hash(&form.password).await?;
    let studio = site::studio(&cx.db).await?;
    let mut user = fresh(&form.name, &form.email, Role::Client, hash, false, cx.now());
    user.username_key = username.as_deref().map(key_of);
    user.username = username;
    let mut tx = cx.db.begin().await?;
    insert(&mut tx, &Actor::Guest, &user, "signed up").await?;
    if cx.config.email_verification {
        code::post_first(&mut tx, cx, &studio.name, &user).await?;
    } else {
        confirm::post(&mut tx, cx, &studio.name, &user).await?;
    }
    Ok((tx, user))
}

/// The time zones that the first-run page offers, while there is such a page.
pub async fn first_run(cx: &RequestContext) -> Result<Vec<String>, AppError> {
    if site::is_set_up(&cx.db).await? { Err(AppError::NotFound) } else { Ok(when::zones()) }
}

/// The first run: whoever knows the code from the log opens the studio and becomes its owner.
pub async fn set_up(cx: &RequestContext, form: NewStudio) -> Result<SignedIn, AppError> {
    if site::is_set_up(&cx.db).await? {
        return Err(AppError::NotFound);
    }
    let tries = Limit { bucket: format!("set_up:{}", cx.address_bucket()), most: 20, window: 15 * MINUTE };
    limits::take_each(&cx.db, &cx.clock, &[tries]).await?;
    if !setup_code::fits(cx, &form.code).await? {
        return Err(AppError::field("code", "this is not the code that the log shows"));
    }
    let opening = Opening { name: form.studio.clone(), time_zone: form.time_zone.clone(), currency: form.currency.clone() };
    let problems: Vec<Problem> = site::problems_of(&opening)?.into_iter().chain(owner_problems(&form)).collect();
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    let hash = cx.passwords.hash(&form.password).await?;
    // the person at the console is believed about the address
    let owner = fresh(&form.name, &form.email, Role::Owner, hash, true, cx.now());
    let mut tx = cx.db.begin().await?;
    site::open(&mut tx, &cx.clock, &opening).await?;
    insert(&mut tx, &Actor::System, &owner, "opened the studio").await?;
    let signed_in = session::begin(&mut tx, cx, owner.person(), false).await?;
    setup_code::discard(&mut tx).await?;
    tx.commit().await?;
    Ok(signed_in)
}

fn owner_problems(form: &NewStudio) -> Vec<Problem> {
    let mut all = named(&form.name);
    if !is_email(&form.email) {
        all.push(("email", "write an e-mail address such as ada@example.com"));
    }
    all.extend(password_rules::problems(&form.password, &form.password2, &form.name, &form.email));
    all.into_iter().map(|(field, message)| Problem { field: field.into(), message: message.into() }).collect()
}
