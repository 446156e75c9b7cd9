use super::ask::write_down;
use crate::{
    features::{
        accounts::server::service as accounts,
        orders::{
            PaymentStatus, RefundOrigin, RefundStatus,
            server::{
                invoices, mails,
                service::rights,
                store::{
                    self, Order, Payment,
                    refunds::{self, RefundRow},
                },
            },
        },
        site::server::service as site,
    },
    platform::{
        RequestContext,
        clock::HOUR,
        db::Tx,
        history::{self, Change},
        jobs::{self, Job},
        mail,
        payment::{
            Stripe,
            stripe::{Fault, Refund, RefundAsked},
        },
    },
    shared::{AppError, Money, PaymentId, RefundId},
};

/// What of a payment has gone back, or is on its way.
pub fn refunded_so_far(refunds: &[RefundRow], payment: PaymentId) -> i64 {
    refunds.iter().filter(|refund| refund.payment_id == payment && refund.status != RefundStatus::Failed).map(|refund| refund.amount).sum()
}

/// What of a payment has gone back for good.
pub fn through_so_far(refunds: &[RefundRow], payment: PaymentId) -> i64 {
    refunds
        .iter()
        .filter(|refund| refund.payment_id == payment && refund.status == RefundStatus::Succeeded)
        .map(|refund| refund.amount)
        .sum()
}

/// Money that no order can take goes back by itself; written down in the transaction that found out.
pub async fn give_back(
    tx: &mut Tx,
    cx: &RequestContext,
    order: &Order,
    payment: &Payment,
    taken: Money,
    why: &str,
) -> Result<(), AppError> {
    let refund = write_down(tx, cx, (order, payment), taken, (RefundOrigin::Automatic, why)).await?;
    jobs::enqueue(tx, &cx.clock, Job::new("send_refund", refund.id).urgent()).await
}

/// Asks the provider for a refund that is written down, or how it stands with it. The key is the same each time.
pub async fn send_refund(cx: &RequestContext, id: RefundId) -> Result<(), AppError> {
    let Some(refund) = refunds::find(&cx.db, id).await? else { return Ok(()) };
    if matches!(refund.status, RefundStatus::Succeeded | RefundStatus::Failed) {
        return Ok(());
    }
    let payment = store::payment(&cx.db, refund.payment_id).await?;
    let (Some(stripe), Some(intent)) = (&cx.stripe, payment.provider_ref.as_deref()) else { return Err(AppError::Unavailable) };
    match ask(cx, stripe, &refund, intent).await {
        Ok(found) => settle_refund(cx, refund.id, &found).await,
        Err(Fault::Refused(code)) => refused(cx, refund.id, &code).await,
        Err(_) => Err(AppError::Unavailable),
    }
}

/// The provider doesn't answer. The sweep goes on asking; the owner hears of it, once for each refund.
pub async fn give_up_refund(cx: &RequestContext, id: RefundId) -> Result<(), AppError> {
    let mut tx = cx.db.begin().await?;
    let Some(refund) = refunds::find(&mut tx, id).await? else { return Ok(()) };
    if matches!(refund.status, RefundStatus::Succeeded | RefundStatus::Failed) {
        return Ok(());
    }
    let order = store::order_by_id(&mut tx, refund.order_id).await?;
    for owner in accounts::owners(&mut tx).await? {
        mail::post(&mut tx, cx, mails::refund_waits(&cx.config, &owner.email, &order, &refund)?).await?;
    }
    tx.commit().await?;
    cx.bell.ring();
    Ok(())
}

async fn ask(cx: &RequestContext, stripe: &Stripe, refund: &RefundRow, intent: &str) -> Result<Refund, Fault> {
    if let Some(reference) = &refund.provider_ref {
        return stripe.refund(reference).await;
    }
    // the provider remembers a key for a day: what is older is looked for before it is asked for again
    if cx.now() - refund.created_at > HOUR
        && let Some(found) = stripe.refunds_of(intent).await?.into_iter().find(|found| found.asked_as() == Some(refund.id.0))
    {
        return Ok(found);
    }
    let amount = refund.money().map_err(|_| Fault::Refused("amount".into()))?;
    stripe.make_refund(&RefundAsked { key: refund.id.0, intent, amount }).await
}

/// Takes in what the provider says about a refund, however often.
pub async fn settle_refund(cx: &RequestContext, id: RefundId, found: &Refund) -> Result<(), AppError> {
    let mut tx = cx.db.begin().await?;
    let Some(refund) = refunds::find(&mut tx, id).await? else { return Ok(()) };
    let order = store::lock_order(&mut tx, refund.order_id).await?;
    let Some(refund) = refunds::find(&mut tx, id).await? else { return Ok(()) };
    match found.status.as_deref() {
        _ if refund.status == RefundStatus::Failed => return Ok(()),
        Some("failed" | "canceled") => {
            let words = match refund.status {
                RefundStatus::Succeeded => {
                    format!(
                        "{} came back to you: the client's bank did not take it. What followed from the refund is undone.",
                        refund.money()?
                    )
                }
                _ => format!("{} could not be given back: the bank refused it.", refund.money()?),
            };
            fail(&mut tx, cx, &order, &refund, Some(&found.id), &words).await?;
            if refund.status == RefundStatus::Succeeded {
                undo(&mut tx, cx, &order, &refund).await?;
            }
        }
        _ if refund.status == RefundStatus::Succeeded => return Ok(()),
        Some("succeeded") => through(&mut tx, cx, &order, &refund, Some(&found.id)).await?,
        _ if refund.status == RefundStatus::Pending => return Ok(()),
        _ => refunds::set_status(&mut tx, id, RefundStatus::Pending, Some(&found.id), None, cx.now()).await?,
    }
    tx.commit().await?;
    cx.bell.ring();
    Ok(())
}

