use super::{ask::left, plan::share, settle::settle_refund};
use crate::{
    features::orders::{
        PaymentStatus, RefundOrigin, RefundStatus,
        server::{
            service::{events::again, pay},
            store::{
                self, Payment,
                refunds::{self, RefundLine, RefundRow},
            },
        },
    },
    platform::{
        RequestContext,
        payment::{
            Outcome, Stripe, Wish,
            stripe::{Fault, Intent, Refund, RefundAsked},
        },
    },
    shared::{AppError, RefundId},
};

/// Takes in all refunds of a payment, those made in the provider's own pages as well.
pub async fn look_at_refunds(cx: &RequestContext, stripe: &Stripe, payment: &Payment) -> Result<&'static str, AppError> {
    let Some(intent) = payment.provider_ref.as_deref() else { return Ok("not ours") };
    if payment.is_open() {
        // what goes back was paid: the news of that has not come yet, and without it nobody knows what the refund is for
        pay::ask(cx, payment, Wish::Success).await?;
        if store::payment(&cx.db, payment.id).await?.is_open() {
            return Err(AppError::Unavailable);
        }
    }
    if payment.status == PaymentStatus::Mismatch && payment.taken.is_none() {
        // from the time when what came was not written down
        if let Outcome::Succeeded { taken, .. } = stripe.intent(intent).await.map_err(again)?.outcome()? {
            let mut tx = cx.db.begin().await?;
            store::set_taken(&mut tx, payment.id, taken).await?;
            tx.commit().await?;
        }
    }
    for found in stripe.refunds_of(intent).await.map_err(again)? {
        let id = match known(cx, &found).await? {
            Some(id) => id,
            None => take_in(cx, payment, &found).await?,
        };
        settle_refund(cx, id, &found).await?;
    }
    Ok("refunds")
}

async fn known(cx: &RequestContext, found: &Refund) -> Result<Option<RefundId>, AppError> {
    if let Some(row) = refunds::find_by_reference(&cx.db, &found.id).await? {
        return Ok(Some(row.id));
    }
    match found.asked_as() {
        Some(id) => Ok(refunds::find(&cx.db, RefundId(id)).await?.map(|row| row.id)),
        None => Ok(None),
    }
}

/// A refund that the studio made elsewhere. No photograph is named in it, so its amount is shared among all.
async fn take_in(cx: &RequestContext, payment: &Payment, found: &Refund) -> Result<RefundId, AppError> {
    let amount = found.amount()?;
    let mut tx = cx.db.begin().await?;
    let order = store::lock_order(&mut tx, payment.order_id).await?;
    if let Some(row) = refunds::find_by_reference(&mut tx, &found.id).await? {
        return Ok(row.id);
    }
    let refund = RefundRow {
        id: RefundId::new(),
        order_id: order.id,
        payment_id: payment.id,
        provider_ref: Some(found.id.clone()),
        amount: amount.amount,
        currency: amount.currency.code().into(),
        reason: String::new(),
        origin: RefundOrigin::Dashboard,
        status: RefundStatus::Asked,
        failure: None,
        created_at: found.created().unwrap_or(cx.now()),
    };
    refunds::insert(&mut tx, &refund).await?;
    if store::payment(&mut tx, payment.id).await?.status != PaymentStatus::Succeeded {
        // it never paid these photographs
        tx.commit().await?;
        return Ok(refund.id);
    }
    let lines = store::lines(&mut tx, order.id).await?;
    let left = left(&mut tx, &order, &lines).await?;
    let parts = share(amount.amount, &left.iter().map(|line| line.amount).collect::<Vec<_>>());
    for (line, part) in left.iter().zip(parts).filter(|(_, part)| *part > 0) {
        refunds::insert_line(&mut tx, &RefundLine { refund_id: refund.id, order_line_id: line.id, amount: part, is_returned: false })
            .await?;
    }
    tx.commit().await?;
    Ok(refund.id)
}

/// An intent of ours that was paid and that none of our records knows. Its money goes back, once: the key is its own.
pub async fn give_back_unknown(stripe: &Stripe, attempt: uuid::Uuid, intent: Intent) -> Result<&'static str, AppError> {
    let reference = intent.id.clone();
    let Outcome::Succeeded { taken, .. } = intent.outcome()? else { return Ok("unknown") };
    tracing::error!(intent = reference, "a payment belongs to no order and is given back");
    let key = uuid::Uuid::from_u128(!attempt.as_u128());
    match stripe.make_refund(&RefundAsked { key, intent: &reference, amount: taken }).await {
        Ok(_) => Ok("given back"),
        Err(Fault::Refused(code)) if code == "charge_already_refunded" => Ok("given back"),
        // the payer's bank has it already
        Err(Fault::Refused(code)) if code == "charge_disputed" => Ok("disputed"),
        Err(fault) => Err(again(fault)),
    }
}
