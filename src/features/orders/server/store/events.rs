use crate::{
    platform::db::{Db, Tx, sql},
    shared::AppError,
};

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
    let rows = sql("INSERT INTO payment_events (id, kind, object, intent, state, created_at, received_at) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING")
        .bind(&event.id)
        .bind(&event.kind)
        .bind(&event.object)
        .bind(event.intent.clone())
        .bind(event.state.clone())
        .bind(event.created_at)
        .bind(at)
        .run(tx)
        .await?;
    Ok(rows == 1)
}

/// None when it was handled before.
pub async fn unhandled(db: &Db, id: &str) -> Result<Option<EventRow>, AppError> {
    sql("SELECT id, kind, object, intent, state, created_at FROM payment_events WHERE id = $1 AND handled_at IS NULL")
        .bind(id)
        .optional(db)
        .await
}

pub async fn set_handled(tx: &mut Tx, id: &str, at: i64, outcome: &str) -> Result<(), AppError> {
    sql("UPDATE payment_events SET handled_at = $2, outcome = $3 WHERE id = $1").bind(id).bind(at).bind(outcome).run(tx).await.map(drop)
}
