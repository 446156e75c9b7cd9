//! The one way in which an order becomes paid, whoever brings the news: the provider's answer, a later question, or a
//! person who saw the money arrive. However often and however simultaneously it is told, it happens once.
use super::{doubt, refund, rights};
use crate::{
    features::{
        accounts::server::service as accounts,
        cart::server::service as cart,
        orders::{
            OrderStatus, PaymentMethod, PaymentStatus,
            server::{
                invoices, mails,
                store::{self, Order, PaidHow, Payment},
            },
        },
        sharing::server as sharing,
        site::server::service as site,
    },
    platform::{
        RequestContext,
        db::Tx,
        history::{self, Change},
        mail,
        payment::{Outcome, Risk, Turn},
    },
    shared::{AppError, Money, PaymentId},
};

/// Takes in what the provider said about an attempt.
pub async fn settle(cx: &RequestContext, attempt: PaymentId, said: Outcome) -> Result<(), AppError> {
    let mut tx = cx.db.begin().await?;
    // the order first, then its attempt: everybody locks in this order
    let about = store::payment(&mut tx, attempt).await?.order_id;
    let order = store::lock_order(&mut tx, about).await?;
    let attempt = store::payment(&mut tx, attempt).await?;
    match said {
        // an attempt that succeeded stays so, and so does one about which the owner was told, and one whose money came and
        // went back
        _ if !attempt.is_open() && !matches!(attempt.status, PaymentStatus::Declined | PaymentStatus::Ended) => return Ok(()),
        _ if attempt.taken.is_some() => return Ok(()),
        // what was known about a card stays known while its provider is away
        Outcome::Unknown if attempt.status == PaymentStatus::Asked && !attempt.is_card() => {
            store::set_payment(&mut tx, attempt.id, PaymentStatus::Unknown, None, None, cx.now()).await?
        }
        Outcome::Declined(reason) if attempt.is_open() => {
            store::set_payment(&mut tx, attempt.id, PaymentStatus::Declined, None, Some(&reason), cx.now()).await?
        }
        Outcome::Waiting { reference, turn, refusal } if attempt.is_open() => {
            let status = match turn {
                Turn::Card => PaymentStatus::Started,
                Turn::Confirmation => PaymentStatus::ActionNeeded,
                Turn::Bank => PaymentStatus::Processing,
            };
            if (attempt.status, attempt.provider_ref.as_ref(), &attempt.failure) == (status, Some(&reference), &refusal) {
                return Ok(());
            }
            store::set_payment(&mut tx, attempt.id, status, Some(&reference), refusal.as_deref(), cx.now()).await?
        }
        Outcome::Ended { reference } if attempt.is_open() => {
            let failure = attempt.failure.as_deref();
            store::set_payment(&mut tx, attempt.id, PaymentStatus::Ended, Some(&reference), failure, cx.now()).await?
        }
        Outcome::Succeeded { reference, taken, risk } => money_came(&mut tx, cx, &order, &attempt, (&reference, taken, &risk)).await?,
        _ => return Ok(()),
    }
    tx.commit().await?;
    cx.bell.ring();
    Ok(())
}

async fn money_came(
    tx: &mut Tx,
    cx: &RequestContext,
    order: &Order,
    attempt: &Payment,
    (reference, taken, risk): (&str, Money, &Risk),
) -> Result<(), AppError> {
    if taken != attempt.money()? || taken != order.total()? {
        return set_aside(tx, cx, order, attempt, reference, (PaymentStatus::Mismatch, taken, "it is not the amount that was asked for."))
            .await;
    }
    let rests = risk.is_doubtful() || rights::rests(tx, cx, order.id, attempt).await?;
    let how = PaidHow { at: cx.now(), on: None, reference: Some(reference), provider: attempt.provider, rests };
    if become_paid(tx, cx, order, &how, "paid online").await? {
        store::set_payment(tx, attempt.id, PaymentStatus::Succeeded, Some(reference), None, cx.now()).await?;
        // also a dispute may have been told before the payment
        return doubt::take_in(tx, cx, order, attempt.id, risk).await;
    }
    let why = match order.status {
        OrderStatus::Cancelled => "the order is cancelled.",
        _ => "the order was paid already.",
    };
    set_aside(tx, cx, order, attempt, reference, (PaymentStatus::Unexpected, taken, why)).await
}

/// The money is written down and the owner told; the order and its rights stay as they are.
async fn set_aside(
    tx: &mut Tx,
    cx: &RequestContext,
    order: &Order,
    attempt: &Payment,
    reference: &str,
    what: (PaymentStatus, Money, &str),
) -> Result<(), AppError> {
    let (status, taken, why) = what;
    let failure = format!("{taken} came in, but {why}");
    store::set_payment(tx, attempt.id, status, Some(reference), Some(&failure), cx.now()).await?;
    store::set_taken(tx, attempt.id, taken).await?;
    // nobody has to look before money goes back that was paid for nothing
    let goes_back = status == PaymentStatus::Unexpected && attempt.is_card();
    if goes_back {
        refund::give_back(tx, cx, order, attempt, taken, why).await?;
    }
    let (from, to) = (attempt.status.as_str(), status.as_str());
    history::record(tx, &cx.actor, cx.now(), Change { entity: "payment", id: attempt.id.to_string(), from, to, reason: &failure }).await?;
    for owner in accounts::owners(tx).await? {
        mail::post(tx, cx, mails::payment_needs_you(&cx.config, &owner.email, order, attempt.id, taken, (why, goes_back))).await?;
    }
    Ok(())
}

/// An order that costs nothing is paid as it is placed; no provider hears of it.
pub async fn nothing_to_pay(tx: &mut Tx, cx: &RequestContext, order: &Order) -> Result<(), AppError> {
    let how = PaidHow { at: cx.now(), on: None, reference: None, provider: PaymentMethod::Free, rests: false };
    become_paid(tx, cx, order, &how, "nothing to pay").await.map(|_| ())
}

/// The order, its rights, the receipt and the history in one transaction; false when somebody was first.
pub async fn become_paid(tx: &mut Tx, cx: &RequestContext, order: &Order, how: &PaidHow<'_>, reason: &str) -> Result<bool, AppError> {
    if !store::set_paid(tx, order.id, how).await? {
        return Ok(false);
    }
    let lines = store::lines(&mut *tx, order.id).await?;
    for line in &lines {
        sharing::entitle(tx, how.at, order.buyer_id, line.photo_id, line.size, line.id).await?;
    }
    cart::release_order(tx, &order.number).await?;
    let studio = site::studio_in(tx).await?;
    let invoice = invoices::invoice(tx, cx, &studio, order, &lines, how).await?;
    mail::post(tx, cx, mails::receipt(&cx.config, &studio, order, &lines, how, invoice.as_ref())?).await?;
    let (from, to) = (order.status.as_str(), OrderStatus::Paid.as_str());
    history::record(tx, &cx.actor, how.at, Change { entity: "order", id: order.number.clone(), from, to, reason }).await?;
    Ok(true)
}
