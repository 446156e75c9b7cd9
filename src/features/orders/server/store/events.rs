use crate::{
    platform::{
        clock::{DAY, MINUTE},
        db::{On, Tx, sql},
    },
    shared::AppError,
};

/// So long the job behind an event tries by itself.
const JOB: i64 = 15 * MINUTE;
/// An event that nobody could handle for so long is only looked at when the owner says so.
const LONGEST: i64 = 30 * DAY;

/// What a webhook was about.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct EventRow {
    pub id: String,
    pub kind: String,
    /// The object's id.
    pub object: String,
    pub intent: Option<String>,
    /// The object's status as the event told it.
    pub state: Option<String>,
    pub created_at: i64,
}

/// False when this event was here before.
pub async fn insert_event(tx: &mut Tx, event: &EventRow, at: i64) -> Result<bool, AppError> {
    let rows = sql("INSERT INTO payment_events (id, kind, object, intent, state, created_at, received_at, due_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING")
        .bind(&event.id)
        .bind(&event.kind)
        .bind(&event.object)
        .bind(event.intent.clone())
        .bind(event.state.clone())
        .bind(event.created_at)
        .bind(at)
        .bind(at + JOB)
        .run(tx)
        .await?;
    Ok(rows == 1)
}

/// None when it was handled before.
pub async fn unhandled(on: impl Into<On<'_>>, id: &str) -> Result<Option<EventRow>, AppError> {
    sql("SELECT id, kind, object, intent, state, created_at FROM payment_events WHERE id = $1 AND handled_at IS NULL")
        .bind(id)
        .optional(on)
        .await
}

pub async fn set_handled(tx: &mut Tx, id: &str, at: i64, outcome: &str) -> Result<(), AppError> {
    sql("UPDATE payment_events SET handled_at = $2, outcome = $3 WHERE id = $1").bind(id).bind(at).bind(outcome).run(tx).await.map(drop)
}

/// It stays in the book as unhandled: the next look comes when half of its age has passed again, but within a day.
pub async fn set_given_up(tx: &mut Tx, id: &str, at: i64) -> Result<(), AppError> {
    sql("UPDATE payment_events SET outcome = 'given up' WHERE id = $1 AND handled_at IS NULL").bind(id).run(&mut *tx).await?;
    put_off(tx, id, at).await
}

pub async fn put_off(tx: &mut Tx, id: &str, at: i64) -> Result<(), AppError> {
    let Some((received_at,)): Option<(i64,)> =
        sql("SELECT received_at FROM payment_events WHERE id = $1 AND handled_at IS NULL").bind(id).optional(&mut *tx).await?
    else {
        return Ok(());
    };
    let wait = ((at - received_at) / 2).clamp(JOB, DAY);
    sql("UPDATE payment_events SET due_at = $2 WHERE id = $1").bind(id).bind(at + wait).run(tx).await.map(drop)
}

/// Events that nobody has handled and that it is time to look at again, the longest due first.
pub async fn due(tx: &mut Tx, now: i64) -> Result<Vec<String>, AppError> {
    let rows: Vec<(String,)> =
        sql("SELECT id FROM payment_events WHERE handled_at IS NULL AND due_at <= $1 AND received_at > $2 ORDER BY due_at, id LIMIT 200")
            .bind(now)
            .bind(now - LONGEST)
            .all(tx)
            .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