/// The money is back: returned lines lose their downloads, all of them when nothing of the price is left.
pub async fn through(tx: &mut Tx, cx: &RequestContext, order: &Order, refund: &RefundRow, reference: Option<&str>) -> Result<(), AppError> {
    refunds::set_status(tx, refund.id, RefundStatus::Succeeded, reference, None, cx.now()).await?;
    let studio = site::studio_in(tx).await?;
    let (from, to) = (refund.status.as_str(), RefundStatus::Succeeded.as_str());
    let change = Change { entity: "refund", id: order.number.clone(), from, to, reason: &refund.money()?.to_string() };
    history::record(tx, &cx.actor, cx.now(), change).await?;
    let payment = store::payment(&mut *tx, refund.payment_id).await?;
    // money that never paid the order touches nothing of it when it goes back
    if refund.origin == RefundOrigin::Automatic || payment.status != PaymentStatus::Succeeded {
        end_mismatch(tx, cx, order, &payment).await?;
        return mail::post(tx, cx, mails::given_back(&cx.config, &studio, order, refund)?).await;
    }
    let all = refunds::of_order(&mut *tx, order.id).await?;
    let is_whole = through_so_far(&all, payment.id) >= payment.amount;
    let lines = store::lines(&mut *tx, order.id).await?;
    let parts: Vec<_> = refunds::lines_of_order(&mut *tx, order.id).await?.into_iter().filter(|part| part.refund_id == refund.id).collect();
    let is_returned = |id| is_whole || parts.iter().any(|part| part.order_line_id == id && part.is_returned);
    let gone: Vec<_> = lines.iter().filter(|line| is_returned(line.id)).collect();
    rights::bring_in_line(tx, cx, order.id).await?;
    let paper = invoices::credit_note(tx, cx, &studio, order, refund, &parts, &lines).await?;
    mail::post(tx, cx, mails::refunded(&cx.config, &studio, order, refund, &gone, paper.as_ref())?).await
}

/// Another amount came than was asked for, and all of it is back with its payer: the order can be paid anew.
async fn end_mismatch(tx: &mut Tx, cx: &RequestContext, order: &Order, payment: &Payment) -> Result<(), AppError> {
    let all = refunds::of_order(&mut *tx, order.id).await?;
    if payment.status != PaymentStatus::Mismatch || payment.taken.is_none_or(|taken| through_so_far(&all, payment.id) < taken) {
        return Ok(());
    }
    store::set_after(tx, payment.id, PaymentStatus::Ended, None).await?;
    let (from, to) = (payment.status.as_str(), PaymentStatus::Ended.as_str());
    let change = Change { entity: "payment", id: payment.id.to_string(), from, to, reason: "all of it went back" };
    history::record(tx, &cx.actor, cx.now(), change).await
}

/// The money of a refund that was through has come back: the payment stands as before it.
async fn undo(tx: &mut Tx, cx: &RequestContext, order: &Order, refund: &RefundRow) -> Result<(), AppError> {
    let payment = store::payment(&mut *tx, refund.payment_id).await?;
    if payment.status == PaymentStatus::Ended && payment.taken.is_some() {
        let failure = format!("{} came back to us: its payer's bank did not take it.", refund.money()?);
        return store::set_after(tx, payment.id, PaymentStatus::Mismatch, Some(&failure)).await;
    }
    if refund.origin == RefundOrigin::Automatic || payment.status != PaymentStatus::Succeeded {
        return Ok(());
    }
    rights::bring_in_line(tx, cx, order.id).await?;
    let studio = site::studio_in(tx).await?;
    let paper = invoices::correction(tx, cx, &studio, order, refund).await?;
    mail::post(tx, cx, mails::refund_undone(&cx.config, &studio, order, refund, paper.as_ref())?).await
}

async fn refused(cx: &RequestContext, id: RefundId, code: &str) -> Result<(), AppError> {
    let words = match code {
        "charge_already_refunded" => "This payment was given back already, in the provider's own pages.",
        "charge_disputed" => "The client's bank has called this payment back, so it cannot be refunded here.",
        _ => "The payment provider did not accept this refund. Look at the payment in its own pages.",
    };
    let mut tx = cx.db.begin().await?;
    let Some(refund) = refunds::find(&mut tx, id).await? else { return Ok(()) };
    let order = store::lock_order(&mut tx, refund.order_id).await?;
    let Some(refund) = refunds::find(&mut tx, id).await? else { return Ok(()) };
    if matches!(refund.status, RefundStatus::Succeeded | RefundStatus::Failed) {
        return Ok(());
    }
    fail(&mut tx, cx, &order, &refund, None, words).await?;
    tx.commit().await?;
    cx.bell.ring();
    Ok(())
}

/// The amount may be given back in another way; the owner hears of it.
async fn fail(
    tx: &mut Tx,
    cx: &RequestContext,
    order: &Order,
    refund: &RefundRow,
    reference: Option<&str>,
    words: &str,
) -> Result<(), AppError> {
    refunds::set_status(tx, refund.id, RefundStatus::Failed, reference, Some(words), cx.now()).await?;
    let (from, to) = (refund.status.as_str(), RefundStatus::Failed.as_str());
    history::record(tx, &cx.actor, cx.now(), Change { entity: "refund", id: order.number.clone(), from, to, reason: words }).await?;
    for owner in accounts::owners(tx).await? {
        mail::post(tx, cx, mails::refund_failed(&cx.config, &owner.email, order, refund, words)?).await?;
    }
    Ok(())
}
