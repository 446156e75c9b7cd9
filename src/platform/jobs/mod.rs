//! Durable work in the database. A job is enqueued in the transaction of the change that needs it, claimed by one
//! statement that gives it to exactly one worker, leased while it runs, and claimed again when its worker died.
mod bell;
mod desk;
mod runner;

pub use bell::Bell;
pub use desk::{FailedJob, Tally, failed, retry, tally};
pub use runner::{Handler, Handlers, run_due, start};

use super::{
    Clock,
    db::{Tx, sql},
};
use crate::shared::AppError;

/// A job that fails this often is given up; its domain is told, and shows it with a button to try again.
pub const MOST_ATTEMPTS: i64 = 10;

pub struct Job {
    kind: &'static str,
    subject: String,
    priority: i64,
}

impl Job {
    /// `kind` names the handler, `subject` what it is about (an id). The same kind and subject wait only once.
    pub fn new(kind: &'static str, subject: impl std::fmt::Display) -> Self {
        Self { kind, subject: subject.to_string(), priority: 0 }
    }

    /// Goes before the others, as letters do before hundreds of photographs.
    pub fn urgent(self) -> Self {
        Self { priority: 10, ..self }
    }

    /// Lets the others go first: nobody waits for it.
    pub fn patient(self) -> Self {
        Self { priority: -10, ..self }
    }
}

pub async fn enqueue(tx: &mut Tx, clock: &Clock, job: Job) -> Result<(), AppError> {
    sql("INSERT INTO jobs (id, kind, subject, priority, status, attempts, run_at, rerun) VALUES ($1, $2, $3, $4, 'queued', 0, $5, FALSE)
         ON CONFLICT (kind, subject) DO UPDATE SET
           status = CASE WHEN jobs.status = 'running' THEN 'running' ELSE 'queued' END,
           rerun = (jobs.status = 'running'), attempts = 0, run_at = excluded.run_at, failure = NULL")
    .bind(uuid::Uuid::now_v7())
    .bind(job.kind)
    .bind(job.subject)
    .bind(job.priority)
    .bind(clock.now())
    .run(tx)
    .await?;
    Ok(())
}
