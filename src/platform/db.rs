//! One database in two engines. SQLite serves a laptop and most studios, PostgreSQL a crowd; every statement is one
//! text that runs on both. Times are BIGINT unix milliseconds, money BIGINT minor units, ids native UUIDs.
//!
//! Writes go through a [`Tx`]: on SQLite there is one writer connection and `BEGIN IMMEDIATE`, so a transaction never
//! fails half-way for being late; on PostgreSQL it is READ COMMITTED with conditional updates and row locks.
mod fault;
mod lines;
mod value;

pub use fault::retrying;
pub use lines::Lines;
pub use value::Value;

use super::{
    live::{Live, News, Topic},
    log,
};
use crate::shared::AppError;
use fault::fault;
use sqlx::{
    AssertSqlSafe, Connection, FromRow, PgConnection, Postgres, Sqlite, SqlitePool,
    postgres::{PgConnectOptions, PgPoolOptions, PgRow},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow, SqliteSynchronous},
};
use std::{str::FromStr, time::Duration};
use tokio::sync::OwnedSemaphorePermit;

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
        let read = SqlitePoolOptions::new().max_connections(4).connect_with(options.read_only(true)).await?;
        Ok(Self::Sqlite { read, write, live })
    }

    pub async fn migrate(&self) -> Result<(), sqlx::migrate::MigrateError> {
        match self {
            Self::Sqlite { write, .. } => SQLITE_MIGRATIONS.run(write).await,
            Self::Postgres { lines, .. } => POSTGRES_MIGRATIONS.run(lines.pool()).await,
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
            Self::Postgres { lines, .. } => POSTGRES_MIGRATIONS.run_to(version, lines.pool()).await,
        }
    }

    pub async fn begin(&self) -> Result<Tx, AppError> {
        match self {
            Self::Sqlite { write, .. } => write.begin_with("BEGIN IMMEDIATE").await.map(|tx| self.tx(Engine::Sqlite(tx), None)),
            Self::Postgres { lines, .. } => lines.begin().await.map(|(tx, turn)| self.tx(Engine::Postgres(tx), Some(turn))),
        }
        .map_err(fault)
    }

    fn tx(&self, on: Engine, turn: Option<OwnedSemaphorePermit>) -> Tx {
        Tx { on, live: self.live().clone(), told: vec![], _turn: turn }
    }

    /// A transaction for reading that sees one instant, and keeps nobody from writing.
    pub async fn snapshot(&self) -> Result<Tx, AppError> {
        match self {
            Self::Sqlite { read, .. } => read.begin().await.map(|tx| self.tx(Engine::Sqlite(tx), None)).map_err(fault),
            Self::Postgres { lines, .. } => {
                let (mut tx, turn) = lines.begin().await.map_err(fault)?;
                sqlx::query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY").execute(&mut *tx).await.map_err(fault)?;
                Ok(self.tx(Engine::Postgres(tx), Some(turn)))
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
    /// Carried out to its end also when whoever asked hangs up meanwhile: what is committed is told.
    pub async fn commit(self) -> Result<(), AppError> {
        let whole = async move {
            match self.on {
                Engine::Sqlite(tx) => tx.commit().await,
                Engine::Postgres(tx) => tx.commit().await,
            }
            .map_err(fault)?;
            self.told.into_iter().for_each(|topic| self.live.spread(News::Changed(topic)));
            Ok(())
        };
        tokio::spawn(whole).await.map_err(|error| log::internal("commit", &error))?
    }

    /// On PostgreSQL the server keeps the news until the commit and tells every instance; else we do.
    pub(super) async fn tell(&mut self, channel: &'static str, topic: Topic) -> Result<(), AppError> {
        if matches!(self.on, Engine::Postgres(_)) {
            return sql("SELECT pg_notify($1, $2)").bind(channel).bind(topic.as_str()).run(self).await.map(drop);
        }
        if !self.told.contains(&topic) {
            self.told.push(topic);
        }
        Ok(())
    }
}

/// A row type that both engines can fill; `#[derive(sqlx::FromRow)]` is enough.
pub trait Record: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin + 'static {}
impl<T> Record for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin + 'static {}

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

enum Text {
    Same(&'static str),
    ByEngine { sqlite: &'static str, postgres: &'static str },
    Built(String),
}

/// A statement and its values: `sql("SELECT … WHERE id = $1").bind(id).optional::<Row>(&db)`.
#[must_use]
pub struct Sql {
    text: Text,
    values: Vec<Value>,
}

pub fn sql(text: &'static str) -> Sql {
    Sql { text: Text::Same(text), values: vec![] }
}

/// For the few fragments on which the engines differ (`FOR UPDATE`).
pub fn sql_by_engine(sqlite: &'static str, postgres: &'static str) -> Sql {
    Sql { text: Text::ByEngine { sqlite, postgres }, values: vec![] }
}

/// For texts put together from constant pieces and numbered placeholders; never from what somebody typed.
pub fn sql_built(text: String) -> Sql {
    Sql { text: Text::Built(text), values: vec![] }
}

/// `$4,$5,$6` for three values of an `IN (…)` list that starts at the fourth placeholder.
pub fn placeholders(first: usize, count: usize) -> String {
    (first..first + count).map(|n| format!("${n}")).collect::<Vec<_>>().join(",")
}

macro_rules! bound {
    ($query:expr, $values:expr) => {{
        let mut query = $query;
        for value in $values {
            query = match value {
                Value::Uuid(v) => query.bind(v),
                Value::Text(v) => query.bind(v),
                Value::Int(v) => query.bind(v),
                Value::Bool(v) => query.bind(v),
                Value::Bytes(v) => query.bind(v),
            };
        }
        query
    }};
}

/// What a query found, before it becomes records. Fetching is written once for both engines, not once for each record
/// type: the compiler has a hundred of those to go through.
enum Rows {
    Sqlite(Vec<SqliteRow>),
    Postgres(Vec<PgRow>),
}

impl Rows {
    fn records<T: Record>(&self) -> Result<Vec<T>, AppError> {
        match self {
            Self::Sqlite(rows) => rows.iter().map(T::from_row).collect::<Result<_, _>>(),
            Self::Postgres(rows) => rows.iter().map(T::from_row).collect(),
        }
        .map_err(fault)
    }

    fn first<T: Record>(&self) -> Result<Option<T>, AppError> {
        match self {
            Self::Sqlite(rows) => rows.first().map(T::from_row).transpose(),
            Self::Postgres(rows) => rows.first().map(T::from_row).transpose(),
        }
        .map_err(fault)
    }
}

impl Text {
    fn for_engine(self, on: &On<'_>) -> String {
        match self {
            Self::Same(text) => text.into(),
            Self::Built(text) => text,
            Self::ByEngine { sqlite, postgres } => match on {
                On::Read(Db::Sqlite { .. }) | On::Tx(Tx { on: Engine::Sqlite(_), .. }) => sqlite.into(),
                _ => postgres.into(),
            },
        }
    }
}

impl Sql {
    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    pub fn bind_all<V: Into<Value>>(mut self, values: impl IntoIterator<Item = V>) -> Self {
        self.values.extend(values.into_iter().map(Into::into));
        self
    }

    pub async fn all<T: Record>(self, on: impl Into<On<'_>>) -> Result<Vec<T>, AppError> {
        self.rows(on.into()).await?.records()
    }

    /// Exactly one row; none is a fault of ours (a COUNT, a RETURNING).
    pub async fn one<T: Record>(self, on: impl Into<On<'_>>) -> Result<T, AppError> {
        self.optional(on).await?.ok_or_else(|| fault(sqlx::Error::RowNotFound))
    }

    pub async fn optional<T: Record>(self, on: impl Into<On<'_>>) -> Result<Option<T>, AppError> {
        self.rows(on.into()).await?.first()
    }

    async fn rows(self, on: On<'_>) -> Result<Rows, AppError> {
        let values = self.values;
        let text = AssertSqlSafe(self.text.for_engine(&on));
        match on {
            On::Read(Db::Sqlite { read, .. }) => bound!(sqlx::query::<Sqlite>(text), values).fetch_all(read).await.map(Rows::Sqlite),
            On::Read(Db::Postgres { lines, .. }) => {
                let mut line = lines.line().await.map_err(fault)?;
                bound!(sqlx::query::<Postgres>(text), values).fetch_all(&mut *line.on).await.map(Rows::Postgres)
            }
            On::Tx(Tx { on: Engine::Sqlite(tx), .. }) => {
                bound!(sqlx::query::<Sqlite>(text), values).fetch_all(&mut **tx).await.map(Rows::Sqlite)
            }
            On::Tx(Tx { on: Engine::Postgres(tx), .. }) => {
                bound!(sqlx::query::<Postgres>(text), values).fetch_all(&mut **tx).await.map(Rows::Postgres)
            }
        }
        .map_err(fault)
    }

    /// Runs a change inside a transaction and says how many rows it touched.
    pub async fn run(self, tx: &mut Tx) -> Result<u64, AppError> {
        let values = self.values;
        let text = AssertSqlSafe(self.text.for_engine(&On::Tx(tx)));
        match &mut tx.on {
            Engine::Sqlite(tx) => bound!(sqlx::query::<Sqlite>(text), values).execute(&mut **tx).await.map(|done| done.rows_affected()),
            Engine::Postgres(tx) => bound!(sqlx::query::<Postgres>(text), values).execute(&mut **tx).await.map(|done| done.rows_affected()),
        }
        .map_err(fault)
    }
}
