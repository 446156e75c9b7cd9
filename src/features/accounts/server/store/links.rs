use crate::{
    platform::{
        db::{Db, On, Tx, sql},
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
    /// Whoever made it has no account any more that is on.
    pub is_void: bool,
}

impl Link {
    pub fn is_over(&self, now: i64) -> bool {
        self.used_at.is_some() || self.expires_at <= now || self.is_void
    }
}

/// True for a link whose maker was switched off since.
macro_rules! is_void {
    () => {
        "EXISTS (SELECT 1 FROM users u WHERE u.id = links.created_by AND NOT u.is_active)"
    };
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
    sql(concat!(
        "SELECT id, email, email_key, role, expires_at, used_at, ",
        is_void!(),
        " AS is_void FROM links WHERE token_hash = $1 AND purpose = $2"
    ))
    .bind(token::hash(secret))
    .bind(purpose)
    .optional(on)
    .await
}

/// Uses the link up. Of two at the same moment one is told no.
pub async fn consume(tx: &mut Tx, link: LinkId, now: i64) -> Result<bool, AppError> {
    let used = sql(concat!("UPDATE links SET used_at = $2 WHERE id = $1 AND used_at IS NULL AND expires_at > $2 AND NOT ", is_void!()));
    Ok(used.bind(link).bind(now).run(tx).await? == 1)
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

/// An invitation to work here that nobody has accepted.
#[derive(sqlx::FromRow)]
pub struct OpenInvitation {
    pub id: LinkId,
    pub email: String,
    pub role: Role,
    /// Who sent it; the program itself has no name.
    pub inviter: Option<String>,
    pub created_at: i64,
    pub expires_at: i64,
}

macro_rules! open_invitations {
    ($rest:literal) => {
        concat!(
            "SELECT id, email, role, (SELECT u.name FROM users u WHERE u.id = links.created_by) AS inviter, created_at, expires_at FROM links
             WHERE purpose = 'invite' AND role IS NOT NULL AND used_at IS NULL AND NOT ",
            is_void!(),
            $rest
        )
    };
}

/// The newest first; those that ran out before `since` are left out.
pub async fn open_invitations(db: &Db, since: i64) -> Result<Vec<OpenInvitation>, AppError> {
    sql(open_invitations!(" AND expires_at > $1 ORDER BY created_at DESC, id DESC")).bind(since).all(db).await
}

pub async fn open_invitation(tx: &mut Tx, id: LinkId) -> Result<Option<OpenInvitation>, AppError> {
    sql(open_invitations!(" AND id = $1")).bind(id).optional(tx).await
}

/// Takes the invitations to work here back that this address still has.
pub async fn withdraw_invitations(tx: &mut Tx, email_key: &str, now: i64) -> Result<u64, AppError> {
    sql("UPDATE links SET used_at = $2 WHERE email_key = $1 AND purpose = 'invite' AND role IS NOT NULL AND used_at IS NULL")
        .bind(email_key)
        .bind(now)
        .run(tx)
        .await
}

/// Takes back what somebody invited others with.
pub async fn withdraw_invitations_by(tx: &mut Tx, maker: UserId, now: i64) -> Result<(), AppError> {
    sql("UPDATE links SET used_at = $2 WHERE created_by = $1 AND purpose = 'invite' AND used_at IS NULL")
        .bind(maker)
        .bind(now)
        .run(tx)
        .await
        .map(drop)
}
