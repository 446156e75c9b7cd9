//! What happens by the clock.
use crate::{
    features::{accounts, images, orders, photos},
    platform::{
        RequestContext, Services, faults,
        jobs::{self, Job},
        limits, rest,
    },
    shared::AppError,
};
use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};
use tokio::{
    sync::watch,
    time::{MissedTickBehavior, interval},
};

/// Once a minute: asks how money stands of which nobody told us.
pub async fn run_minutes(services: Arc<Services>, mut stop: watch::Receiver<bool>) {
    let mut minutes = interval(Duration::from_secs(60));
    minutes.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let cx = RequestContext::system(services);
    loop {
        tokio::select! {
            _ = minutes.tick() => {}
            _ = stop.changed() => return,
        }
        let asked = async {
            orders::server::service::look_at_events_again(&cx).await?;
            orders::server::service::check_open_payments(&cx).await?;
            orders::server::service::check_open_refunds(&cx).await
        };
        if let Err(error) = asked.await {
            tracing::warn!(%error, "the provider of payments could not be asked about everything");
        }
    }
}

/// Once an hour: forgets limits that have passed and sessions that have ended, removes what interrupted uploads left.
pub async fn run(services: Arc<Services>, mut stop: watch::Receiver<bool>) {
    let mut hours = interval(Duration::from_secs(3600));
    loop {
        tokio::select! {
            _ = hours.tick() => {}
            _ = stop.changed() => return,
        }
        let swept = async {
            limits::sweep(&services.db, &services.clock).await?;
            rest::sweep_answers(&services).await?;
            faults::sweep(&services).await?;
            accounts::server::service::sweep(&services).await?;
            services.storage.forget_interrupted(SystemTime::now() - Duration::from_secs(24 * 3600)).await?;
            photos::server::service::sweep_orphans(&services).await?;
            images::server::service::sweep(&services).await?;
            ask_for_long_work(&services).await
        };
        if let Err(error) = swept.await {
            tracing::warn!(%error, "the hourly sweep did not finish");
        }
    }
}

/// What takes longer than the others should wait for, done by one instance only.
async fn ask_for_long_work(services: &Services) -> Result<(), AppError> {
    let mut tx = services.db.begin().await?;
    for kind in ["check_originals", "purge_removed"] {
        jobs::enqueue(&mut tx, &services.clock, Job::new(kind, "all").patient()).await?;
    }
    tx.commit().await?;
    services.bell.ring();
    Ok(())
}
