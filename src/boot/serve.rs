use super::{handlers, listen, router, schedule};
use crate::{
    features::site,
    platform::{Services, faults, jobs, live, mail, metrics},
};
use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, SystemTime},
};
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

/// A running server. Tests start several of them on port 0.
pub struct Listening {
    services: Arc<Services>,
    pub address: SocketAddr,
    stop: watch::Sender<bool>,
    server: JoinHandle<()>,
    workers: JoinHandle<()>,
    postman: JoinHandle<()>,
}

/// Starts the workers, the schedule and the server; answers when the address is open.
pub async fn serve(services: Arc<Services>, address: &str, site_root: &str) -> Result<Listening, String> {
    let listener = TcpListener::bind(address).await.map_err(|e| format!("the address {address} cannot be used: {e}"))?;
    let address = listener.local_addr().map_err(|e| e.to_string())?;
    site::server::setup_code::announce(&services).await.map_err(|e| e.to_string())?;
    let (stop, stopped) = watch::channel(false);
    // one worker more than the cores for pixels: while one writes files, the next one already decodes
    let workers = services.config.imaging_threads + 1;
    let workers =
        jobs::start(services.clone(), Arc::new(handlers::handlers()), workers, stopped.clone()).await.map_err(|e| e.to_string())?;
    let postman = mail::start(services.clone(), stopped.clone());
    tokio::spawn(faults::run(services.clone(), stopped.clone()));
    tokio::spawn(forget_interrupted(services.clone()));
    tokio::spawn(schedule::run(services.clone(), stopped.clone()));
    tokio::spawn(schedule::run_minutes(services.clone(), stopped.clone()));
    drop(live::start(services.clone(), stopped.clone()));
    metrics::start();
    let app = router::router(services.clone(), site_root);
    let server = tokio::spawn(listen::listen(listener, app, stopped));
    Ok(Listening { services, address, stop, server, workers, postman })
}

/// What the last process left half received. With a shared database another instance may be receiving just now: then only
/// what nobody has touched for a day goes, as it does every hour.
async fn forget_interrupted(services: Arc<Services>) {
    let age = if services.db.is_shared() { Duration::from_secs(24 * 3600) } else { Duration::ZERO };
    if let Err(error) = services.storage.forget_interrupted(SystemTime::now() - age).await {
        tracing::warn!(%error, "leftovers of interrupted uploads could not be removed; it is tried again in an hour");
    }
}

impl Listening {
    /// Lets running requests and jobs finish, for at most half a minute.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        // streams would never end by themselves
        self.services.db.live().close();
        let finished = async {
            let _ = self.server.await;
            let _ = self.workers.await;
            let _ = self.postman.await;
        };
        if tokio::time::timeout(Duration::from_secs(30), finished).await.is_err() {
            tracing::warn!("some requests or jobs were still running; unfinished jobs go on at the next start");
        }
    }
}
