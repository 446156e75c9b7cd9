//! Where statements run: each on its own, or several in a transaction.
use super::{Db, fault::fault, sql};
use crate::{
    platform::{
        live::{Live, News, Topic},
        to_the_end,
    },
    shared::AppError,
};
use sqlx::{Postgres, Sqlite};
use tokio::sync::OwnedSemaphorePermit;

/// A transaction; dropped without `commit` it never happened.
pub struct Tx {
    pub(in crate::platform) on: Engine,
    live: Live,
    /// What others hear of when this is committed.
    told: Vec<Topic>,
    /// On PostgreSQL; given back after the line.
    _turn: Option<OwnedSemaphorePermit>,
}

pub(in crate::platform) enum Engine {
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    Postgres(sqlx::Transaction<'static, Postgres>),
}

impl Tx {
    pub(super) fn of(db: &Db, on: Engine, turn: Option<OwnedSemaphorePermit>) -> Self {
        Self { on, live: db.live().clone(), told: vec![], _turn: turn }
    }

    /// Carried out to its end also when whoever asked hangs up meanwhile: what is committed is told.
    pub async fn commit(self) -> Result<(), AppError> {
        to_the_end(async move {
            match self.on {
                Engine::Sqlite(tx) => tx.commit().await,
                Engine::Postgres(tx) => tx.commit().await,
            }
            .map_err(fault)?;
            self.told.into_iter().for_each(|topic| self.live.spread(News::Changed(topic)));
            Ok(())
        })
        .await?
    }

    /// On PostgreSQL the server keeps the news until the commit and tells every instance; else we do.
    pub(in crate::platform) async fn tell(&mut self, channel: &'static str, topic: Topic) -> Result<(), AppError> {
        if matches!(self.on, Engine::Postgres(_)) {
            return sql("SELECT pg_notify($1, $2)").bind(channel).bind(topic.as_str()).run(self).await.map(drop);
        }
        if !self.told.contains(&topic) {
            self.told.push(topic);
        }
        Ok(())
    }
}

/// Where a statement runs: on a snapshot for reading, or inside a transaction.
pub enum On<'a> {
    Read(&'a Db),
    Tx(&'a mut Tx),
}

impl On<'_> {
    /// The same place for one statement more, for verbs that read several things in one go.
    pub fn again(&mut self) -> On<'_> {
        match self {
            Self::Read(db) => On::Read(db),
            Self::Tx(tx) => On::Tx(tx),
        }
    }
}

impl<'a> From<&'a Db> for On<'a> {
    fn from(db: &'a Db) -> Self {
        Self::Read(db)
    }
}

impl<'a> From<&'a mut Tx> for On<'a> {
    fn from(tx: &'a mut Tx) -> Self {
        Self::Tx(tx)
    }
}
