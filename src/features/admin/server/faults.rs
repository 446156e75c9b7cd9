//! What went wrong, and what was given up.
use super::policy;
use crate::{
    features::{
        admin::{FailedJobRow, FaultDesk, FaultRow, JobCount},
        site::server::service as site,
    },
    platform::{
        RequestContext, faults,
        history::{self, Change},
        jobs::{self, FailedJob},
        when,
    },
    shared::AppError,
};
use std::collections::BTreeMap;

const SHOWN: i64 = 100;

pub async fn faults(cx: &RequestContext) -> Result<FaultDesk, AppError> {
    policy::may_open_console(&cx.actor)?;
    let zone = site::studio(&cx.db).await?.time_zone;
    let mut counts = BTreeMap::<String, JobCount>::new();
    for tally in jobs::tally(&cx.db).await? {
        let count = counts.entry(tally.kind.clone()).or_insert_with(|| JobCount { kind: tally.kind, ..JobCount::default() });
        match tally.status.as_str() {
            "running" => count.running += tally.count,
            "failed" => count.failed += tally.count,
            _ => count.waiting += tally.count,
        }
    }
    let failed = |job: FailedJob| FailedJobRow {
        id: job.id.to_string(),
        kind: job.kind,
        subject: job.subject,
        when: when::date_time(job.run_at, &zone),
        failure: job.failure.unwrap_or_default(),
    };
    let fault = |fault: faults::Fault| FaultRow {
        reference: fault.reference,
        place: fault.place,
        cause: fault.cause,
        when: when::date_time(fault.at, &zone),
    };
    Ok(FaultDesk {
        jobs: counts.into_values().collect(),
        failed: jobs::failed(&cx.db, SHOWN).await?.into_iter().map(failed).collect(),
        faults: faults::newest(&cx.db, SHOWN).await?.into_iter().map(fault).collect(),
    })
}

/// Lets one job that was given up begin anew, or all of them. Doing it twice does no harm: work is safe to do again.
pub async fn retry_jobs(cx: &RequestContext, job: Option<&str>) -> Result<(), AppError> {
    policy::may_open_console(&cx.actor)?;
    let job = job.filter(|id| !id.is_empty()).map(|id| id.parse::<uuid::Uuid>().map_err(|_| AppError::NotFound)).transpose()?;
    let mut tx = cx.db.begin().await?;
    let again = jobs::retry(&mut tx, &cx.clock, job).await?;
    if again > 0 {
        let id = job.map_or_else(|| format!("{again} jobs"), |id| id.to_string());
        history::record(
            &mut tx,
            &cx.actor,
            cx.now(),
            Change { entity: "job", id, from: "failed", to: "queued", reason: "tried again by hand" },
        )
        .await?;
    }
    tx.commit().await?;
    cx.bell.ring();
    Ok(())
}
