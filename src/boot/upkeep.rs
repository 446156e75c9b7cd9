//! The commands with which somebody looks after an installation.
use super::{
    command::{settings, world},
    open_services_at,
};
use crate::{
    features::{photos::server::integrity, site},
    platform::{
        Services, backup, log,
        storage::{Key, Moved, Side},
    },
    shared::AppError,
};
use std::{path::Path, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

pub async fn back_up(folder: &str, keep: Option<usize>) -> Result<(), String> {
    let (config, _) = settings()?;
    log::start(&config.log, config.log_json);
    // the tables stay as they are: the program that is serving them may be an older one
    let services = open_services_at(config, None).await?;
    if !site::server::service::is_set_up(&services.db).await.unwrap_or(false) {
        return Err("there is no studio here to save".into());
    }
    // what is wanted now must be in it; what comes meanwhile may be
    let wanted = originals(&services).await.map_err(|e| e.to_string())?;
    let saved = backup::back_up(&services, Path::new(folder), keep).await?;
    let files = &saved.files;
    println!(
        "{}: {} rows, {} files ({}), {} of them new",
        saved.snapshot.display(),
        saved.rows,
        files.files,
        size(files.bytes),
        files.fresh
    );
    all_well(&files.damaged, "the disk has changed these originals; they are not in the backup")?;
    let lacking: Vec<String> = saved.lacks(&wanted)?.iter().map(|key| key.as_str().to_string()).collect();
    all_well(&lacking, "these originals were not found, so they are not in the backup")
}

/// Every original of which a photograph speaks.
async fn originals(services: &Services) -> Result<Vec<Key>, AppError> {
    let (mut after, mut all) = (vec![], vec![]);
    loop {
        let page = integrity::page(&services.db, &after, 1000).await?;
        let Some(last) = page.last() else { return Ok(all) };
        after = last.hash.clone();
        all.extend(page.iter().map(|original| Key::original(&original.hash)));
    }
}

pub async fn restore(folder: &str, snapshot: Option<&str>) -> Result<(), String> {
    let (config, _) = settings()?;
    log::start(&config.log, config.log_json);
    let step = backup::migrations_of(Path::new(folder), snapshot)?.into_iter().max();
    let services = open_services_at(config, step).await?;
    if site::server::service::is_set_up(&services.db).await.map_err(|e| e.to_string())? {
        return Err("this installation holds a studio already; restore into an empty one".into());
    }
    let (snapshot, restored) = backup::restore(&services, Path::new(folder), snapshot).await?;
    services.db.migrate().await.map_err(|e| format!("the database cannot be brought up to date: {e}"))?;
    println!("{}: restored, {} files ({})", snapshot.display(), restored.files, size(restored.bytes));
    all_well(&restored.damaged, "these files are damaged in the backup and were not restored")?;
    println!("Now run: photovault doctor");
    Ok(())
}

/// Asks the program that listens at our address, as a container without curl must.
pub async fn health() -> Result<(), String> {
    let (_, place) = settings()?;
    let port = place.address.rsplit(':').next().unwrap_or_default();
    let address = format!("127.0.0.1:{port}");
    let asked = async {
        let mut stream = TcpStream::connect(&address).await?;
        stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await?;
        let mut answer = vec![0; 64];
        let read = stream.read(&mut answer).await?;
        std::io::Result::Ok(String::from_utf8_lossy(&answer[..read]).into_owned())
    };
    match tokio::time::timeout(Duration::from_secs(4), asked).await {
        Ok(Ok(answer)) if answer.starts_with("HTTP/1.1 200") => Ok(()),
        Ok(Ok(answer)) => Err(format!("not ready: {}", answer.lines().next().unwrap_or_default())),
        Ok(Err(error)) => Err(format!("{address} does not answer: {error}")),
        Err(_) => Err(format!("{address} does not answer in time")),
    }
}

pub async fn move_files(side: &str) -> Result<(), String> {
    let to = match side {
        "s3" => Side::Bucket,
        "local" => Side::Folder,
        _ => return Err("--to needs s3 or local".into()),
    };
    let (services, _) = world().await?;
    if services.storage.home() != to || services.storage.sides().len() < 2 {
        let (value, both) = if to == Side::Bucket { (1, "") } else { (0, ", and leave the AWS_ settings as they are") };
        return Err(format!("set USE_S3={value}{both}, restart the studio so that new files go there, then run this command again"));
    }
    services.storage.probe().await.map_err(|e| format!("the new side does not take files: {e}"))?;
    let tell = |moved: &Moved| println!("{} files, {}", moved.files, size(moved.bytes));
    let moved = services.storage.move_home(tell).await.map_err(|e| format!("{e} What was moved stays moved; run this command again."))?;
    println!("{} files ({}) were moved.", moved.files, size(moved.bytes));
    let damaged: Vec<String> = moved.damaged.iter().map(|key| key.as_str().to_string()).collect();
    all_well(&damaged, "these files are damaged and stay where they are")
}

fn all_well(damaged: &[String], words: &str) -> Result<(), String> {
    if damaged.is_empty() { Ok(()) } else { Err(format!("{words}:\n{}", damaged.join("\n"))) }
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.2} GB", bytes as f64 / 1e9),
    }
}
