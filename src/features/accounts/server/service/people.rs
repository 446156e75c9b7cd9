use super::{make::record, session::key_of};
use crate::{
    features::{
        accounts::{
            PersonCard, PersonRow,
            server::{
                policy,
                store::{
                    links::{self, Purpose},
                    sessions, tokens,
                    users::{self, User},
                },
            },
        },
        site::server::service as site,
    },
    platform::{
        RequestContext,
        db::{Db, On, Tx},
        when,
    },
    shared::{AppError, Role, UserId},
};

/// Names and addresses of people that the caller may show; who is unknown is left out.
pub async fn people(on: impl Into<On<'_>>, ids: &[UserId]) -> Result<Vec<PersonCard>, AppError> {
    Ok(cards(users::by_ids(on, ids).await?))
}

/// Somebody active with this address, in whatever case it is written.
pub async fn person_by_email(db: &Db, email: &str) -> Result<Option<PersonCard>, AppError> {
    Ok(users::by_email(db, &key_of(email)).await?.filter(|user| user.is_active).map(|user| user.card()))
}

/// Who has shown that one of these addresses is theirs; addresses come as their keys.
pub async fn people_by_proven_emails(db: &Db, keys: &[String]) -> Result<Vec<PersonCard>, AppError> {
    Ok(cards(users::by_proven_emails(db, keys).await?))
}

/// All active clients, by name.
pub async fn clients(db: &Db) -> Result<Vec<PersonCard>, AppError> {
    Ok(cards(users::with_role(db, Role::Client).await?))
}

/// The active owners, to whom letters about the studio go.
pub async fn owners(tx: &mut Tx) -> Result<Vec<PersonCard>, AppError> {
    Ok(cards(users::with_role(tx, Role::Owner).await?))
}

/// Lets one person do one thing at a time (a checkout), in however many tabs; also makes sure that the account is still on.
pub async fn one_at_a_time(tx: &mut Tx, id: UserId) -> Result<(), AppError> {
    users::lock(tx, id).await?.map(drop).ok_or(AppError::SignInNeeded)
}

/// Everybody, for the owner.
pub async fn everybody(cx: &RequestContext) -> Result<Vec<PersonRow>, AppError> {
    policy::may_manage_people(&cx.actor)?;
    let zone = site::studio(&cx.db).await?.time_zone;
    let row = |user: User| PersonRow {
        id: user.id,
        role: user.role,
        is_active: user.is_active,
        is_proven: user.email_verified_at.is_some(),
        since: when::date(user.created_at, &zone),
        name: user.name,
        email: user.email,
    };
    Ok(users::everybody(&cx.db).await?.into_iter().map(row).collect())
}

/// Switches an account off or on. Off ends every session and token at once; the last owner stays.
pub async fn set_active(cx: &RequestContext, id: UserId, is_active: bool) -> Result<(), AppError> {
    policy::may_manage_people(&cx.actor)?;
    let mut tx = cx.db.begin().await?;
    let owners = users::lock_owners(&mut tx).await?;
    let user = users::by_id(&mut tx, id).await?.ok_or(AppError::NotFound)?;
    if !is_active && owners == [id] {
        return Err(AppError::Conflict("The studio needs an owner: the last one cannot be switched off.".into()));
    }
    if !users::set_active(&mut tx, id, is_active).await? {
        return Ok(());
    }
    let (on, off) = ("active", "inactive");
    if !is_active {
        sessions::end_all(&mut tx, id).await?;
        tokens::end_all(&mut tx, id, cx.now()).await?;
        links::consume_all(&mut tx, Purpose::Reset, &user.email_key, cx.now()).await?;
        // whom they let in is for those who are still here to decide
        links::withdraw_invitations_by(&mut tx, id, cx.now()).await?;
    }
    record(&mut tx, &cx.actor, id, cx.now(), if is_active { (off, on, "switched on") } else { (on, off, "switched off") }).await?;
    tx.commit().await
}

fn cards(users: Vec<User>) -> Vec<PersonCard> {
    users.iter().map(User::card).collect()
}
