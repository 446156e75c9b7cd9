use crate::{
    features::accounts::PersonCard,
    platform::{
        Person,
        db::{Db, On, Tx, placeholders, sql, sql_built, sql_by_engine},
    },
    shared::{AppError, Role, UserId},
};

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct User {
    pub id: UserId,
    pub email: String,
    pub email_key: String,
    pub email_verified_at: Option<i64>,
    pub name: String,
    /// A second name to sign in with; its key is what it is compared by.
    pub username: Option<String>,
    pub username_key: Option<String>,
    pub role: Role,
    pub password_hash: Option<String>,
    pub is_active: bool,
    pub created_at: i64,
}

impl User {
    pub fn person(self) -> Person {
        Person {
            id: self.id,
            role: self.role,
            name: self.name,
            email: self.email,
            proven_email: self.email_verified_at.map(|_| self.email_key),
        }
    }

    pub fn card(&self) -> PersonCard {
        PersonCard { id: self.id, name: self.name.clone(), email: self.email.clone() }
    }
}

macro_rules! users {
    ($rest:literal) => {
        concat!("SELECT id, email, email_key, email_verified_at, name, username, username_key, role, password_hash, is_active, created_at FROM users ", $rest)
    };
}

pub async fn by_email<'a>(on: impl Into<On<'a>>, email_key: &str) -> Result<Option<User>, AppError> {
    sql(users!("WHERE email_key = $1")).bind(email_key).optional(on).await
}

pub async fn by_username<'a>(on: impl Into<On<'a>>, username_key: &str) -> Result<Option<User>, AppError> {
    sql(users!("WHERE username_key = $1")).bind(username_key).optional(on).await
}

pub async fn by_id<'a>(on: impl Into<On<'a>>, id: UserId) -> Result<Option<User>, AppError> {
    sql(users!("WHERE id = $1")).bind(id).optional(on).await
}

pub async fn by_ids(on: impl Into<On<'_>>, ids: &[UserId]) -> Result<Vec<User>, AppError> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    sql_built(format!("{} WHERE id IN ({})", users!(""), placeholders(1, ids.len()))).bind_all(ids.iter().copied()).all(on).await
}

/// Those who are active and have shown that one of these addresses (as keys) is theirs.
pub async fn by_proven_emails(db: &Db, keys: &[String]) -> Result<Vec<User>, AppError> {
    if keys.is_empty() {
        return Ok(vec![]);
    }
    let text =
        format!("{} WHERE is_active AND email_verified_at IS NOT NULL AND email_key IN ({})", users!(""), placeholders(1, keys.len()));
    sql_built(text).bind_all(keys.iter().cloned()).all(db).await
}

/// Those who are active and have this role, by name.
pub async fn with_role<'a>(on: impl Into<On<'a>>, role: Role) -> Result<Vec<User>, AppError> {
    sql(users!("WHERE role = $1 AND is_active ORDER BY name, id")).bind(role).all(on).await
}

/// Everybody, the studio's own people first.
pub async fn everybody(db: &Db) -> Result<Vec<User>, AppError> {
    sql(users!("ORDER BY CASE role WHEN 'owner' THEN 0 WHEN 'photographer' THEN 1 WHEN 'crew' THEN 2 ELSE 3 END, name, id")).all(db).await
}

/// Locks the active owners, so that two of them cannot switch each other off at the same moment.
pub async fn lock_owners(tx: &mut Tx) -> Result<Vec<UserId>, AppError> {
    let rows: Vec<(UserId,)> = sql_by_engine(
        "SELECT id FROM users WHERE role = 'owner' AND is_active ORDER BY id",
        "SELECT id FROM users WHERE role = 'owner' AND is_active ORDER BY id FOR UPDATE",
    )
    .all(tx)
    .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Holds one person's row until the transaction ends; none when there is no such person. It stays readable, and rows
/// that refer to it can still be written.
pub async fn lock(tx: &mut Tx, id: UserId) -> Result<Option<UserId>, AppError> {
    let row: Option<(UserId,)> = sql_by_engine(
        "SELECT id FROM users WHERE id = $1 AND is_active",
        "SELECT id FROM users WHERE id = $1 AND is_active FOR NO KEY UPDATE",
    )
    .bind(id)
    .optional(tx)
    .await?;
    Ok(row.map(|(id,)| id))
}

/// Whether the person was new; a taken address or username changes nothing.
pub async fn insert(tx: &mut Tx, user: &User) -> Result<bool, AppError> {
    let rows = sql("INSERT INTO users (id, email, email_key, email_verified_at, name, role, password_hash, is_active, created_at, username, username_key)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING")
    .bind(user.id)
    .bind(&user.email)
    .bind(&user.email_key)
    .bind(user.email_verified_at)
    .bind(&user.name)
    .bind(user.role)
    .bind(user.password_hash.clone())
    .bind(user.is_active)
    .bind(user.created_at)
    .bind(user.username.clone())
    .bind(user.username_key.clone())
    .run(tx)
    .await?;
    Ok(rows == 1)
}

pub async fn rename(tx: &mut Tx, id: UserId, name: &str) -> Result<(), AppError> {
    sql("UPDATE users SET name = $2 WHERE id = $1").bind(id).bind(name).run(tx).await.map(drop)
}

/// False when somebody else has it.
pub async fn set_username(tx: &mut Tx, id: UserId, username: &str, key: &str) -> Result<bool, AppError> {
    let rows = sql("UPDATE users SET username = $2, username_key = $3
         WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM users other WHERE other.username_key = $3 AND other.id <> $1)")
    .bind(id)
    .bind(username)
    .bind(key)
    .run(tx)
    .await?;
    Ok(rows == 1)
}

pub async fn set_password(tx: &mut Tx, id: UserId, hash: &str) -> Result<(), AppError> {
    sql("UPDATE users SET password_hash = $2 WHERE id = $1").bind(id).bind(hash).run(tx).await.map(drop)
}

/// Whether this was news.
pub async fn prove_email(tx: &mut Tx, id: UserId, now: i64) -> Result<bool, AppError> {
    Ok(sql("UPDATE users SET email_verified_at = $2 WHERE id = $1 AND email_verified_at IS NULL").bind(id).bind(now).run(tx).await? == 1)
}

pub async fn set_role(tx: &mut Tx, id: UserId, role: Role) -> Result<(), AppError> {
    sql("UPDATE users SET role = $2 WHERE id = $1").bind(id).bind(role).run(tx).await.map(drop)
}

/// Whether this changed something.
pub async fn set_active(tx: &mut Tx, id: UserId, is_active: bool) -> Result<bool, AppError> {
    Ok(sql("UPDATE users SET is_active = $2 WHERE id = $1 AND is_active <> $2").bind(id).bind(is_active).run(tx).await? == 1)
}
