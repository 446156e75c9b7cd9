use crate::{
    platform::{
        db::{On, Tx, sql},
        token::{self, Token},
    },
    shared::{AppError, LinkId, Role, UserId, email_key, text_enum},
};

text_enum! {
    /// What a mailed link is for.
    Purpose {
        Reset = "reset",
        Confirm = "confirm",
        Invite = "invite",
    }
}

pub struct NewLink<'a> {
    pub purpose: Purpose,
    pub email: &'a str,
    pub role: Option<Role>,
    pub created_by: Option<UserId>,
    pub now: i64,
    pub lasts: i64,
}

#[derive(Clone, sqlx::FromRow)]
pub struct Link {
    pub id: LinkId,
    pub email: String,
    pub email_key: String,
    pub role: Option<Role>,
    pub expires_at: i64,
    pub used_at: Option<i64>,
}

impl Link {
    pub fn is_over(&self, now: i64) -> bool {
        self.used_at.is_some() || self.expires_at <= now
    }
}

/// Makes a link and gives its secret, which goes into a letter and nowhere else.
pub async fn insert(tx: &mut Tx, new: NewLink<'_>) -> Result<(LinkId, String), AppError> {
    let (id, Token { secret, hash }) = (LinkId::new(), token::fresh());
    sql("INSERT INTO links (id, token_hash, purpose, email, email_key, role, created_by, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
        .bind(id)
        .bind(hash)
        .bind(new.purpose)
        .bind(new.email)
        .bind(email_key(new.email))
        .bind(new.role.map(Role::as_str))
        .bind(new.created_by)
        .bind(new.now)
        .bind(new.now + new.lasts)
        .run(tx)
        .await?;
    Ok((id, secret))
}

/// The link behind a secret, used up or not; none when it never was.
pub async fn find<'a>(on: impl Into<On<'a>>, purpose: Purpose, secret: &str) -> Result<Option<Link>, AppError> {
    sql("SELECT id, email, email_key, role, expires_at, used_at FROM links WHERE token_hash = $1 AND purpose = $2")
        .bind(token::hash(secret))
        .bind(purpose)
        .optional(on)
        .await
}

/// Uses the link up. Of two at the same moment one is told no.
pub async fn consume(tx: &mut Tx, link: LinkId, now: i64) -> Result<bool, AppError> {
    Ok(sql("UPDATE links SET used_at = $2 WHERE id = $1 AND used_at IS NULL AND expires_at > $2").bind(link).bind(now).run(tx).await? == 1)
}

/// Uses up all links of this kind that this address still has.
pub async fn consume_all(tx: &mut Tx, purpose: Purpose, email_key: &str, now: i64) -> Result<(), AppError> {
    sql("UPDATE links SET used_at = $3 WHERE email_key = $2 AND purpose = $1 AND used_at IS NULL")
        .bind(purpose)
        .bind(email_key)
        .bind(now)
        .run(tx)
        .await
        .map(drop)
}
