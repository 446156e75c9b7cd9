//! What programs show instead of a cookie: families of signed tokens, and tokens that people made for a program.
use super::users::User;
use crate::{
    platform::{
        clock::DAY,
        db::{Db, Tx, sql},
    },
    shared::{AppError, FamilyId, TokenId, UserId},
};
use uuid::Uuid;

pub struct NewFamily<'a> {
    pub id: FamilyId,
    pub user: UserId,
    pub refresh: Uuid,
    pub agent: &'a str,
    pub now: i64,
    pub ends_at: i64,
}

pub async fn insert_family(tx: &mut Tx, new: NewFamily<'_>) -> Result<(), AppError> {
    sql("INSERT INTO token_families (id, user_id, current, agent, created_at, seen_at, ends_at) VALUES ($1, $2, $3, $4, $5, $5, $6)")
        .bind(new.id)
        .bind(new.user)
        .bind(new.refresh)
        .bind(new.agent)
        .bind(new.now)
        .bind(new.ends_at)
        .run(tx)
        .await
        .map(drop)
}

/// The person of a family that was not revoked, if the account is on.
pub async fn user_of_family(db: &Db, family: FamilyId, user: Uuid) -> Result<Option<User>, AppError> {
    sql("SELECT u.id, u.email, u.email_key, u.email_verified_at, u.name, u.username, u.username_key, u.role, NULL AS password_hash, u.is_active, u.created_at
         FROM token_families f JOIN users u ON u.id = f.user_id WHERE f.id = $1 AND f.user_id = $2 AND f.revoked_at IS NULL AND u.is_active")
    .bind(family)
    .bind(user)
    .optional(db)
    .await
}

/// Replaces the newest refresh token by the next one; false when the one that was shown is not the newest.
pub async fn rotate(tx: &mut Tx, family: FamilyId, shown: Uuid, next: Uuid, now: i64, ends_at: i64) -> Result<bool, AppError> {
    let rows = sql("UPDATE token_families SET current = $3, seen_at = $4, ends_at = $5
         WHERE id = $1 AND current = $2 AND revoked_at IS NULL AND ends_at > $4 AND user_id IN (SELECT id FROM users WHERE is_active)")
    .bind(family)
    .bind(shown)
    .bind(next)
    .bind(now)
    .bind(ends_at)
    .run(tx)
    .await?;
    Ok(rows == 1)
}

pub async fn revoke_family(tx: &mut Tx, family: FamilyId, now: i64) -> Result<bool, AppError> {
    Ok(sql("UPDATE token_families SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL").bind(family).bind(now).run(tx).await? == 1)
}

/// A sign-in by a program, which ends as a whole.
#[derive(sqlx::FromRow)]
pub struct Family {
    pub id: FamilyId,
    pub agent: String,
    pub created_at: i64,
    /// When its tokens were made, the last time.
    pub seen_at: i64,
}

/// Those that still count, the latest used first; what signs in each hour would fill a page.
pub async fn families_of(db: &Db, user: UserId, now: i64) -> Result<Vec<Family>, AppError> {
    sql("SELECT id, agent, created_at, seen_at FROM token_families WHERE user_id = $1 AND revoked_at IS NULL AND ends_at > $2
         ORDER BY seen_at DESC, id DESC LIMIT 50")
    .bind(user)
    .bind(now)
    .all(db)
    .await
}

/// Whether there was such a family of this person.
pub async fn end_family(tx: &mut Tx, user: UserId, family: FamilyId, now: i64) -> Result<bool, AppError> {
    let ended = sql("UPDATE token_families SET revoked_at = $3 WHERE user_id = $1 AND id = $2 AND revoked_at IS NULL");
    Ok(ended.bind(user).bind(family).bind(now).run(tx).await? == 1)
}

pub async fn end_families(tx: &mut Tx, user: UserId, now: i64) -> Result<u64, AppError> {
    sql("UPDATE token_families SET revoked_at = $2 WHERE user_id = $1 AND revoked_at IS NULL").bind(user).bind(now).run(tx).await
}

/// Ends whatever this person's programs hold, of both kinds.
pub async fn end_all(tx: &mut Tx, user: UserId, now: i64) -> Result<(), AppError> {
    end_families(tx, user, now).await?;
    sql("DELETE FROM personal_tokens WHERE user_id = $1").bind(user).run(tx).await.map(drop)
}

/// Removes families that nobody can use any more; run once an hour.
pub async fn sweep(db: &Db, now: i64) -> Result<(), AppError> {
    let mut tx = db.begin().await?;
    sql("DELETE FROM token_families WHERE ends_at <= $1 OR revoked_at <= $2").bind(now).bind(now - 30 * DAY).run(&mut tx).await?;
    tx.commit().await
}

#[derive(sqlx::FromRow)]
pub struct PersonalToken {
    pub id: TokenId,
    pub name: String,
    /// Words with spaces between them.
    pub scopes: String,
    pub created_at: i64,
    pub seen_at: Option<i64>,
}

pub struct NewToken<'a> {
    pub id: TokenId,
    pub user: UserId,
    pub name: &'a str,
    pub hash: &'a [u8],
    pub scopes: &'a str,
    pub now: i64,
}

pub async fn insert_personal(tx: &mut Tx, new: NewToken<'_>) -> Result<(), AppError> {
    sql("INSERT INTO personal_tokens (id, user_id, name, token_hash, scopes, created_at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(new.id)
        .bind(new.user)
        .bind(new.name)
        .bind(new.hash)
        .bind(new.scopes)
        .bind(new.now)
        .run(tx)
        .await
        .map(drop)
}

/// The newest first.
pub async fn personal_of(db: &Db, user: UserId) -> Result<Vec<PersonalToken>, AppError> {
    sql("SELECT id, name, scopes, created_at, seen_at FROM personal_tokens WHERE user_id = $1 ORDER BY created_at DESC, id DESC")
        .bind(user)
        .all(db)
        .await
}

pub async fn count_personal(tx: &mut Tx, user: UserId) -> Result<i64, AppError> {
    let (count,): (i64,) = sql("SELECT COUNT(*) FROM personal_tokens WHERE user_id = $1").bind(user).one(tx).await?;
    Ok(count)
}

pub async fn delete_personal(tx: &mut Tx, user: UserId, token: TokenId) -> Result<bool, AppError> {
    Ok(sql("DELETE FROM personal_tokens WHERE user_id = $1 AND id = $2").bind(user).bind(token).run(tx).await? == 1)
}

/// Who made this token, what it may, and when it was last used.
#[derive(sqlx::FromRow)]
pub struct Holder {
    pub token: TokenId,
    pub scopes: String,
    pub seen_at: Option<i64>,
    #[sqlx(flatten)]
    pub user: User,
}

pub async fn holder(db: &Db, hash: &[u8]) -> Result<Option<Holder>, AppError> {
    sql("SELECT t.id AS token, t.scopes, t.seen_at,
                u.id, u.email, u.email_key, u.email_verified_at, u.name, u.username, u.username_key, u.role, NULL AS password_hash, u.is_active, u.created_at
         FROM personal_tokens t JOIN users u ON u.id = t.user_id WHERE t.token_hash = $1 AND u.is_active")
    .bind(hash)
    .optional(db)
    .await
}

pub async fn touch_personal(db: &Db, token: TokenId, now: i64) -> Result<(), AppError> {
    let mut tx = db.begin().await?;
    sql("UPDATE personal_tokens SET seen_at = $2 WHERE id = $1").bind(token).bind(now).run(&mut tx).await?;
    tx.commit().await
}
