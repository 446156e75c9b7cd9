use crate::features::accounts::types::named;
use crate::{
    features::{
        accounts::server::{
            password_rules, policy,
            store::users::{self, User},
        },
        site::{
            Opening,
            server::{service as site, setup_code},
        },
    },
    platform::{
        Actor, RequestContext, Services,
        db::Tx,
        history::{self, Change},
    },
    shared::{AppError, Problem, Role, UserId, is_email, one_line},
};

/// A person as the program makes one: the demo, the command line, a test.
#[derive(Clone, Debug)]
pub struct NewPerson {
    pub name: String,
    pub email: String,
    pub role: Role,
    pub password: String,
    /// Mail is known to arrive at the address.
    pub proven: bool,
}

pub async fn create_person(cx: &RequestContext, new: NewPerson) -> Result<UserId, AppError> {
    create(cx, &cx.actor, new).await
}

/// For `photovault admin create`. Where no studio is open yet this opens it: an owner without a studio could do nothing,
/// and stood in the way of the first run. `opening` counts only then.
pub async fn create_owner(services: &Services, name: &str, email: &str, password: &str, opening: &Opening) -> Result<UserId, AppError> {
    let is_open = site::is_set_up(&services.db).await?;
    let mut problems = if is_open { vec![] } else { site::problems_of(opening)? };
    let new = NewPerson { name: name.into(), email: email.into(), role: Role::Owner, password: password.into(), proven: true };
    problems.extend(problems_of(&new));
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    let user = hashed(services, &new).await?;
    let mut tx = services.db.begin().await?;
    if !is_open {
        site::open(&mut tx, &services.clock, opening).await?;
        setup_code::discard(&mut tx).await?;
    }
    insert(&mut tx, &Actor::System, &user, "made by the program").await?;
    tx.commit().await?;
    Ok(user.id)
}

async fn create(services: &Services, actor: &Actor, new: NewPerson) -> Result<UserId, AppError> {
    policy::may_make_people(actor)?;
    let problems = problems_of(&new);
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    let user = hashed(services, &new).await?;
    let mut tx = services.db.begin().await?;
    insert(&mut tx, actor, &user, "made by the program").await?;
    tx.commit().await?;
    Ok(user.id)
}

fn problems_of(new: &NewPerson) -> Vec<Problem> {
    let mut all = named(&new.name);
    if !is_email(&new.email) {
        all.push(("email", "write an e-mail address such as ada@example.com"));
    }
    all.extend(password_rules::problems(&new.password, &new.password, &new.name, &new.email));
    all.into_iter().map(|(field, message)| Problem { field: field.into(), message: message.into() }).collect()
}

async fn hashed(services: &Services, new: &NewPerson) -> Result<User, AppError> {
    let hash = services.passwords.hash(&new.password).await?;
    Ok(fresh(&new.name, &new.email, new.role, hash, new.proven, services.clock.now()))
}

pub(super) fn fresh(name: &str, email: &str, role: Role, hash: String, proven: bool, now: i64) -> User {
    User {
        id: UserId::new(),
        email: one_line(email),
        email_key: super::session::key_of(email),
        email_verified_at: proven.then_some(now),
        name: one_line(name),
        username: None,
        username_key: None,
        role,
        password_hash: Some(hash),
        is_active: true,
        created_at: now,
    }
}

/// A taken address or username becomes a message beside the field.
pub(super) async fn insert(tx: &mut Tx, actor: &Actor, user: &User, reason: &str) -> Result<(), AppError> {
    if !users::insert(tx, user).await? {
        if users::by_email(tx, &user.email_key).await?.is_none() {
            return Err(AppError::field("username", "a user with that username already exists"));
        }
        return Err(AppError::field("email", "there is an account with this address already; sign in, or ask for a new password"));
    }
    record(tx, actor, user.id, user.created_at, ("", user.role.as_str(), reason)).await
}

/// Writes down what became of a person: from, to, why.
pub(super) async fn record(
    tx: &mut Tx,
    actor: &Actor,
    user: UserId,
    now: i64,
    (from, to, reason): (&str, &str, &str),
) -> Result<(), AppError> {
    history::record(tx, actor, now, Change { entity: "user", id: user.to_string(), from, to, reason }).await
}
