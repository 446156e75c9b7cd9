//! Carries what waits in the outbox, beside the jobs: a slow mail server holds up letters, never photographs. Letters
//! to one address go one after the other in the order in which they were written; several instances share the round.
use super::{
    carrier::{Parcel, Trouble, WHOLE},
    outbox::{OutboxRow, UNREADABLE},
};
use crate::{
    platform::{
        Services,
        clock::{MINUTE, SECOND},
        db::{sql, sql_by_engine},
        limits,
    },
    shared::AppError,
};
use rand::RngExt;
use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU32, Ordering},
    },
    time::Duration,
};
use tokio::{
    sync::watch,
    task::{JoinHandle, JoinSet},
};

/// Letters that one instance carries at the same time.
pub const HANDS: usize = 3;
/// A claimed letter belongs to its carrier for a little longer than carrying it may take.
const LEASE: i64 = WHOLE.as_millis() as i64 + 30 * SECOND;

/// What the hands of one instance know together: nobody knocks again while the server is away.
#[derive(Default)]
struct Round {
    rests_until: AtomicI64,
    in_vain: AtomicU32,
}

/// Starts the round; it ends when `stop` turns true, after the letters in hand.
pub fn start(services: Arc<Services>, stop: watch::Receiver<bool>) -> JoinHandle<()> {
    tokio::spawn(async move {
        let round = Arc::new(Round::default());
        let mut hands = JoinSet::new();
        for _ in 0..HANDS {
            hands.spawn(go_round(services.clone(), round.clone(), stop.clone()));
        }
        while hands.join_next().await.is_some() {}
    })
}

async fn go_round(services: Arc<Services>, round: Arc<Round>, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let wait = match next_step(&services, &round).await {
            Ok(Step::Carried) => continue,
            Ok(Step::Rest(wait)) => wait,
            // the database is away: it is asked again in a second
            Err(_) => Duration::from_secs(1),
        };
        tokio::select! {
            () = services.bell.rung(), if wait <= Duration::from_secs(1) => {}
            () = tokio::time::sleep(wait) => {}
            _ = stop.changed() => {}
        }
    }
}

/// Carries what is due now, one after the other, and says how many letters were tried. For tests and the command line.
pub async fn carry_due(services: &Services) -> Result<usize, AppError> {
    let round = Round::default();
    let mut tried = 0;
    while let Step::Carried = next_step(services, &round).await? {
        tried += 1;
    }
    Ok(tried)
}

enum Step {
    Carried,
    Rest(Duration),
}

async fn next_step(services: &Services, round: &Round) -> Result<Step, AppError> {
    let now = services.clock.now();
    let rest = round.rests_until.load(Ordering::Relaxed) - now;
    if rest > 0 {
        return Ok(Step::Rest(Duration::from_millis(rest.min(MINUTE) as u64)));
    }
    let Some(letter) = claim_next(services).await? else { return Ok(Step::Rest(Duration::from_secs(1))) };
    if services.config.mail.per_minute > 0
        && let Err(AppError::TooMany { retry_after }) =
            limits::take(&services.db, &services.clock, "letters", services.config.mail.per_minute, MINUTE).await
    {
        put_back(services, &letter).await?;
        round.rests_until.store(now + retry_after as i64 * SECOND, Ordering::Relaxed);
        return Ok(Step::Rest(Duration::from_secs(retry_after)));
    }
    let Some(content) = letter.content(services) else {
        record(services, &letter, Err(Trouble::Unreadable)).await?;
        return Ok(Step::Carried);
    };
    let parcel =
        Parcel { id: letter.id, to: &letter.recipient, subject: &letter.subject, content: &content, written_at: letter.created_at };
    let outcome = services.mail.carry(parcel).await;
    match &outcome {
        Err(Trouble::Away(_)) => {
            // 2, 4, 8 … seconds, at most a minute: then the server is asked again with one letter
            let times = round.in_vain.fetch_add(1, Ordering::Relaxed).min(5);
            round.rests_until.store(services.clock.now() + ((2 * SECOND) << times).min(MINUTE), Ordering::Relaxed);
        }
        _ => round.in_vain.store(0, Ordering::Relaxed),
    }
    record(services, &letter, outcome).await?;
    Ok(Step::Carried)
}

macro_rules! claim {
    ($lock:literal) => {
        concat!(
            "UPDATE mails SET locked_until = $1 WHERE id = (
               SELECT m.id FROM mails m WHERE m.state = 'waiting' AND m.due_at <= $2 AND (m.locked_until IS NULL OR m.locked_until < $2)
                 AND NOT EXISTS (SELECT 1 FROM mails earlier WHERE earlier.state = 'waiting' AND earlier.recipient_key = m.recipient_key
                                 AND (earlier.created_at, earlier.id) < (m.created_at, m.id))
               ORDER BY m.due_at, m.created_at, m.id LIMIT 1 ",
            $lock,
            ") RETURNING id, recipient, subject, body, state, created_at, sent_at, due_at, attempts, give_up_at, failure"
        )
    };
}

async fn claim_next(services: &Services) -> Result<Option<OutboxRow>, AppError> {
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    let row = sql_by_engine(claim!(""), claim!("FOR UPDATE SKIP LOCKED")).bind(now + LEASE).bind(now).optional(&mut tx).await?;
    tx.commit().await?;
    Ok(row)
}

async fn put_back(services: &Services, letter: &OutboxRow) -> Result<(), AppError> {
    let mut tx = services.db.begin().await?;
    sql("UPDATE mails SET locked_until = NULL WHERE id = $1").bind(letter.id).run(&mut tx).await?;
    tx.commit().await
}

async fn record(services: &Services, letter: &OutboxRow, outcome: Result<(), Trouble>) -> Result<(), AppError> {
    let now = services.clock.now();
    let (state, failure, next) = match outcome {
        Ok(()) => ("sent", None, now),
        Err(Trouble::Bounced(why)) => ("bounced", Some(why), now),
        Err(Trouble::Unreadable) => {
            ("given_up", Some(format!("{UNREADABLE} With the old key in ENCRYPTION_KEY it can be sent again.")), now)
        }
        Err(Trouble::Later(why) | Trouble::Away(why)) if now >= letter.give_up_at => ("given_up", Some(why), now),
        // the round rests while nobody is there, so that a letter need not: it goes soon after the server is back
        Err(Trouble::Away(why)) => ("waiting", Some(why), now + patience(letter.attempts).min(2 * MINUTE)),
        Err(Trouble::Later(why)) => ("waiting", Some(why), now + patience(letter.attempts)),
    };
    metrics::counter!("photovault_letters_total", "outcome" => state).increment(1);
    if state == "bounced" || state == "given_up" {
        tracing::warn!(letter = %letter.id, state, "a letter will not arrive; the owner's page shows why");
    }
    let mut tx = services.db.begin().await?;
    sql("UPDATE mails SET state = $2, attempts = attempts + 1, tried_at = $3, sent_at = $4, due_at = $5, failure = $6, locked_until = NULL
         WHERE id = $1 AND state = 'waiting'")
    .bind(letter.id)
    .bind(state)
    .bind(now)
    .bind((state == "sent").then_some(now))
    .bind(next)
    .bind(failure)
    .run(&mut tx)
    .await?;
    tx.commit().await
}

/// 30 seconds, then twice as long each time, at most half an hour; a little apart, so that not all come at once.
fn patience(attempts: i64) -> i64 {
    let wait = ((30 * SECOND) << attempts.clamp(0, 6)).min(30 * MINUTE);
    wait + rand::rng().random_range(0..=wait / 10)
}
