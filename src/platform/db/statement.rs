//! A statement: one text for both engines, its values, and what it finds.
use super::{Db, Engine, On, Tx, Value, fault::fault};
use crate::shared::AppError;
use sqlx::{AssertSqlSafe, FromRow, Postgres, Sqlite, postgres::PgRow, sqlite::SqliteRow};
use tokio_util::task::AbortOnDropHandle;

/// A row type that both engines can fill; `#[derive(sqlx::FromRow)]` is enough.
pub trait Record: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin + 'static {}
impl<T> Record for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin + 'static {}

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
            // A page is drawn part by part, and a part that has begun may not be looked at again until those before it are
            // done: the line that it holds, or waits for, would be missing to them. So reading goes on by itself, as long as
            // somebody wants to know.
            On::Read(db) => {
                AbortOnDropHandle::new(tokio::spawn(read(db.clone(), text, values))).await.unwrap_or(Err(sqlx::Error::WorkerCrashed))
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

async fn read(db: Db, text: AssertSqlSafe<String>, values: Vec<Value>) -> Result<Rows, sqlx::Error> {
    match db {
        Db::Sqlite { read, .. } => bound!(sqlx::query::<Sqlite>(text), values).fetch_all(&read).await.map(Rows::Sqlite),
        Db::Postgres { lines, .. } => {
            let mut line = lines.line().await?;
            bound!(sqlx::query::<Postgres>(text), values).fetch_all(&mut *line.on).await.map(Rows::Postgres)
        }
    }
}
