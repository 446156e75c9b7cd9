//! The keys under which programs have asked for something, and what was answered.
use super::{Key, once::Done};
use crate::{
    platform::{
        RequestContext, Services,
        clock::{DAY, MINUTE},
        db::{Sql, sql},
    },
    shared::{AppError, UserId},
};
use std::{convert::Infallible, time::Duration};

/// Who died while carrying it out leaves the key free after this long.
const IN_WORK: i64 = 2 * MINUTE;
/// Who lives says so as often.
const SIGN_OF_LIFE: Duration = Duration::from_secs(30);
const KEPT: i64 = DAY;

/// What stands under a key; without a status it is being carried out.
#[derive(sqlx::FromRow)]
pub struct Answered {
    pub fingerprint: Vec<u8>,
    pub status: Option<i64>,
    pub location: Option<String>,
    pub body: Option<String>,
}

/// One person's key at one address.
pub struct Claim {
    cx: RequestContext,
    person: UserId,
    route: &'static str,
    key: String,
}

impl Claim {
    pub fn of(cx: &RequestContext, key: &Key, route: &'static str) -> Option<Self> {
        Some(Self { cx: cx.clone(), person: cx.actor.user()?, route, key: key.0.clone()? })
    }

    /// The statement about this row; its other values begin at $4.
    fn sql(&self, text: &'static str) -> Sql {
        sql(text).bind(self.person).bind(self.route).bind(&self.key)
    }

    /// None: it is ours to carry out. Otherwise what stands under the key.
    pub async fn make(&self, fingerprint: &[u8]) -> Result<Option<Answered>, AppError> {
        let now = self.cx.now();
        let mut tx = self.cx.db.begin().await?;
        let claimed = self
            .sql("INSERT INTO api_answers (user_id, route, idempotency_key, fingerprint, created_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (user_id, route, idempotency_key) DO UPDATE SET fingerprint = $4, created_at = $5, status = NULL, location = NULL, body = NULL
             WHERE api_answers.created_at < $6 OR (api_answers.status IS NULL AND api_answers.created_at < $7)")
            .bind(fingerprint)
            .bind(now)
            .bind(now - KEPT)
            .bind(now - IN_WORK)
            .run(&mut tx)
            .await?;
        let before = match claimed {
            1 => None,
            _ => {
                self.sql(
                    "SELECT fingerprint, status, location, body FROM api_answers WHERE user_id = $1 AND route = $2 AND idempotency_key = $3",
                )
                .optional(&mut tx)
                .await?
            }
        };
        tx.commit().await?;
        Ok(before)
    }

    /// Does the work, however long it takes: nobody else takes it up meanwhile.
    pub async fn held_during<T>(&self, act: impl Future<Output = T>) -> T {
        tokio::select! {
            done = act => done,
            never = self.live() => match never {},
        }
    }

    /// Says now and then that the work still goes on.
    async fn live(&self) -> Infallible {
        loop {
            tokio::time::sleep(SIGN_OF_LIFE).await;
            let said = async {
                let mut tx = self.cx.db.begin().await?;
                self.sql(
                    "UPDATE api_answers SET created_at = $4 WHERE user_id = $1 AND route = $2 AND idempotency_key = $3 AND status IS NULL",
                )
                .bind(self.cx.now())
                .run(&mut tx)
                .await?;
                tx.commit().await
            };
            if let Err(error) = said.await {
                tracing::warn!(%error, "a key that is in use could not be held; it is tried again");
            }
        }
    }

    pub async fn write(&self, done: &Done, fingerprint: &[u8]) -> Result<(), AppError> {
        let mut tx = self.cx.db.begin().await?;
        self.sql("UPDATE api_answers SET status = $4, location = $5, body = $6, fingerprint = $7 WHERE user_id = $1 AND route = $2 AND idempotency_key = $3")
            .bind(i64::from(done.status.as_u16()))
            .bind(done.location.clone())
            .bind(done.body.to_string())
            .bind(fingerprint)
            .run(&mut tx)
            .await?;
        tx.commit().await
    }

    pub async fn release(&self) -> Result<(), AppError> {
        let mut tx = self.cx.db.begin().await?;
        self.sql("DELETE FROM api_answers WHERE user_id = $1 AND route = $2 AND idempotency_key = $3 AND status IS NULL")
            .run(&mut tx)
            .await?;
        tx.commit().await
    }
}

/// Forgets answers that nobody can ask for any more; run once an hour.
pub async fn sweep_answers(services: &Services) -> Result<(), AppError> {
    let mut tx = services.db.begin().await?;
    sql("DELETE FROM api_answers WHERE created_at < $1").bind(services.clock.now() - KEPT).run(&mut tx).await?;
    tx.commit().await
}
