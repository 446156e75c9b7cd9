//! What tables there are and what their columns hold, read from the database itself: a table that is added later is in
//! the next backup without anybody thinking of it.
use crate::{
    platform::db::{Tx, sql_by_engine},
    shared::AppError,
};
use serde::{Deserialize, Serialize};

/// Sessions would let people in again who have signed out since; counted limits are over before anybody restores.
const LEFT_OUT: [&str; 3] = ["_sqlx_migrations", "sessions", "limits"];

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    pub name: String,
    pub columns: Vec<Column>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    pub name: String,
    pub holds: Holds,
}

/// What both engines can tell apart and give to each other.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Holds {
    Int,
    Bool,
    Text,
    Real,
    Bytes,
    Id,
}

impl Holds {
    fn of(declared: &str) -> Option<Self> {
        Some(match declared.to_lowercase().as_str() {
            "bigint" | "integer" | "smallint" => Self::Int,
            "boolean" => Self::Bool,
            "text" | "character varying" => Self::Text,
            "double precision" | "real" => Self::Real,
            // an id is bytes to SQLite, which keeps both alike
            "bytea" | "blob" => Self::Bytes,
            "uuid" => Self::Id,
            _ => return None,
        })
    }
}

/// All tables that are saved, those first that others refer to.
pub async fn tables(tx: &mut Tx) -> Result<Vec<Table>, AppError> {
    let columns: Vec<(String, String, String)> = sql_by_engine(
        "SELECT m.name, c.name, c.type FROM sqlite_schema m JOIN pragma_table_info(m.name) c
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY m.name, c.cid",
        "SELECT CAST(c.table_name AS TEXT), CAST(c.column_name AS TEXT), CAST(c.data_type AS TEXT) FROM information_schema.columns c
         JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
         WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' ORDER BY c.table_name, c.ordinal_position",
    )
    .all(&mut *tx)
    .await?;
    let references: Vec<(String, String)> = sql_by_engine(
        "SELECT m.name, f.\"table\" FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'",
        "SELECT CAST(f.relname AS TEXT), CAST(t.relname AS TEXT) FROM pg_constraint c JOIN pg_class f ON f.oid = c.conrelid
         JOIN pg_class t ON t.oid = c.confrelid WHERE c.contype = 'f' AND c.connamespace = CAST(current_schema() AS regnamespace)",
    )
    .all(&mut *tx)
    .await?;
    let mut tables: Vec<Table> = vec![];
    for (table, name, declared) in columns {
        if LEFT_OUT.contains(&table.as_str()) {
            continue;
        }
        let Some(holds) = Holds::of(&declared) else {
            return Err(crate::platform::log::internal("backup", &format!("{table}.{name} is a {declared}, which no backup knows")));
        };
        if tables.last().is_none_or(|last| last.name != table) {
            tables.push(Table { name: table, columns: vec![] });
        }
        if let Some(table) = tables.last_mut() {
            table.columns.push(Column { name, holds });
        }
    }
    Ok(in_order(tables, &references))
}

fn in_order(mut left: Vec<Table>, references: &[(String, String)]) -> Vec<Table> {
    let mut done: Vec<Table> = vec![];
    while !left.is_empty() {
        let waits = |table: &Table, left: &[Table]| {
            references.iter().any(|(from, to)| *from == table.name && to != from && left.iter().any(|other| other.name == *to))
        };
        // tables that refer to each other in a circle come in the order of their names
        let next = left.iter().position(|table| !waits(table, &left)).unwrap_or(0);
        done.push(left.remove(next));
    }
    done
}
