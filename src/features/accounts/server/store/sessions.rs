use crate::{
    platform::{
        Person,
        clock::MINUTE,
        db::{Db, Tx, sql},
        live::{self, Topic},
    },
    shared::{AppError, Role, SessionId, UserId},
};

pub struct NewSession<'a> {
    pub token_hash: &'a [u8],
    pub user: UserId,
    pub stay: bool,
    pub agent: &'a str,
    pub now: i64,
    /// The end of it, however much it is used.
    pub ends_at: i64,
}

#[derive(sqlx::FromRow)]
pub struct Session {
    pub id: SessionId,
    pub token_hash: Vec<u8>,
    pub agent: String,
    pub created_at: i64,
    pub seen_at: i64,
}

#[derive(sqlx::FromRow)]
struct Seen {
    session: SessionId,
    seen_at: i64,
    id: UserId,
    role: Role,
    name: String,
    email: String,
    email_key: String,
    email_verified_at: Option<i64>,
}

/// Who this session belongs to, if it is still one: in use, not at its end, and of somebody who is active.
pub struct Believed {
    pub session: SessionId,
    pub seen_at: i64,
    pub person: Person,
}

pub async fn insert(tx: &mut Tx, new: NewSession<'_>) -> Result<(), AppError> {
    sql("INSERT INTO sessions (id, token_hash, user_id, stay, agent, created_at, seen_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6, $6, $7)")
        .bind(SessionId::new())
        .bind(new.token_hash)
        .bind(new.user)
        .bind(new.stay)
        .bind(new.agent)
        .bind(new.now)
        .bind(new.ends_at)
        .run(tx)
        .await
        .map(drop)
}

pub async fn believe(db: &Db, token_hash: &[u8], now: i64, idle: i64) -> Result<Option<Believed>, AppError> {
    let row: Option<Seen> = sql("SELECT s.id AS session, s.seen_at, u.id, u.role, u.name, u.email, u.email_key, u.email_verified_at
         FROM sessions s JOIN users u ON u.id = s.user_id
         WHERE s.token_hash = $1 AND s.ends_at > $2 AND (s.stay OR s.seen_at > $3) AND u.is_active")
    .bind(token_hash)
    .bind(now)
    .bind(now - idle)
    .optional(db)
    .await?;
    Ok(row.map(|row| Believed {
        session: row.session,
        seen_at: row.seen_at,
        person: Person {
            id: row.id,
            role: row.role,
            name: row.name,
            email: row.email,
            proven_email: row.email_verified_at.map(|_| row.email_key),
        },
    }))
}

/// Writes down that the session was used; of many requests at once only the first one writes.
pub async fn touch(db: &Db, session: SessionId, seen_at: i64, now: i64) -> Result<(), AppError> {
    let mut tx = db.begin().await?;
    sql("UPDATE sessions SET seen_at = $3 WHERE id = $1 AND seen_at = $2").bind(session).bind(seen_at).bind(now).run(&mut tx).await?;
    tx.commit().await
}

/// The sessions of a person that have not ended, the latest used first.
pub async fn of_person(db: &Db, user: UserId, now: i64, idle: i64) -> Result<Vec<Session>, AppError> {
    sql("SELECT id, token_hash, agent, created_at, seen_at FROM sessions
         WHERE user_id = $1 AND ends_at > $2 AND (stay OR seen_at > $3) ORDER BY seen_at DESC, id DESC")
    .bind(user)
    .bind(now)
    .bind(now - idle)
    .all(db)
    .await
}

/// Whether this session was begun with "stay signed in".
pub async fn stays(tx: &mut Tx, token_hash: &[u8]) -> Result<bool, AppError> {
    let found: Option<(bool,)> = sql("SELECT stay FROM sessions WHERE token_hash = $1").bind(token_hash).optional(tx).await?;
    Ok(found.is_some_and(|(stay,)| stay))
}

pub async fn end_by_secret(tx: &mut Tx, token_hash: &[u8]) -> Result<(), AppError> {
    let owner: Option<(UserId,)> =
        sql("DELETE FROM sessions WHERE token_hash = $1 RETURNING user_id").bind(token_hash).optional(&mut *tx).await?;
    match owner {
        Some((user,)) => tell(tx, user).await,
        None => Ok(()),
    }
}

/// Whether there was such a session of this person.
pub async fn end(tx: &mut Tx, user: UserId, session: SessionId) -> Result<bool, AppError> {
    let ended = sql("DELETE FROM sessions WHERE user_id = $1 AND id = $2").bind(user).bind(session).run(tx).await? == 1;
    tell(tx, user).await.map(|()| ended)
}

pub async fn end_all(tx: &mut Tx, user: UserId) -> Result<(), AppError> {
    sql("DELETE FROM sessions WHERE user_id = $1").bind(user).run(tx).await?;
    tell(tx, user).await
}

pub async fn end_others(tx: &mut Tx, user: UserId, kept: &[u8]) -> Result<u64, AppError> {
    let ended = sql("DELETE FROM sessions WHERE user_id = $1 AND token_hash <> $2").bind(user).bind(kept).run(tx).await?;
    tell(tx, user).await.map(|()| ended)
}

/// Streams that hang on a session of this person look again whether it is still there.
async fn tell(tx: &mut Tx, user: UserId) -> Result<(), AppError> {
    live::tell(tx, Topic::of("person", user)).await
}

/// Removes what has ended; run once an hour.
pub async fn sweep(db: &Db, now: i64, idle: i64) -> Result<(), AppError> {
    let mut tx = db.begin().await?;
    sql("DELETE FROM sessions WHERE ends_at <= $1 OR (NOT stay AND seen_at <= $2)").bind(now).bind(now - idle).run(&mut tx).await?;
    tx.commit().await
}

/// How old `seen_at` may grow before it is written again.
pub fn precision(idle: i64) -> i64 {
    MINUTE.min(idle / 4)
}
