//! Who changed the state of what, when and why; written in the transaction of the change, never rewritten.
use super::{
    Actor,
    db::{Tx, sql},
};
use crate::shared::{AppError, HistoryId};

pub struct Change<'a> {
    /// The table's noun: `order`, `gallery`, `photo`, `user`, `grant`, `price`.
    pub entity: &'a str,
    pub id: String,
    pub from: &'a str,
    pub to: &'a str,
    pub reason: &'a str,
}

pub async fn record(tx: &mut Tx, actor: &Actor, at: i64, change: Change<'_>) -> Result<(), AppError> {
    sql("INSERT INTO history (id, entity, entity_id, from_state, to_state, actor_id, reason, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(HistoryId::new())
        .bind(change.entity)
        .bind(change.id)
        .bind(change.from)
        .bind(change.to)
        .bind(actor.user())
        .bind(change.reason)
        .bind(at)
        .run(tx)
        .await?;
    Ok(())
}
