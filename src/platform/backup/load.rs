//! Rows on their way back, into either engine, all of them or none.
use super::{
    dump::versions,
    manifest::{Manifest, SavedTable},
    schema::{Holds, tables},
};
use crate::{
    platform::{
        db::{Db, Engine, Tx, sql, sql_built},
        storage::{hash_file, hex},
    },
    shared::AppError,
};
use std::{
    io::{BufRead, BufReader},
    path::Path,
};

/// The database must be empty of everything but what its own steps put there; it is brought to the step at which the
/// rows were saved before they come in, and to today's afterwards by the caller.
pub async fn load(db: &Db, manifest: &Manifest, folder: &Path) -> Result<(), String> {
    for saved in &manifest.tables {
        let path = folder.join(format!("{}.jsonl", saved.table.name));
        let found = hash_file(&path).map_err(|e| format!("{} cannot be read: {e}", path.display()))?;
        if hex(&found) != saved.hash {
            return Err(format!("{} is damaged; choose another snapshot", path.display()));
        }
    }
    let words = |e: AppError| e.to_string();
    let mut tx = db.begin().await.map_err(words)?;
    if versions(&mut tx).await.map_err(words)? != manifest.migrations {
        return Err(
            "the backup was made by another version of PhotoVault, which knew other tables; restore it with that version, then update"
                .into(),
        );
    }
    let here = tables(&mut tx).await.map_err(words)?;
    if let Engine::Sqlite(tx) = &mut tx.on {
        // rows that refer to each other in a circle are looked at together in the end
        sqlx::query("PRAGMA defer_foreign_keys = ON").execute(&mut **tx).await.map_err(|e| e.to_string())?;
    }
    for saved in manifest.tables.iter().rev() {
        sql_built(format!("DELETE FROM \"{}\"", saved.table.name)).run(&mut tx).await.map_err(words)?;
    }
    for saved in &manifest.tables {
        // how this engine declares the column decides; the names were saved
        let Some(target) = here.iter().find(|table| table.name == saved.table.name) else {
            return Err(format!("there is no table {} to restore into", saved.table.name));
        };
        let holds = |name: &str| target.columns.iter().find(|column| column.name == name).map(|column| column.holds);
        let kinds: Option<Vec<Holds>> = saved.table.columns.iter().map(|column| holds(&column.name)).collect();
        let kinds = kinds.ok_or_else(|| format!("the table {} has other columns", saved.table.name))?;
        let rows = fill(&mut tx, saved, &kinds, folder).await?;
        if rows != saved.rows {
            return Err(format!("the table {} has {rows} rows instead of {}", saved.table.name, saved.rows));
        }
    }
    follow_sequences(&mut tx).await.map_err(words)?;
    tx.commit().await.map_err(words)
}

async fn fill(tx: &mut Tx, saved: &SavedTable, kinds: &[Holds], folder: &Path) -> Result<u64, String> {
    let path = folder.join(format!("{}.jsonl", saved.table.name));
    let file = std::fs::File::open(&path).map_err(|e| e.to_string())?;
    let is_sqlite = matches!(tx.on, Engine::Sqlite(_));
    let names: Vec<String> = saved.table.columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
    let values: Vec<String> = kinds.iter().enumerate().map(|(at, holds)| placed(*holds, at + 1, is_sqlite)).collect();
    let text = format!("INSERT INTO \"{}\" ({}) VALUES ({})", saved.table.name, names.join(", "), values.join(", "));
    let mut rows = 0;
    for line in BufReader::new(file).lines() {
        let line = line.map_err(|e| e.to_string())?;
        let row: Vec<Option<String>> = serde_json::from_str(&line).map_err(|e| format!("{}: {e}", path.display()))?;
        sql_built(text.clone()).bind_all(row).run(tx).await.map_err(|e| format!("a row of {} was refused: {e}", saved.table.name))?;
        rows += 1;
    }
    Ok(rows)
}

/// The placeholder, and how its text becomes what the column holds.
fn placed(holds: Holds, at: usize, is_sqlite: bool) -> String {
    match (holds, is_sqlite) {
        (Holds::Text, _) => format!("${at}"),
        (Holds::Int | Holds::Bool, true) => format!("CAST(${at} AS INTEGER)"),
        (Holds::Real, true) => format!("CAST(${at} AS REAL)"),
        (Holds::Bytes | Holds::Id, true) => format!("unhex(${at})"),
        (Holds::Int, false) => format!("CAST(${at} AS BIGINT)"),
        (Holds::Bool, false) => format!("CAST(${at} AS BOOLEAN)"),
        (Holds::Real, false) => format!("CAST(${at} AS DOUBLE PRECISION)"),
        (Holds::Bytes, false) => format!("decode(${at}, 'hex')"),
        (Holds::Id, false) => format!("CAST(${at} AS UUID)"),
    }
}

/// PostgreSQL numbers rows from a counter beside the table, which knows nothing of rows that brought their number along.
async fn follow_sequences(tx: &mut Tx) -> Result<(), AppError> {
    if matches!(tx.on, Engine::Sqlite(_)) {
        return Ok(());
    }
    let numbered: Vec<(String, String, String)> =
        sql("SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT), pg_get_serial_sequence(quote_ident(table_name), column_name)
         FROM information_schema.columns
         WHERE table_schema = current_schema() AND pg_get_serial_sequence(quote_ident(table_name), column_name) IS NOT NULL")
        .all(&mut *tx)
        .await?;
    for (table, column, sequence) in numbered {
        let text = format!("SELECT setval('{sequence}', COALESCE((SELECT MAX(\"{column}\") FROM \"{table}\"), 0) + 1, FALSE)");
        let _: (i64,) = sql_built(text).one(&mut *tx).await?;
    }
    Ok(())
}
