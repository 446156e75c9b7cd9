//! Settings, database, clock, jobs and storage.
use super::{Finding, note, trouble, well};
use crate::platform::{
    Services,
    clock::{HOUR, MINUTE},
    db::{Db, sql, sql_by_engine},
    storage::Side,
};
use std::time::SystemTime;

pub fn settings(services: &Services) -> Vec<Finding> {
    let config = &services.config;
    let mut found = vec![];
    if config.production && !config.is_https() {
        found.push(trouble("settings", "BASE_URL is not https: cookies that only travel encrypted will not come back"));
    }
    if !config.production {
        found.push(note("settings", "PRODUCTION is not 1: fine on a laptop, not for a studio on the internet"));
    }
    if found.is_empty() {
        found.push(well("settings", "read without complaint"));
    }
    found
}

pub async fn database(services: &Services) -> Vec<Finding> {
    let engine = if services.db.is_shared() { "PostgreSQL" } else { "SQLite" };
    match services.db.missing_steps().await {
        Err(error) => return vec![trouble("database", format!("{engine} does not answer: {error}"))],
        Ok(0) => {}
        Ok(count) => return vec![trouble("database", format!("{count} steps are missing: run photovault migrate"))],
    }
    if let Db::Sqlite { .. } = &services.db {
        let checked: Result<Vec<(String,)>, _> = sql("SELECT integrity_check FROM pragma_integrity_check LIMIT 5").all(&services.db).await;
        let strays: Result<(i64,), _> = sql("SELECT COUNT(*) FROM pragma_foreign_key_check").one(&services.db).await;
        match (checked, strays) {
            (Ok(lines), Ok((0,))) if lines.iter().all(|line| line.0 == "ok") => {}
            (Ok(lines), Ok((strays,))) => {
                let words: Vec<String> = lines.into_iter().map(|line| line.0).filter(|line| line != "ok").collect();
                return vec![trouble(
                    "database",
                    format!("the file is damaged ({strays} stray rows) {}: restore a backup", words.join("; ")),
                )];
            }
            _ => return vec![trouble("database", "the file cannot be checked: restore a backup")],
        }
    }
    vec![well("database", format!("{engine}, up to date and whole"))]
}

pub async fn clock(services: &Services) -> Vec<Finding> {
    let now = services.clock.now();
    // it is the machine's own clock that is looked at
    let ours = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |age| age.as_millis() as i64);
    let theirs: Result<(i64,), _> = sql_by_engine(
        "SELECT CAST((julianday('now') - 2440587.5) * 86400000 AS BIGINT)",
        "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)",
    )
    .one(&services.db)
    .await;
    let newest: Result<(i64,), _> = sql("SELECT COALESCE(MAX(at), 0) FROM history").one(&services.db).await;
    let (Ok((theirs,)), Ok((newest,))) = (theirs, newest) else { return vec![trouble("clock", "the database could not be asked")] };
    if services.db.is_shared() && (ours - theirs).abs() > 5_000 {
        return vec![trouble("clock", format!("this machine and the database are {} s apart: set the time", (ours - theirs).abs() / 1000))];
    }
    if newest > now + 5 * MINUTE {
        return vec![trouble("clock", "things happened in the future: the clock has been set back")];
    }
    vec![well("clock", "agrees")]
}

pub async fn work(services: &Services) -> Vec<Finding> {
    let failed: Result<Vec<(String, i64)>, _> =
        sql("SELECT kind, COUNT(*) FROM jobs WHERE status = 'failed' GROUP BY kind ORDER BY kind").all(&services.db).await;
    let late: Result<(i64,), _> =
        sql("SELECT COUNT(*) FROM jobs WHERE status = 'queued' AND run_at < $1").bind(services.clock.now() - HOUR).one(&services.db).await;
    let (Ok(failed), Ok((late,))) = (failed, late) else { return vec![trouble("jobs", "the database could not be asked")] };
    let mut found: Vec<Finding> =
        failed.into_iter().map(|(kind, count)| trouble("jobs", format!("{count} of {kind} were given up"))).collect();
    if late > 0 {
        found.push(trouble("jobs", format!("{late} wait for more than an hour: is the program running?")));
    }
    if found.is_empty() {
        found.push(well("jobs", "none failed, none late"));
    }
    found
}

pub async fn storage(services: &Services) -> Finding {
    let place = match services.storage.home() {
        Side::Folder => "the data folder",
        Side::Bucket => "the bucket",
    };
    match services.storage.probe().await {
        Ok(()) => well("storage", format!("{place} takes, gives and forgets files")),
        Err(error) => trouble("storage", format!("{place} does not take files just now: {error}")),
    }
}
