use crate::{
    features::accounts::server::{
        password_rules,
        store::{sessions, users},
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

/// Unknown, deactivated or mistyped: one answer after the same work.
pub async fn sign_in(cx: &RequestContext, email: &str, password: &str, stay: bool) -> Result<SignedIn, AppError> {
    password_rules::refuse_endless(password, "password")?;
    let key = key_of(email);
    limits::take_each(&cx.db, &cx.clock, &[by_address(cx, "sign_in"), guesses(&key)]).await?;
    let user = users::by_email(&cx.db, &key).await?;
    let fits = cx.passwords.verify(password, user.as_ref().and_then(|user| user.password_hash.as_deref())).await?;
    let Some(user) = user.filter(|user| fits && user.is_active) else {
        return Err(wrong());
    };
    let mut tx = cx.db.begin().await?;
    // a password that was replaced while this one was being checked opens nothing any more
    users::lock(&mut tx, user.id).await?;
    let still = users::by_id(&mut tx, user.id).await?;
    let Some(user) = still.filter(|now| now.is_active && now.password_hash == user.password_hash) else { return Err(wrong()) };
    let signed_in = begin(&mut tx, cx, user.person(), stay).await?;
    tx.commit().await?;
    Ok(signed_in)
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

/// Removes sessions that have ended; run once an hour.
pub async fn sweep(services: &Services) -> Result<(), AppError> {
    sessions::sweep(&services.db, services.clock.now(), services.config.session_idle).await
}

/// A session with a new secret, whatever the browser brought along; what it had before ends. The wrong passwords of
/// others no longer stand in this person's way.
pub(super) async fn begin(tx: &mut Tx, cx: &RequestContext, person: Person, stay: bool) -> Result<SignedIn, AppError> {
    if let Some(old) = &cx.client.session {
        sessions::end_by_secret(tx, &token::hash(old)).await?;
    }
    limits::forget(tx, &guesses(&email_key(&person.email)).bucket).await?;
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

/// Ten guesses at one account in a quarter of an hour, from wherever they come. A new password by mail is always open.
fn guesses(key: &str) -> Limit {
    by_account("password", key, 10, 15 * MINUTE)
}

/// The bucket of an account that may not exist: it holds a hash, not what somebody typed.
pub(super) fn by_account(what: &str, key: &str, most: i64, window: i64) -> Limit {
    let name: String = token::hash(key).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    Limit { bucket: format!("{what}:{name}"), most, window }
}
