//! Faults of all instances, kept for the owner's page.
use super::{
    Services,
    clock::DAY,
    db::{Db, sql},
    log,
};
use crate::shared::AppError;
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;

const KEPT: i64 = 30 * DAY;

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Fault {
    pub reference: String,
    pub place: String,
    pub cause: String,
    pub at: i64,
}

/// Writes down what happened since the last time.
pub async fn keep(services: &Services) -> Result<(), AppError> {
    let faults = log::take_faults();
    if faults.is_empty() {
        return Ok(());
    }
    let mut tx = services.db.begin().await?;
    for fault in faults {
        sql("INSERT INTO faults (id, reference, place, cause, at) VALUES ($1, $2, $3, $4, $5)")
            .bind(uuid::Uuid::now_v7())
            .bind(fault.reference)
            .bind(fault.place)
            .bind(fault.cause)
            .bind(services.clock.now())
            .run(&mut tx)
            .await?;
    }
    tx.commit().await
}

pub async fn newest(db: &Db, most: i64) -> Result<Vec<Fault>, AppError> {
    sql("SELECT reference, place, cause, at FROM faults ORDER BY at DESC, id DESC LIMIT $1").bind(most).all(db).await
}

/// Forgets what is a month old; run once an hour.
pub async fn sweep(services: &Services) -> Result<(), AppError> {
    let mut tx = services.db.begin().await?;
    sql("DELETE FROM faults WHERE at < $1").bind(services.clock.now() - KEPT).run(&mut tx).await?;
    tx.commit().await
}

/// Keeps them every few seconds, and once more at the end.
pub async fn run(services: Arc<Services>, mut stop: watch::Receiver<bool>) {
    let mut is_over = false;
    while !is_over {
        tokio::select! {
            () = tokio::time::sleep(Duration::from_secs(3)) => {}
            _ = stop.wait_for(|stop| *stop) => is_over = true,
        }
        if let Err(error) = keep(&services).await {
            tracing::warn!(%error, "faults could not be written down");
        }
    }
}
