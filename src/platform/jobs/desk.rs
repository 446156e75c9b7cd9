//! The queue as the owner sees it.
use crate::{
    platform::{
        Clock,
        db::{Db, Tx, sql},
    },
    shared::AppError,
};

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct FailedJob {
    pub id: uuid::Uuid,
    pub kind: String,
    pub subject: String,
    pub attempts: i64,
    pub failure: Option<String>,
    /// When it was last due.
    pub run_at: i64,
}

/// How many jobs of a kind there are in a state.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Tally {
    pub kind: String,
    pub status: String,
    pub count: i64,
}

pub async fn tally(db: &Db) -> Result<Vec<Tally>, AppError> {
    sql("SELECT kind, status, COUNT(*) AS count FROM jobs GROUP BY kind, status ORDER BY kind, status").all(db).await
}

/// Those that were given up, the latest first.
pub async fn failed(db: &Db, most: i64) -> Result<Vec<FailedJob>, AppError> {
    sql("SELECT id, kind, subject, attempts, failure, run_at FROM jobs WHERE status = 'failed' ORDER BY run_at DESC, id DESC LIMIT $1")
        .bind(most)
        .all(db)
        .await
}

/// Lets a job that was given up begin anew; or all of them. How many that were.
pub async fn retry(tx: &mut Tx, clock: &Clock, id: Option<uuid::Uuid>) -> Result<u64, AppError> {
    sql("UPDATE jobs SET status = 'queued', attempts = 0, run_at = $1, failure = NULL, locked_until = NULL
         WHERE status = 'failed' AND ($2 OR id = $3)")
    .bind(clock.now())
    .bind(id.is_none())
    .bind(id.unwrap_or_default())
    .run(tx)
    .await
}
