use crate::{
    features::orders,
    platform::{
        Clock, ImagingPool, Services, config::Config, db::Db, jobs::Bell, mail::Carrier, passwords::Passwords, payment::Stripe, seal::Seal,
        storage::Storage, token,
    },
};
use std::{fs, io::Write, os::unix::fs::OpenOptionsExt, sync::Arc};

/// Opens everything that the settings name; the tables are brought up to date.
pub async fn open_services(config: Config) -> Result<Arc<Services>, String> {
    let services = open_services_at(config, None).await?;
    services.db.migrate().await.map_err(|e| format!("the database cannot be brought up to date: {e}"))?;
    if let Some(stripe) = &services.stripe {
        stripe.keep_mark(&services.db).await.map_err(|e| e.to_string())?;
    }
    Ok(services)
}

/// The same with the tables brought only to an older step, or not touched at all.
pub async fn open_services_at(mut config: Config, step: Option<i64>) -> Result<Arc<Services>, String> {
    let data = config.data.clone();
    fs::create_dir_all(&data).map_err(|e| format!("the data folder {} cannot be made: {e}", data.display()))?;
    if config.secret_key.is_empty() {
        config.secret_key = own_secret(&data).map_err(|e| format!("the data folder {} cannot be written: {e}", data.display()))?;
    }
    let db = Db::open_with(&config.database_url, config.database_connections)
        .await
        .map_err(|e| format!("the database cannot be opened: {e}"))?;
    if let Some(step) = step {
        db.migrate_to(step).await.map_err(|e| format!("the database cannot be brought to step {step}: {e}"))?;
    }
    let storage = Storage::open(&data, &config.storage).await.map_err(|e| format!("the folder for photographs cannot be opened: {e}"))?;
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let stripe = config.stripe.as_ref().map(|settings| Stripe::open(settings, &config.secret_key)).transpose()?;
    Ok(Arc::new(Services {
        stripe,
        imaging: ImagingPool::new(config.imaging_memory_mb, config.imaging_threads),
        passwords: Passwords::new(cores),
        clock: Clock::default(),
        bell: Bell::default(),
        mail: Carrier::open(&config.mail, &data, orders::server::draw_paper)?,
        seal: Seal::new(config.sealing_key()),
        config,
        db,
        storage,
    }))
}

/// A secret of this installation's own, for a start without any configuration. Readable by its user only.
fn own_secret(data: &std::path::Path) -> std::io::Result<String> {
    let path = data.join("secret-key");
    if let Ok(secret) = fs::read_to_string(&path)
        && secret.len() >= 32
    {
        return Ok(secret);
    }
    let secret = token::fresh().secret;
    fs::OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(&path)?.write_all(secret.as_bytes())?;
    Ok(secret)
}
