//! One database in two engines. SQLite serves a laptop and most studios, PostgreSQL a crowd; every statement is one
//! text that runs on both. Times are BIGINT unix milliseconds, money BIGINT minor units, ids native UUIDs.
//!
//! Writes go through a [`Tx`]: on SQLite there is one writer connection and `BEGIN IMMEDIATE`, so a transaction never
//! fails half-way for being late; on PostgreSQL it is READ COMMITTED with conditional updates and row locks.
use crate::shared::AppError;
use sqlx::{
    AssertSqlSafe, FromRow, PgPool, Postgres, Sqlite, SqlitePool,
    postgres::{PgPoolOptions, PgRow},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow, SqliteSynchronous},
};
use std::{str::FromStr, time::Duration};

static SQLITE_MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("./migrations/sqlite");
static POSTGRES_MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("./migrations/postgres");

#[derive(Clone)]
pub enum Db {
    Sqlite { read: SqlitePool, write: SqlitePool },
    Postgres(PgPool),
}

impl Db {
    /// Opens `sqlite://…` or `postgres://…` without touching its tables.
    pub async fn open(url: &str) -> Result<Self, sqlx::Error> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let pool = PgPoolOptions::new().max_connections(16).acquire_timeout(Duration::from_secs(4)).connect(url).await?;
            return Ok(Self::Postgres(pool));
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
        let write =
            SqlitePoolOptions::new().max_connections(1).acquire_timeout(Duration::from_secs(30)).connect_with(options.clone()).await?;
        let read = SqlitePoolOptions::new().max_connections(4).connect_with(options.read_only(true)).await?;
        Ok(Self::Sqlite { read, write })
    }

    pub async fn migrate(&self) -> Result<(), sqlx::migrate::MigrateError> {
        match self {
            Self::Sqlite { write, .. } => SQLITE_MIGRATIONS.run(write).await,
            Self::Postgres(pool) => POSTGRES_MIGRATIONS.run(pool).await,
        }
    }

    pub async fn begin(&self) -> Result<Tx, AppError> {
        Ok(match self {
            Self::Sqlite { write, .. } => Tx::Sqlite(write.begin_with("BEGIN IMMEDIATE").await.map_err(fault)?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await.map_err(fault)?),
        })
    }

    /// Whether another process may work on the same data.
    pub fn is_shared(&self) -> bool {
        matches!(self, Self::Postgres(_))
    }

    pub async fn close(&self) {
        match self {
            Self::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// A transaction; dropped without `commit` it never happened.
pub enum Tx {
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    Postgres(sqlx::Transaction<'static, Postgres>),
}

impl Tx {
    pub async fn commit(self) -> Result<(), AppError> {
        match self {
            Self::Sqlite(tx) => tx.commit().await,
            Self::Postgres(tx) => tx.commit().await,
        }
        .map_err(fault)
    }
}

/// A row type that both engines can fill; `#[derive(sqlx::FromRow)]` is enough.
pub trait Record: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin + 'static {}
impl<T> Record for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin + 'static {}

/// What a statement carries. An absent value keeps its type, which PostgreSQL wants to know.
#[derive(Clone, Debug)]
pub enum Value {
    Uuid(Option<uuid::Uuid>),
    Text(Option<String>),
    Int(Option<i64>),
    Bool(bool),
    Bytes(Option<Vec<u8>>),
}

macro_rules! values {
    ($($from:ty => |$v:ident| $to:expr),+ $(,)?) => {$(
        impl From<$from> for Value {
            fn from($v: $from) -> Self { $to }
        }
    )+};
}
values! {
    uuid::Uuid => |v| Self::Uuid(Some(v)),
    &str => |v| Self::Text(Some(v.into())),
    String => |v| Self::Text(Some(v)),
    &String => |v| Self::Text(Some(v.clone())),
    Option<String> => |v| Self::Text(v),
    Option<&str> => |v| Self::Text(v.map(Into::into)),
    i64 => |v| Self::Int(Some(v)),
    i32 => |v| Self::Int(Some(v.into())),
    u32 => |v| Self::Int(Some(v.into())),
    Option<i64> => |v| Self::Int(v),
    bool => |v| Self::Bool(v),
    Vec<u8> => |v| Self::Bytes(Some(v)),
    &[u8] => |v| Self::Bytes(Some(v.to_vec())),
    Option<Vec<u8>> => |v| Self::Bytes(v),
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
                On::Read(Db::Sqlite { .. }) | On::Tx(Tx::Sqlite(_)) => sqlite.into(),
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
            On::Read(Db::Postgres(pool)) => bound!(sqlx::query::<Postgres>(text), values).fetch_all(pool).await.map(Rows::Postgres),
            On::Tx(Tx::Sqlite(tx)) => bound!(sqlx::query::<Sqlite>(text), values).fetch_all(&mut **tx).await.map(Rows::Sqlite),
            On::Tx(Tx::Postgres(tx)) => bound!(sqlx::query::<Postgres>(text), values).fetch_all(&mut **tx).await.map(Rows::Postgres),
        }
        .map_err(fault)
    }

    /// Runs a change inside a transaction and says how many rows it touched.
    pub async fn run(self, tx: &mut Tx) -> Result<u64, AppError> {
        let values = self.values;
        let text = AssertSqlSafe(self.text.for_engine(&On::Tx(tx)));
        match tx {
            Tx::Sqlite(tx) => bound!(sqlx::query::<Sqlite>(text), values).execute(&mut **tx).await.map(|done| done.rows_affected()),
            Tx::Postgres(tx) => bound!(sqlx::query::<Postgres>(text), values).execute(&mut **tx).await.map(|done| done.rows_affected()),
        }
        .map_err(fault)
    }
}

/// A database that is away or overloaded is "busy, try again"; anything else is our fault and goes to the log.
fn fault(error: sqlx::Error) -> AppError {
    let busy = match &error {
        sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) => true,
        // deadlock, serialisation failure, too many connections, shutting down; SQLite: busy, locked, full
        sqlx::Error::Database(e) => {
            matches!(e.code().as_deref(), Some("40001" | "40P01" | "53300" | "57P01" | "57P03" | "25006" | "5" | "6" | "13" | "517"))
        }
        _ => false,
    };
    if let sqlx::Error::Database(e) = &error {
        match e.code().as_deref() {
            // text with a character that the engine cannot keep
            Some("22021" | "22P05") => return AppError::BadRequest,
            // somebody was faster by a blink; PostgreSQL's and SQLite's word for "unique"
            Some("23505" | "2067" | "1555") => {
                tracing::warn!(%error, "two wanted the same at once");
                return AppError::Conflict("Somebody else did the same at this moment. Please try again.".into());
            }
            _ => {}
        }
    }
    if busy {
        tracing::warn!(%error, "the database is busy or away");
        return AppError::Unavailable;
    }
    super::log::internal("database", &error)
}
