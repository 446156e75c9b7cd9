use super::{handlers, router, schedule};
use crate::{
    features::site,
    platform::{Services, jobs},
};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

/// A running server. Tests start several of them on port 0.
pub struct Listening {
    pub address: SocketAddr,
    stop: watch::Sender<bool>,
    server: JoinHandle<()>,
    workers: JoinHandle<()>,
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
    tokio::spawn(schedule::run(services.clone(), stopped.clone()));
    let app = router::router(services, site_root);
    let mut until = stopped.clone();
    let server = tokio::spawn(async move {
        let shutdown = async move { drop(until.wait_for(|stop| *stop).await) };
        if let Err(error) =
            axum::serve(listener, app.into_make_service_with_connect_info::<SocketAddr>()).with_graceful_shutdown(shutdown).await
        {
            tracing::error!(%error, "the server ended");
        }
    });
    Ok(Listening { address, stop, server, workers })
}

impl Listening {
    /// Lets running requests and jobs finish, for at most half a minute.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        let finished = async {
            let _ = self.server.await;
            let _ = self.workers.await;
        };
        if tokio::time::timeout(Duration::from_secs(30), finished).await.is_err() {
            tracing::warn!("some requests or jobs were still running; unfinished jobs go on at the next start");
        }
    }
}
