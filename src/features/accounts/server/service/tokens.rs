//! The way in for programs: a family of signed tokens begins with a password, is renewed, and ends as a whole.
use super::{make::record, programs, session::recognise, sign_up::enrol};
use crate::{
    features::accounts::{
        NewClient,
        server::store::{
            tokens::{self, NewFamily},
            users::{self, User},
        },
        types::named,
    },
    platform::{
        Actor, Person, RequestContext, Services,
        bearer::{self, Claims, Use},
        db::Tx,
        history::{self, Change},
        rest::Refusal,
    },
    shared::{AppError, FamilyId, Role, Scope, UserId, one_line},
};
use axum::{extract::FromRequestParts, http::request::Parts};
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq)]
pub struct Tokens {
    pub access: String,
    pub refresh: String,
}

/// A person as they see themselves.
#[derive(Clone, Debug, PartialEq)]
pub struct Me {
    pub id: UserId,
    pub email: String,
    /// The name, for those who never chose a username.
    pub username: String,
    pub name: String,
    pub role: Role,
    pub is_proven: bool,
    pub since: i64,
}

impl From<User> for Me {
    fn from(user: User) -> Self {
        Self {
            id: user.id,
            username: user.username.unwrap_or_else(|| user.name.clone()),
            name: user.name,
            role: user.role,
            is_proven: user.email_verified_at.is_some(),
            since: user.created_at,
            email: user.email,
        }
    }
}

/// Put there by the API's door together with the actor.
impl<S: Sync> FromRequestParts<S> for Me {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        parts.extensions.get::<Self>().cloned().ok_or_else(Refusal::unauthenticated)
    }
}

/// Who shows a token, and how far it goes.
pub struct Believed {
    pub person: Person,
    pub me: Me,
    /// None: a token that was made for a program.
    pub family: Option<FamilyId>,
    pub scopes: Vec<Scope>,
}

/// One statement, whichever kind of token it is; what was revoked, or belongs to an account that is off, is nobody's.
pub async fn believe(services: &Services, token: &str) -> Result<Option<Believed>, AppError> {
    if token.starts_with(programs::PREFIX) {
        return programs::believe(services, token).await;
    }
    let Some(claims) = bearer::read(&services.config, Use::Access, token, services.clock.now()) else { return Ok(None) };
    let family = FamilyId(claims.family);
    let user = tokens::user_of_family(&services.db, family, claims.sub).await?;
    Ok(user.map(|user| Believed { me: user.clone().into(), person: user.person(), family: Some(family), scopes: Scope::ALL.to_vec() }))
}

/// A new client, by a program; the same rules as on the page. No tokens where the address has to be confirmed first.
pub async fn register(cx: &RequestContext, form: NewClient, username: Option<String>) -> Result<(Me, Option<Tokens>), AppError> {
    let (mut tx, user) = enrol(cx, &form, username).await?;
    let tokens = match cx.config.email_verification {
        true => None,
        false => Some(begin(&mut tx, cx, user.id).await?),
    };
    tx.commit().await?;
    cx.bell.ring();
    Ok((user.into(), tokens))
}

/// `who`: address or username.
pub async fn log_in(cx: &RequestContext, who: &str, password: &str) -> Result<Tokens, AppError> {
    let (mut tx, user) = recognise(cx, who, password).await?;
    let tokens = begin(&mut tx, cx, user.id).await?;
    tx.commit().await?;
    Ok(tokens)
}

/// Tokens once more for the person who asks, such as after a new password ended all others.
pub async fn renew(cx: &RequestContext) -> Result<Tokens, AppError> {
    let person = cx.actor.person()?.id;
    let mut tx = cx.db.begin().await?;
    let tokens = begin(&mut tx, cx, person).await?;
    tx.commit().await?;
    Ok(tokens)
}

async fn begin(tx: &mut Tx, cx: &RequestContext, user: UserId) -> Result<Tokens, AppError> {
    let (family, refresh, now) = (FamilyId(Uuid::new_v4()), Uuid::new_v4(), cx.now());
    let agent: String = one_line(&cx.client.agent).chars().take(300).collect();
    let new = NewFamily { id: family, user, refresh, agent: &agent, now, ends_at: now + cx.config.refresh_lasts };
    tokens::insert_family(tx, new).await?;
    signed(cx, user, family, refresh)
}

