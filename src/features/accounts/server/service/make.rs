use crate::features::accounts::types::named;
use crate::{
    features::accounts::server::{
        password_rules, policy,
        store::users::{self, User},
    },
    platform::{
        Actor, RequestContext, Services,
        db::Tx,
        history::{self, Change},
    },
    shared::{AppError, Role, UserId, is_email, one_line},
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

/// For `photovault admin create`.
pub async fn create_owner(services: &Services, name: &str, email: &str, password: &str) -> Result<UserId, AppError> {
    let new = NewPerson { name: name.into(), email: email.into(), role: Role::Owner, password: password.into(), proven: true };
    create(services, &Actor::System, new).await
}

async fn create(services: &Services, actor: &Actor, new: NewPerson) -> Result<UserId, AppError> {
    policy::may_make_people(actor)?;
    let mut problems = named(&new.name);
    if !is_email(&new.email) {
        problems.push(("email", "write an e-mail address such as ada@example.com"));
    }
    password_rules::check(&new.password, &new.password, &new.name, &new.email, problems)?;
    let hash = services.passwords.hash(&new.password).await?;
    let now = services.clock.now();
    let user = fresh(&new.name, &new.email, new.role, hash, new.proven, now);
    let mut tx = services.db.begin().await?;
    insert(&mut tx, actor, &user, "made by the program").await?;
    tx.commit().await?;
    Ok(user.id)
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
