//! What the provider tells us by itself. A message is only a reason to look: what counts is what the provider answers
//! when it is asked, so it doesn't matter how often messages come, how late, or in which order.
use super::{dispute, doubt, pay, refund, tries};
use crate::{
    features::orders::server::store::{
        self, Payment,
        events::{self, EventRow},
    },
    platform::{
        RequestContext,
        jobs::{self, Job},
        payment::{Stripe, Wish, stripe::Fault},
    },
    shared::{AppError, PaymentId},
};
use serde::Deserialize;

/// The parts of an event that are kept; whatever else is in it stays unread.
#[derive(Deserialize)]
pub struct Event {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    created: i64,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    object: Object,
}

#[derive(Deserialize)]
struct Object {
    #[serde(default)]
    id: String,
    #[serde(default)]
    object: String,
    payment_intent: Option<serde_json::Value>,
    status: Option<String>,
}

/// Writes the event down and leaves the work to a job, so that the provider has its answer at once. `body` is genuine.
pub async fn receive_event(cx: &RequestContext, body: &[u8]) -> Result<(), AppError> {
    let event: Event = serde_json::from_slice(body).map_err(|_| AppError::BadRequest)?;
    let object = event.data.object;
    if event.id.is_empty() || event.id.len() > 255 || object.id.len() > 255 {
        return Err(AppError::BadRequest);
    }
    // an id, or the whole thing in it
    let named = object.payment_intent.as_ref().and_then(|found| found.as_str().or_else(|| found.get("id")?.as_str()).map(str::to_string));
    let row = EventRow {
        intent: if object.object == "payment_intent" { Some(object.id.clone()) } else { named },
        id: event.id,
        kind: event.kind,
        object: object.id,
        state: object.status.filter(|word| word.len() < 40),
        created_at: event.created * 1000,
    };
    let mut tx = cx.db.begin().await?;
    // told again, it is looked at again, unless that was done before
    if events::insert_event(&mut tx, &row, cx.now()).await? || events::unhandled(&mut tx, &row.id).await?.is_some() {
        jobs::enqueue(&mut tx, &cx.clock, Job::new("payment_event", &row.id).urgent()).await?;
    }
    tx.commit().await?;
    cx.bell.ring();
    Ok(())
}

/// The job behind it. Fails, to be tried again, while the provider doesn't answer or doesn't know the thing yet.
pub async fn handle_event(cx: &RequestContext, id: &str) -> Result<(), AppError> {
    let (Some(event), Some(stripe)) = (events::unhandled(&cx.db, id).await?, &cx.stripe) else { return Ok(()) };
    let outcome = match (event.kind.as_str(), event.intent.as_deref()) {
        (kind, _) if kind.starts_with("charge.dispute.") => dispute::look_at_dispute(cx, stripe, &event).await?,
        (kind, Some(intent)) if kind.starts_with("refund.") || kind == "charge.refunded" || kind.starts_with("charge.refund.") => {
            match known(cx, stripe, intent).await? {
                Ok(payment) => refund::look_at_refunds(cx, stripe, &payment).await?,
                Err(outcome) => outcome,
            }
        }
        (kind, Some(intent)) if kind.starts_with("review.") => match known(cx, stripe, intent).await? {
            Ok(payment) => doubt::look_again(cx, stripe, &payment).await?,
            Err(outcome) => outcome,
        },
        (kind, Some(intent)) if kind.starts_with("payment_intent.") || kind.starts_with("charge.") => {
            let outcome = look_at_intent(cx, stripe, intent).await?;
            if kind == "payment_intent.payment_failed"
                && let Some(payment) = store::payment_by_intent(&cx.db, intent).await?
            {
                tries::declined(cx, &payment).await?;
            }
            outcome
        }
        _ => "not needed",
    };
    note(cx, id, outcome).await
}

/// The payment of an intent. One that we don't know by that name yet is asked about first; then, if it is none of ours,
/// what was made of it.
pub async fn known(cx: &RequestContext, stripe: &Stripe, intent: &str) -> Result<Result<Payment, &'static str>, AppError> {
    if let Some(payment) = store::payment_by_intent(&cx.db, intent).await? {
        return Ok(Ok(payment));
    }
    let outcome = look_at_intent(cx, stripe, intent).await?;
    Ok(store::payment_by_intent(&cx.db, intent).await?.ok_or(outcome))
}

/// Nobody could make sense of it: the log says so, and it is looked at again later. It may be the only word about a
/// refund or a dispute.
pub async fn give_up_event(cx: &RequestContext, id: &str, reason: &str) -> Result<(), AppError> {
    tracing::error!(event = id, reason, "an event of the payment provider could not be handled");
    let mut tx = cx.db.begin().await?;
    events::set_given_up(&mut tx, id, cx.now()).await?;
    tx.commit().await
}

/// Asks for another look at what nobody could handle; gives the number of those events.
pub async fn look_at_events_again(cx: &RequestContext) -> Result<usize, AppError> {
    let mut tx = cx.db.begin().await?;
    let due = events::due(&mut tx, cx.now()).await?;
    for id in &due {
        jobs::enqueue(&mut tx, &cx.clock, Job::new("payment_event", id).urgent()).await?;
        events::put_off(&mut tx, id, cx.now()).await?;
    }
    tx.commit().await?;
    cx.bell.ring();
    Ok(due.len())
}

async fn note(cx: &RequestContext, id: &str, outcome: &str) -> Result<(), AppError> {
    let mut tx = cx.db.begin().await?;
    events::set_handled(&mut tx, id, cx.now(), outcome).await?;
    tx.commit().await
}

/// Settles the attempt to which the intent belongs. Money that belongs to none goes back.
async fn look_at_intent(cx: &RequestContext, stripe: &Stripe, reference: &str) -> Result<&'static str, AppError> {
    let intent = stripe.intent(reference).await.map_err(again)?;
    if !stripe.is_ours(&intent) {
        return Ok("not ours");
    }
    let Some(key) = intent.attempt() else { return Ok("not ours") };
    match store::find_payment(&cx.db, PaymentId(key)).await? {
        Some(mut attempt) if attempt.provider_ref.as_deref().is_none_or(|known| known == reference) => {
            attempt.provider_ref = Some(reference.into());
            pay::ask(cx, &attempt, Wish::Success).await?;
            Ok("settled")
        }
        _ => refund::give_back_unknown(stripe, key, intent).await,
    }
}

/// Not answered, or not there yet: the job tries again.
pub fn again(fault: Fault) -> AppError {
    tracing::warn!(%fault, "the payment provider was asked in vain");
    AppError::Unavailable
}
