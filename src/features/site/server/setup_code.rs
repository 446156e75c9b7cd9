//! The one-time code of the first run: printed in the log, kept in the data folder until the studio is open, so that
//! whoever finds a fresh installation on the network cannot take it over.
use crate::{
    platform::{Services, log, token},
    shared::AppError,
};
use std::{io::ErrorKind, path::PathBuf};
use subtle::ConstantTimeEq;
use tokio::{fs, io::AsyncWriteExt};

fn file(services: &Services) -> PathBuf {
    services.config.data.join("setup-code")
}

/// The code of this installation, made on the first call. The start logs it while the studio is not set up.
pub async fn code(services: &Services) -> Result<String, AppError> {
    let path = file(services);
    match fs::read_to_string(&path).await {
        Ok(code) if !code.trim().is_empty() => return Ok(code.trim().into()),
        Err(e) if e.kind() != ErrorKind::NotFound => return Err(log::internal("set-up code", &e)),
        _ => {}
    }
    let code = token::code(12);
    let written = async {
        fs::create_dir_all(&services.config.data).await?;
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true).mode(0o600);
        let mut file = options.open(&path).await?;
        file.write_all(code.as_bytes()).await?;
        file.sync_all().await
    };
    written.await.map_err(|e: std::io::Error| log::internal("set-up code", &e))?;
    Ok(code)
}

/// Says the code in the log while it is needed.
pub async fn announce(services: &Services) -> Result<(), AppError> {
    if !super::service::is_set_up(&services.db).await? {
        let (code, link) = (code(services).await?, services.config.link(crate::paths::SETUP));
        tracing::info!("this studio is not set up yet: open {link} and use the code {code}");
    }
    Ok(())
}

/// Spaces, dashes and small letters don't matter; how long the comparison takes says nothing.
pub async fn fits(services: &Services, typed: &str) -> Result<bool, AppError> {
    let typed: String = typed.chars().filter(char::is_ascii_alphanumeric).take(64).collect::<String>().to_ascii_uppercase();
    Ok(code(services).await?.as_bytes().ct_eq(typed.as_bytes()).into())
}

/// After the studio was opened nobody needs the code any more.
pub async fn discard(services: &Services) {
    if let Err(error) = fs::remove_file(file(services)).await
        && error.kind() != ErrorKind::NotFound
    {
        tracing::warn!(%error, "the set-up code could not be removed");
    }
}