fn signed(cx: &RequestContext, user: UserId, family: FamilyId, refresh: Uuid) -> Result<Tokens, AppError> {
    let sign = |purpose, jti, lasts| bearer::sign(&cx.config, purpose, user.0, family.0, jti, cx.now(), lasts);
    Ok(Tokens {
        access: sign(Use::Access, Uuid::new_v4(), cx.config.access_lasts)?,
        refresh: sign(Use::Refresh, refresh, cx.config.refresh_lasts)?,
    })
}

/// New tokens for a refresh token, which counts only once. One that comes back was copied: its whole family ends.
pub async fn refresh(cx: &RequestContext, token: &str) -> Result<Tokens, AppError> {
    let claims = bearer::read(&cx.config, Use::Refresh, token, cx.now()).ok_or(AppError::SignInNeeded)?;
    let (family, next, now) = (FamilyId(claims.family), Uuid::new_v4(), cx.now());
    let mut tx = cx.db.begin().await?;
    if tokens::rotate(&mut tx, family, claims.jti, next, now, now + cx.config.refresh_lasts).await? {
        tx.commit().await?;
        return signed(cx, UserId(claims.sub), family, next);
    }
    if tokens::revoke_family(&mut tx, family, now).await? {
        let change =
            Change { entity: "tokens", id: family.to_string(), from: "active", to: "revoked", reason: "a refresh token was used twice" };
        history::record(&mut tx, &Actor::Guest, now, change).await?;
        tx.commit().await?;
    }
    Err(AppError::SignInNeeded)
}

/// Ends what one sign-in of a program gave: by the access token that asks, or by the refresh token it hands in.
pub async fn log_out(cx: &RequestContext, family: FamilyId, refresh: Option<&str>) -> Result<(), AppError> {
    let person = cx.actor.person()?.id;
    let own = |claims: &Claims| claims.sub == person.0;
    let other = refresh.and_then(|token| bearer::read(&cx.config, Use::Refresh, token, cx.now())).filter(own);
    let mut tx = cx.db.begin().await?;
    tokens::revoke_family(&mut tx, family, cx.now()).await?;
    if let Some(claims) = other {
        tokens::revoke_family(&mut tx, FamilyId(claims.family), cx.now()).await?;
    }
    tx.commit().await
}

pub async fn me(cx: &RequestContext) -> Result<Me, AppError> {
    let person = cx.actor.person()?;
    users::by_id(&cx.db, person.id).await?.map(Me::from).ok_or(AppError::SignInNeeded)
}

/// The names are what people change about themselves; role and address are not in it.
pub async fn change_me(cx: &RequestContext, name: Option<&str>, username: Option<&str>) -> Result<Me, AppError> {
    let person = cx.actor.person()?;
    let mut problems = name.map(named).unwrap_or_default();
    problems.extend(username.map(username_problems).unwrap_or_default());
    AppError::invalid_if(problems)?;
    let mut tx = cx.db.begin().await?;
    if let Some(name) = name {
        users::rename(&mut tx, person.id, &one_line(name)).await?;
        record(&mut tx, &cx.actor, person.id, cx.now(), ("", "", "changed the name")).await?;
    }
    if let Some(username) = username.map(one_line)
        && !users::set_username(&mut tx, person.id, &username, &super::session::key_of(&username)).await?
    {
        return Err(AppError::field("username", "a user with that username already exists"));
    }
    tx.commit().await?;
    me(cx).await
}

/// A username is one word; with an @ in it one couldn't tell it from an address.
pub fn username_problems(username: &str) -> Vec<(&'static str, &'static str)> {
    let name = one_line(username);
    let fits = |c: char| c.is_alphanumeric() || "_.+-".contains(c);
    match name.chars().count() {
        0 => vec![("username", "this field may not be blank")],
        n if n > 80 => vec![("username", "use at most 80 characters")],
        _ if !name.chars().all(fits) => vec![("username", "use letters, digits and _ . + - only")],
        _ => vec![],
    }
}
