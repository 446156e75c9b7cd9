//! One database in two engines. SQLite serves a laptop and most studios, PostgreSQL a crowd; every statement is one
//! text that runs on both. Times are BIGINT unix milliseconds, money BIGINT minor units, ids native UUIDs.
//!
//! Writes go through a [`Tx`]: on SQLite there is one writer connection and `BEGIN IMMEDIATE`, so a transaction never
//! fails half-way for being late; on PostgreSQL it is READ COMMITTED with conditional updates and row locks.
mod fault;
mod lines;
mod statement;
mod tx;
mod value;

pub use fault::{clashed, retrying, watched};
pub use lines::Lines;
pub use statement::{Record, Sql, placeholders, sql, sql_built, sql_by_engine};
pub(in crate::platform) use tx::Engine;
pub use tx::{On, Tx};
pub use value::Value;

use super::live::Live;
use crate::shared::AppError;
use fault::fault;
use sqlx::{
    Connection, PgConnection, SqlitePool,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{str::FromStr, time::Duration};

static SQLITE_MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("./migrations/sqlite");
static POSTGRES_MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("./migrations/postgres");

#[derive(Clone)]
pub enum Db {
    Sqlite { read: SqlitePool, write: SqlitePool, live: Live },
    Postgres { lines: Lines, live: Live },
}

impl Db {
    /// Opens `sqlite://…` or `postgres://…` without touching its tables.
    pub async fn open(url: &str) -> Result<Self, sqlx::Error> {
        Self::open_with(url, 16).await
    }

    /// `connections`: the most that this process holds to a PostgreSQL.
    pub async fn open_with(url: &str, connections: u32) -> Result<Self, sqlx::Error> {
        let live = Live::default();
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            // what runs away or was left behind is ended by the server itself
            let limits = [("statement_timeout", "30s"), ("idle_in_transaction_session_timeout", "60s")];
            let options = PgConnectOptions::from_str(url)?.options(limits);
            let pool = PgPoolOptions::new().max_connections(connections).acquire_timeout(lines::TURN).connect_with(options).await?;
            return Ok(Self::Postgres { lines: Lines::of(pool, connections as usize), live });
        }
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // FULL: a commit that was acknowledged survives a power cut, not only a crash of the program.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .pragma("cache_size", "-16000")
            .optimize_on_close(true, None);
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            // a line to a file cannot break while it rests, and asking costs a way to its thread and back
            .test_before_acquire(false)
            .acquire_timeout(Duration::from_secs(30))
            .after_release(|line, _| {
                Box::pin(async move {
                    // after what was dropped is undone. On a full disk SQLite undoes by itself, and the pool would believe for
                    // good that a transaction is open: then a fresh line takes its place
                    line.ping().await?;
                    Ok(!line.is_in_transaction())
                })
            })
            .connect_with(options.clone())
            .await?;
        let read = SqlitePoolOptions::new().max_connections(4).test_before_acquire(false).connect_with(options.read_only(true)).await?;
        Ok(Self::Sqlite { read, write, live })
    }

    pub async fn migrate(&self) -> Result<(), sqlx::migrate::MigrateError> {
        match self {
            Self::Sqlite { write, .. } => SQLITE_MIGRATIONS.run(write).await,
            Self::Postgres { lines, .. } => POSTGRES_MIGRATIONS.run(&mut patient_line(lines).await?).await,
        }
    }

    /// How many steps this program knows that the tables have not taken.
    pub async fn missing_steps(&self) -> Result<usize, AppError> {
        let taken: Vec<(i64,)> = sql("SELECT version FROM _sqlx_migrations WHERE success").all(self).await?;
        let known = match self {
            Self::Sqlite { .. } => &SQLITE_MIGRATIONS,
            Self::Postgres { .. } => &POSTGRES_MIGRATIONS,
        };
        Ok(known.iter().filter(|step| !taken.iter().any(|(version,)| *version == step.version)).count())
    }

    /// Brings the tables to where they were at an older step, for rows that were saved there.
    pub async fn migrate_to(&self, version: i64) -> Result<(), sqlx::migrate::MigrateError> {
        match self {
            Self::Sqlite { write, .. } => SQLITE_MIGRATIONS.run_to(version, write).await,
            Self::Postgres { lines, .. } => POSTGRES_MIGRATIONS.run_to(version, &mut patient_line(lines).await?).await,
        }
    }

    pub async fn begin(&self) -> Result<Tx, AppError> {
        match self {
            Self::Sqlite { write, .. } => write.begin_with("BEGIN IMMEDIATE").await.map(|tx| Tx::of(self, Engine::Sqlite(tx), None)),
            Self::Postgres { lines, .. } => lines.begin().await.map(|(tx, turn)| Tx::of(self, Engine::Postgres(tx), Some(turn))),
        }
        .map_err(fault)
    }

    /// A transaction for reading that sees one instant, and keeps nobody from writing.
    pub async fn snapshot(&self) -> Result<Tx, AppError> {
        match self {
            Self::Sqlite { read, .. } => read.begin().await.map(|tx| Tx::of(self, Engine::Sqlite(tx), None)).map_err(fault),
            Self::Postgres { lines, .. } => {
                let (mut tx, turn) = lines.begin().await.map_err(fault)?;
                sqlx::query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY").execute(&mut *tx).await.map_err(fault)?;
                // a large table takes longer than any request may
                sqlx::query("SET LOCAL statement_timeout = 0").execute(&mut *tx).await.map_err(fault)?;
                Ok(Tx::of(self, Engine::Postgres(tx), Some(turn)))
            }
        }
    }

    /// Where this process hears what changed.
    pub fn live(&self) -> &Live {
        match self {
            Self::Sqlite { live, .. } | Self::Postgres { live, .. } => live,
        }
    }

    /// Whether the database answers within this time.
    pub async fn answers_within(&self, limit: Duration) -> bool {
        tokio::time::timeout(limit, sql("SELECT 1").one::<(i32,)>(self)).await.is_ok_and(|answer| answer.is_ok())
    }

    /// Whether there is a server at all, asked on a line of its own: a crowd in front of the pool is no illness. SQLite is
    /// always there.
    pub async fn is_there(&self, limit: Duration) -> bool {
        let Self::Postgres { lines, .. } = self else { return true };
        let asked = async {
            let mut line = PgConnection::connect_with(&lines.pool().connect_options()).await?;
            sqlx::query("SELECT 1").execute(&mut line).await?;
            line.close().await
        };
        // also "too many connections" is an answer
        matches!(tokio::time::timeout(limit, asked).await, Ok(Ok(()) | Err(sqlx::Error::Database(_))))
    }

    /// Connections that are open, and those of them that rest.
    pub fn connections(&self) -> (u32, usize) {
        match self {
            Self::Sqlite { read, .. } => (read.size(), read.num_idle()),
            Self::Postgres { lines, .. } => (lines.pool().size(), lines.pool().num_idle()),
        }
    }

    /// Whether another process may work on the same data.
    pub fn is_shared(&self) -> bool {
        matches!(self, Self::Postgres { .. })
    }

    pub async fn close(&self) {
        match self {
            Self::Sqlite { read, write, .. } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres { lines, .. } => lines.pool().close().await,
        }
    }
}

/// A line of its own whose statements may take as long as they need, as a new index of a large table does.
async fn patient_line(lines: &Lines) -> Result<PgConnection, sqlx::Error> {
    let options = lines.pool().connect_options().as_ref().clone().options([("statement_timeout", "0")]);
    PgConnection::connect_with(&options).await
}
