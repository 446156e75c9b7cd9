//! Numbers for Prometheus. Counters and times are noted where things happen; what waits is counted when it is asked for.
use super::{Services, db::sql, log::internal, mail};
use crate::shared::AppError;
use metrics::{counter, gauge, histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::{
    sync::OnceLock,
    time::{Duration, Instant},
};

static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
const SECONDS: &[f64] = &[0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0];

/// From now on numbers are kept; one place for the whole process.
pub fn start() {
    let builder = PrometheusBuilder::new().set_buckets_for_metric(Matcher::Suffix("seconds".into()), SECONDS);
    if let Some(handle) = builder.ok().and_then(|builder| builder.install_recorder().ok()) {
        let _ = HANDLE.set(handle);
    }
}

pub fn request(kind: &'static str, status: u16, took: Duration) {
    counter!("photovault_requests_total", "kind" => kind, "status" => status.to_string()).increment(1);
    histogram!("photovault_request_seconds", "kind" => kind).record(took.as_secs_f64());
}

pub fn job(kind: &str, outcome: &'static str, since: Instant) {
    counter!("photovault_jobs_total", "kind" => kind.to_string(), "outcome" => outcome).increment(1);
    histogram!("photovault_job_seconds", "kind" => kind.to_string()).record(since.elapsed().as_secs_f64());
}

/// The page that Prometheus reads.
pub async fn text(services: &Services) -> Result<String, AppError> {
    let handle = HANDLE.get().ok_or_else(|| internal("metrics", &"nobody counts"))?;
    let is_there = services.db.answers_within(Duration::from_secs(2)).await;
    gauge!("photovault_database_up").set(if is_there { 1.0 } else { 0.0 });
    if is_there {
        count_what_waits(services).await?;
    }
    let (open, idle) = services.db.connections();
    gauge!("photovault_database_connections", "state" => "open").set(open);
    gauge!("photovault_database_connections", "state" => "idle").set(idle as f64);
    gauge!("photovault_live_streams").set(services.db.live().listeners() as f64);
    handle.run_upkeep();
    Ok(handle.render())
}

async fn count_what_waits(services: &Services) -> Result<(), AppError> {
    for status in ["queued", "running", "failed"] {
        let (count,): (i64,) = sql("SELECT COUNT(*) FROM jobs WHERE status = $1").bind(status).one(&services.db).await?;
        gauge!("photovault_jobs", "status" => status).set(count as f64);
    }
    let mail = mail::summary(&services.db).await?;
    gauge!("photovault_letters", "state" => "waiting").set(mail.waiting as f64);
    gauge!("photovault_letters", "state" => "failed").set(mail.failed as f64);
    Ok(())
}
