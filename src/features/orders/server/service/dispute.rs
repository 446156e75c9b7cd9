//! A payer's bank calls a payment back. Until that is decided the downloads rest; won, they are there again.
use super::{
    events::{again, known},
    pay, rights,
};
use crate::{
    features::{
        accounts::server::service as accounts,
        orders::{
            DisputeState,
            server::{
                mails,
                store::{
                    self,
                    disputes::{self, DisputeRow},
                    events::EventRow,
                },
            },
        },
    },
    platform::{
        RequestContext,
        history::{self, Change},
        mail,
        payment::{Stripe, Wish, stripe::Fault},
    },
    shared::AppError,
};

fn state(word: &str) -> DisputeState {
    match word {
        "won" | "prevented" => DisputeState::Won,
        "lost" => DisputeState::Lost,
        "warning_closed" => DisputeState::Closed,
        word if word.starts_with("warning") => DisputeState::Inquiry,
        _ => DisputeState::Open,
    }
}

/// The end of a dispute is final, so of what the message says and what the provider answers the further one counts.
fn further(told: Option<DisputeState>, found: DisputeState) -> DisputeState {
    told.filter(|told| told.is_closed() && !found.is_closed()).unwrap_or(found)
}

pub async fn look_at_dispute(cx: &RequestContext, stripe: &Stripe, event: &EventRow) -> Result<&'static str, AppError> {
    let dispute = match stripe.dispute(&event.object).await {
        Ok(dispute) => dispute,
        Err(fault @ Fault::Missing) => {
            tracing::warn!(event = event.id, "the provider doesn't know this dispute");
            return Err(again(fault));
        }
        Err(fault) => return Err(again(fault)),
    };
    let intent = dispute.payment_intent.clone().or_else(|| event.intent.clone());
    let Some(intent) = intent else { return Ok("not ours") };
    let payment = match known(cx, stripe, &intent).await? {
        Ok(payment) => payment,
        Err(outcome) => return Ok(outcome),
    };
    if payment.is_open() {
        // what is disputed was paid: the news of that has not come yet
        pay::ask(cx, &payment, Wish::Success).await?;
    }
    let amount = dispute.amount()?;
    let mut row = DisputeRow {
        state: further(event.state.as_deref().map(state), state(&dispute.status)),
        amount: amount.amount,
        currency: amount.currency.code().into(),
        reason: dispute.reason.unwrap_or_default().replace('_', " "),
        opened_at: event.created_at,
        id: dispute.id,
        payment_id: payment.id,
    };
    let mut tx = cx.db.begin().await?;
    let order = store::lock_order(&mut tx, payment.order_id).await?;
    let before = disputes::of_order(&mut tx, order.id).await?.into_iter().find(|known| known.id == row.id);
    if let Some(before) = &before {
        row.opened_at = before.opened_at.min(row.opened_at);
        if before.state == row.state || before.state.is_closed() {
            return Ok("known");
        }
    }
    disputes::save(&mut tx, order.id, &row, cx.now()).await?;
    let from = before.map_or("none", |before| before.state.as_str());
    let change = Change { entity: "dispute", id: order.number.clone(), from, to: row.state.as_str(), reason: &row.reason };
    history::record(&mut tx, &cx.actor, cx.now(), change).await?;
    rights::bring_in_line(&mut tx, cx, order.id).await?;
    for owner in accounts::owners(&mut tx).await? {
        mail::post(&mut tx, cx, mails::dispute(&cx.config, &owner.email, &order, &row)?).await?;
    }
    tx.commit().await?;
    cx.bell.ring();
    Ok("dispute")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dispute_that_has_ended_is_not_opened_by_a_late_message() {
        assert_eq!(further(Some(DisputeState::Open), DisputeState::Won), DisputeState::Won);
        assert_eq!(further(Some(DisputeState::Won), DisputeState::Open), DisputeState::Won);
        assert_eq!(further(Some(DisputeState::Lost), DisputeState::Won), DisputeState::Won);
        assert_eq!(further(None, DisputeState::Inquiry), DisputeState::Inquiry);
        for word in ["needs_response", "under_review", "something_new"] {
            assert_eq!(state(word), DisputeState::Open);
        }
    }
}
