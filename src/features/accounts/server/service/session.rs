use crate::{
    features::accounts::server::{
        known, password_rules,
        store::{
            sessions, tokens,
            users::{self, User},
        },
    },
    platform::{
        Actor, Person, RequestContext, Services,
        clock::{DAY, MINUTE},
        db::Tx,
        limits::{self, Limit},
        token,
    },
    shared::{AppError, email_key, one_line},
};

/// Somebody has come in: the secret goes into the cookie of this browser and nowhere else.
pub struct SignedIn {
    pub secret: String,
    pub stay: bool,
    pub person: Person,
}

/// Who the bearer of this cookie is. One statement; a session that has ended, or whose person was deactivated, is nobody's.
pub async fn actor_for(services: &Services, secret: &str) -> Result<Actor, AppError> {
    let (now, idle) = (services.clock.now(), services.config.session_idle);
    let Some(believed) = sessions::believe(&services.db, &token::hash(secret), now, idle).await? else {
        return Ok(Actor::Guest);
    };
    if now - believed.seen_at >= sessions::precision(idle)
        && let Err(error) = sessions::touch(&services.db, believed.session, believed.seen_at, now).await
    {
        // the next request will write it; nobody is sent away because the database was busy
        tracing::warn!(%error, "a session's use could not be written down");
    }
    Ok(Actor::Person(believed.person))
}

/// The same for a stream that is open and asks now and then: looking is no use of the session.
pub async fn is_still(services: &Services, secret: &str) -> Result<Actor, AppError> {
    let believed = sessions::believe(&services.db, &token::hash(secret), services.clock.now(), services.config.session_idle).await?;
    Ok(believed.map_or(Actor::Guest, |believed| Actor::Person(believed.person)))
}

/// Unknown, deactivated, not confirmed where that is asked for, or mistyped: one answer after the same work.
pub async fn sign_in(cx: &RequestContext, email: &str, password: &str, stay: bool) -> Result<SignedIn, AppError> {
    let (mut tx, user) = recognise(cx, email, password).await?;
    let signed_in = begin(&mut tx, cx, user.person(), stay).await?;
    tx.commit().await?;
    Ok(signed_in)
}

/// Whose address (or username) and password these are; held until the transaction ends, so that a password which is
/// replaced meanwhile opens nothing.
pub(super) async fn recognise(cx: &RequestContext, who: &str, password: &str) -> Result<(Tx, User), AppError> {
    password_rules::refuse_endless(password, "password")?;
    let key = key_of(who);
    let user = match key.contains('@') {
        true => users::by_email(&cx.db, &key).await?,
        false => users::by_username(&cx.db, &key).await?,
    };
    let voucher = user.as_ref().and_then(|user| known::browser(&cx.config, cx.now(), &user.email_key, cx.client.known.as_deref()));
    let tries = match &voucher {
        Some(browser) => vec![by_address(cx, "sign_in"), own_guesses(browser), known_guesses(&key)],
        None => vec![by_address(cx, "sign_in"), guesses_from_here(cx, &key), guesses(&key)],
    };
    limits::take_each(&cx.db, &cx.clock, &tries).await?;
    let fits = cx.passwords.verify(password, user.as_ref().and_then(|user| user.password_hash.as_deref())).await?;
    let may_enter = |user: &User| user.is_active && (user.email_verified_at.is_some() || !cx.config.email_verification);
    let Some(user) = user.filter(|user| fits && may_enter(user)) else {
        return Err(wrong());
    };
    let mut tx = cx.db.begin().await?;
    users::lock(&mut tx, user.id).await?;
    let still = users::by_id(&mut tx, user.id).await?;
    let Some(user) = still.filter(|now| now.is_active && now.password_hash == user.password_hash) else { return Err(wrong()) };
    welcome_back(&mut tx, cx, &user.email_key).await?;
    welcome_back(&mut tx, cx, &key).await?;
    if let Some(browser) = &voucher {
        limits::forget(&mut tx, &own_guesses(browser).bucket).await?;
        limits::forget(&mut tx, &known_guesses(&key).bucket).await?;
    }
    Ok((tx, user))
}

/// The wrong passwords of others no longer stand in this person's way.
async fn welcome_back(tx: &mut Tx, cx: &RequestContext, key: &str) -> Result<(), AppError> {
    limits::forget(tx, &guesses_from_here(cx, key).bucket).await?;
    limits::forget(tx, &guesses(key).bucket).await
}

fn wrong() -> AppError {
    AppError::field("password", "this address and this password don't belong together")
}

pub async fn sign_out(cx: &RequestContext) -> Result<(), AppError> {
    let Some(secret) = &cx.client.session else { return Ok(()) };
    let mut tx = cx.db.begin().await?;
    sessions::end_by_secret(&mut tx, &token::hash(secret)).await?;
    tx.commit().await
}

/// Removes sessions and tokens that have ended; run once an hour.
pub async fn sweep(services: &Services) -> Result<(), AppError> {
    let now = services.clock.now();
    sessions::sweep(&services.db, now, services.config.session_idle).await?;
    tokens::sweep(&services.db, now).await
}

/// A session with a new secret, whatever the browser brought along; what it had before ends. The wrong passwords of
/// others no longer stand in this person's way.
pub(super) async fn begin(tx: &mut Tx, cx: &RequestContext, person: Person, stay: bool) -> Result<SignedIn, AppError> {
    if let Some(old) = &cx.client.session {
        sessions::end_by_secret(tx, &token::hash(old)).await?;
    }
    welcome_back(tx, cx, &email_key(&person.email)).await?;
    let (token, now) = (token::fresh(), cx.now());
    let agent: String = one_line(&cx.client.agent).chars().take(300).collect();
    let lasts = if stay { cx.config.session_days * DAY } else { DAY };
    let new = sessions::NewSession { token_hash: &token.hash, user: person.id, stay, agent: &agent, now, ends_at: now + lasts };
    sessions::insert(tx, new).await?;
    Ok(SignedIn { secret: token.secret, stay, person })
}

/// A typed address as it is looked up.
pub(super) fn key_of(email: &str) -> String {
    email_key(&one_line(email))
}

/// Ten a minute from one place.
pub(super) fn by_address(cx: &RequestContext, what: &str) -> Limit {
    Limit { bucket: format!("{what}:{}", cx.address_bucket()), most: 10, window: MINUTE }
}

/// Thirty guesses at one account in a quarter of an hour, from all the places where nobody has come in with it yet: of
/// which one place alone has ten. A new password by mail is always open.
fn guesses(key: &str) -> Limit {
    by_account("password", key, 30, 15 * MINUTE)
}

fn guesses_from_here(cx: &RequestContext, key: &str) -> Limit {
    by_account("password_here", &format!("{} {key}", cx.address_bucket()), 10, 15 * MINUTE)
}

/// Ten in a browser of one's own, whatever strangers do meanwhile.
fn own_guesses(browser: &str) -> Limit {
    Limit { bucket: format!("password_own:{browser}"), most: 10, window: 15 * MINUTE }
}

/// Thirty in all browsers that know the account, which strangers cannot use up: who knew an old password once may have
/// many of them.
fn known_guesses(key: &str) -> Limit {
    by_account("password_known", key, 30, 15 * MINUTE)
}

/// The bucket of an account that may not exist: it holds a hash, not what somebody typed.
pub(super) fn by_account(what: &str, key: &str, most: i64, window: i64) -> Limit {
    let name: String = token::hash(key).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    Limit { bucket: format!("{what}:{name}"), most, window }
}
