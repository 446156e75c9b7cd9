use super::MOST_ATTEMPTS;
use crate::{
    platform::{
        Services,
        clock::SECOND,
        db::{sql, sql_by_engine},
        metrics,
    },
    shared::AppError,
};
use futures::future::BoxFuture;
use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{
    sync::watch,
    task::{JoinHandle, JoinSet},
    time::{interval, timeout},
};

/// How long a claimed job belongs to its worker; renewed while it runs, so that a dead worker's job is free again soon.
const LEASE: i64 = 30 * SECOND;

/// What a handler gives back: the work, still to be awaited.
pub type Work = BoxFuture<'static, Result<(), AppError>>;

#[derive(Clone, Copy)]
pub struct Handler {
    /// Does the work for the subject. Must be safe to run twice.
    pub run: fn(Arc<Services>, String) -> Work,
    /// Told once, with the last reason, when all attempts have failed.
    pub gave_up: fn(Arc<Services>, String, String) -> Work,
}

/// Which handler does which kind of job; `boot` shows the whole list on one screen.
pub type Handlers = BTreeMap<&'static str, Handler>;

#[derive(Clone, sqlx::FromRow)]
struct Claimed {
    id: uuid::Uuid,
    kind: String,
    subject: String,
    attempts: i64,
}

macro_rules! claim {
    ($lock:literal) => {
        concat!(
            "UPDATE jobs SET status = 'running', locked_by = $1, locked_until = $2, attempts = attempts + 1, rerun = FALSE
             WHERE id = (SELECT id FROM jobs WHERE run_at <= $3 AND (status = 'queued' OR (status = 'running' AND locked_until < $3))
                         ORDER BY priority DESC, run_at, id LIMIT 1 ",
            $lock,
            ") RETURNING id, kind, subject, attempts"
        )
    };
}

/// Starts `workers` workers that run until `stop` turns true; a job in hand is finished first.
pub async fn start(
    services: Arc<Services>,
    handlers: Arc<Handlers>,
    workers: usize,
    stop: watch::Receiver<bool>,
) -> Result<JoinHandle<()>, AppError> {
    if !services.db.is_shared() {
        // nobody else works on this database: what is marked as running died with the last process
        let mut tx = services.db.begin().await?;
        sql("UPDATE jobs SET locked_until = 0 WHERE status = 'running'").run(&mut tx).await?;
        tx.commit().await?;
    }
    Ok(tokio::spawn(async move {
        let mut crew = JoinSet::new();
        for _ in 0..workers.max(1) {
            crew.spawn(work(services.clone(), handlers.clone(), stop.clone()));
        }
        while crew.join_next().await.is_some() {}
    }))
}

async fn work(services: Arc<Services>, handlers: Arc<Handlers>, mut stop: watch::Receiver<bool>) {
    let me = uuid::Uuid::now_v7();
    while !*stop.borrow() {
        match claim_next(&services, me).await {
            Ok(Some(job)) => carry_out(&services, &handlers, me, job).await,
            Ok(None) => drop(
                timeout(Duration::from_secs(1), async {
                    tokio::select! { () = services.bell.rung() => {}, _ = stop.changed() => {} }
                })
                .await,
            ),
            // the database is away: it is asked again in a second
            Err(_) => tokio::time::sleep(Duration::from_secs(1)).await,
        }
    }
}

/// Runs what is due now, one after the other, and says how many jobs that were. For tests and the command line.
pub async fn run_due(services: &Arc<Services>, handlers: &Handlers) -> Result<usize, AppError> {
    let me = uuid::Uuid::now_v7();
    let mut done = 0;
    while let Some(job) = claim_next(services, me).await? {
        carry_out(services, handlers, me, job).await;
        done += 1;
    }
    Ok(done)
}

async fn claim_next(services: &Services, me: uuid::Uuid) -> Result<Option<Claimed>, AppError> {
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    let job = sql_by_engine(claim!(""), claim!("FOR UPDATE SKIP LOCKED")).bind(me).bind(now + LEASE).bind(now).optional(&mut tx).await?;
    tx.commit().await?;
    Ok(job)
}

async fn carry_out(services: &Arc<Services>, handlers: &Handlers, me: uuid::Uuid, job: Claimed) {
    let since = Instant::now();
    let outcome = match handlers.get(job.kind.as_str()) {
        // a poisoned job that killed the process again and again is not tried an eleventh time
        Some(_) if job.attempts > MOST_ATTEMPTS => Err("the preparation was interrupted too often".to_string()),
        Some(handler) => attempt(services, handler, me, &job).await,
        None => Err(format!("nobody handles {}", job.kind)),
    };
    // what nobody handles has no line of its own: anybody could have written it
    let kind = handlers.get_key_value(job.kind.as_str()).map_or("unknown", |(kind, _)| kind);
    metrics::job(kind, if outcome.is_ok() { "done" } else { "failed" }, since);
    let settled = match outcome {
        Ok(()) => finish(services, me, &job).await,
        Err(reason) if job.attempts >= MOST_ATTEMPTS => give_up(services, handlers, me, &job, reason).await,
        Err(reason) => postpone(services, me, &job, &reason).await,
    };
    if let Err(error) = settled {
        // the lease runs out by itself and the job is claimed again
        tracing::warn!(kind = job.kind, %error, "a job's end could not be recorded");
    }
}

async fn attempt(services: &Arc<Services>, handler: &Handler, me: uuid::Uuid, job: &Claimed) -> Result<(), String> {
    // a task of its own: a panic in one job ends that job only
    let mut running = tokio::spawn((handler.run)(services.clone(), job.subject.clone()));
    let mut heartbeat = interval(Duration::from_millis(LEASE as u64 / 3));
    heartbeat.tick().await;
    loop {
        tokio::select! {
            ended = &mut running => return match ended {
                Ok(outcome) => outcome.map_err(|e| e.to_string()),
                Err(_) => Err("the work broke off".into()),
            },
            _ = heartbeat.tick() => { let _ = renew(services, me, job).await; }
        }
    }
}

async fn renew(services: &Services, me: uuid::Uuid, job: &Claimed) -> Result<(), AppError> {
    let mut tx = services.db.begin().await?;
    sql("UPDATE jobs SET locked_until = $3 WHERE id = $1 AND locked_by = $2")
        .bind(job.id)
        .bind(me)
        .bind(services.clock.now() + LEASE)
        .run(&mut tx)
        .await?;
    tx.commit().await
}

async fn finish(services: &Services, me: uuid::Uuid, job: &Claimed) -> Result<(), AppError> {
    let mut tx = services.db.begin().await?;
    if sql("DELETE FROM jobs WHERE id = $1 AND locked_by = $2 AND NOT rerun").bind(job.id).bind(me).run(&mut tx).await? == 0 {
        sql("UPDATE jobs SET status = 'queued', rerun = FALSE WHERE id = $1 AND locked_by = $2").bind(job.id).bind(me).run(&mut tx).await?;
    }
    tx.commit().await
}

async fn postpone(services: &Services, me: uuid::Uuid, job: &Claimed, reason: &str) -> Result<(), AppError> {
    // 1, 2, 4 … seconds, at most five minutes
    let wait = SECOND * (1 << (job.attempts - 1).clamp(0, 8)).min(300);
    let mut tx = services.db.begin().await?;
    sql("UPDATE jobs SET status = 'queued', run_at = $3, failure = $4 WHERE id = $1 AND locked_by = $2")
        .bind(job.id)
        .bind(me)
        .bind(services.clock.now() + wait)
        .bind(reason)
        .run(&mut tx)
        .await?;
    tx.commit().await
}

/// Tells the domain, once. A job that somebody else has taken over is theirs to give up, and one that was asked for again
/// meanwhile begins anew.
async fn give_up(services: &Arc<Services>, handlers: &Handlers, me: uuid::Uuid, job: &Claimed, reason: String) -> Result<(), AppError> {
    let over = "SELECT COUNT(*) FROM jobs WHERE id = $1 AND locked_by = $2 AND NOT rerun";
    let (over,): (i64,) = sql(over).bind(job.id).bind(me).one(&services.db).await?;
    if over == 0 {
        return finish(services, me, job).await;
    }
    if let Some(handler) = handlers.get(job.kind.as_str()) {
        (handler.gave_up)(services.clone(), job.subject.clone(), reason.clone()).await?;
    }
    let mut tx = services.db.begin().await?;
    // asked for again while the domain was told: it begins anew
    sql("UPDATE jobs SET status = CASE WHEN rerun THEN 'queued' ELSE 'failed' END, rerun = FALSE, failure = $3 WHERE id = $1 AND locked_by = $2")
        .bind(job.id)
        .bind(me)
        .bind(reason)
        .run(&mut tx)
        .await?;
    tx.commit().await
}
