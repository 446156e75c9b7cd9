//! Rows on their way out: one transaction sees all tables as they were at one instant, while others go on writing.
use super::{
    manifest::SavedTable,
    schema::{Column, Holds, Table, tables},
};
use crate::{
    platform::{
        db::{Db, Engine, Tx, sql_by_engine},
        log,
        storage::hex,
    },
    shared::AppError,
};
use futures::TryStreamExt;
use sqlx::{AssertSqlSafe, Row};
use std::{
    io::{BufWriter, Write},
    path::Path,
};

pub struct Dumped {
    pub migrations: Vec<i64>,
    pub tables: Vec<SavedTable>,
}

pub async fn dump(db: &Db, folder: &Path) -> Result<Dumped, AppError> {
    let mut tx = db.snapshot().await?;
    let migrations = versions(&mut tx).await?;
    let mut saved = vec![];
    for table in tables(&mut tx).await? {
        let path = folder.join(format!("{}.jsonl", table.name));
        let (rows, hash) = pour(&mut tx, &table, &path).await?;
        saved.push(SavedTable { table, rows, hash });
    }
    Ok(Dumped { migrations, tables: saved })
}

pub async fn versions(tx: &mut Tx) -> Result<Vec<i64>, AppError> {
    let text = "SELECT version FROM _sqlx_migrations WHERE success ORDER BY version";
    let rows: Vec<(i64,)> = sql_by_engine(text, text).all(tx).await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

async fn pour(tx: &mut Tx, table: &Table, path: &Path) -> Result<(u64, String), AppError> {
    let mut sheet = Sheet::create(path)?;
    let width = table.columns.len();
    macro_rules! drain {
        ($rows:expr) => {{
            let mut rows = $rows;
            while let Some(row) = rows.try_next().await.map_err(|e| log::internal("backup", &e))? {
                let values = (0..width).map(|at| row.try_get::<Option<String>, _>(at)).collect::<Result<Vec<_>, _>>();
                sheet.write(&values.map_err(|e| log::internal("backup", &e))?)?;
            }
        }};
    }
    match &mut tx.on {
        Engine::Sqlite(tx) => drain!(sqlx::query(AssertSqlSafe(select(table, in_sqlite))).fetch(&mut **tx)),
        Engine::Postgres(tx) => drain!(sqlx::query(AssertSqlSafe(select(table, in_postgres))).fetch(&mut **tx)),
    }
    sheet.finish()
}

fn select(table: &Table, form: fn(&Column) -> String) -> String {
    let columns: Vec<String> = table.columns.iter().map(form).collect();
    format!("SELECT {} FROM \"{}\"", columns.join(", "), table.name)
}

fn in_sqlite(column: &Column) -> String {
    let name = format!("\"{}\"", column.name);
    match column.holds {
        Holds::Text => name,
        Holds::Int | Holds::Bool | Holds::Real => format!("CAST({name} AS TEXT)"),
        Holds::Bytes | Holds::Id => format!("CASE WHEN {name} IS NOT NULL THEN LOWER(HEX({name})) END"),
    }
}

fn in_postgres(column: &Column) -> String {
    let name = format!("\"{}\"", column.name);
    match column.holds {
        Holds::Text => format!("CAST({name} AS TEXT)"),
        Holds::Int | Holds::Real => format!("CAST({name} AS TEXT)"),
        Holds::Bool => format!("CAST(CAST({name} AS INTEGER) AS TEXT)"),
        Holds::Bytes => format!("encode({name}, 'hex')"),
        Holds::Id => format!("REPLACE(CAST({name} AS TEXT), '-', '')"),
    }
}

/// A file of JSON lines, hashed while it is written.
pub struct Sheet {
    file: BufWriter<std::fs::File>,
    hasher: blake3::Hasher,
    lines: u64,
}

impl Sheet {
    pub fn create(path: &Path) -> Result<Self, AppError> {
        let file = std::fs::File::create(path).map_err(|e| log::internal("backup", &e))?;
        Ok(Self { file: BufWriter::new(file), hasher: blake3::Hasher::new(), lines: 0 })
    }

    pub fn write(&mut self, line: &impl serde::Serialize) -> Result<(), AppError> {
        let mut text = serde_json::to_vec(line).map_err(|e| log::internal("backup", &e))?;
        text.push(b'\n');
        self.hasher.update(&text);
        self.lines += 1;
        self.file.write_all(&text).map_err(|e| log::internal("backup", &e))
    }

    /// How many lines, and the hash of the whole; on the disk for good.
    pub fn finish(self) -> Result<(u64, String), AppError> {
        let file = self.file.into_inner().map_err(|e| log::internal("backup", &e))?;
        file.sync_all().map_err(|e| log::internal("backup", &e))?;
        Ok((self.lines, hex(self.hasher.finalize().as_bytes())))
    }
}
