//! Payments of which the provider thinks that somebody else's card may be in the game. The order is paid, but its
//! downloads rest until somebody has looked: a reviewer in the provider's pages, or the studio.
use super::{events::again, rights};
use crate::{
    features::{
        accounts::server::service as accounts,
        orders::{
            Hold, PaymentStatus,
            server::{
                mails, policy,
                store::{self, Order, Payment},
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
        payment::{Review, Risk, Stripe},
    },
    shared::{AppError, PaymentId},
};

/// What a payment's hold becomes. What was released once stays so, whatever is told late.
fn next(now: Option<Hold>, risk: &Risk) -> Option<Hold> {
    match now {
        None if risk.is_doubtful() => Some(Hold::Held),
        Some(Hold::Held) if risk.review == Review::Approved => Some(Hold::Released),
        now => now,
    }
}

/// Writes down what the provider thinks of a payment that paid its order, and does what follows from it.
pub async fn take_in(tx: &mut Tx, cx: &RequestContext, order: &Order, paid: PaymentId, risk: &Risk) -> Result<(), AppError> {
    let paid = store::payment(&mut *tx, paid).await?;
    let hold = next(paid.hold, risk);
    store::set_risk(tx, &paid, risk, hold).await?;
    rights::bring_in_line(tx, cx, order.id).await?;
    match hold {
        Some(to) if hold != paid.hold => tell(tx, cx, order, &paid, to, "by the payment provider").await,
        _ => Ok(()),
    }
}

async fn tell(tx: &mut Tx, cx: &RequestContext, order: &Order, paid: &Payment, to: Hold, reason: &str) -> Result<(), AppError> {
    let from = paid.hold.map_or("none", Hold::as_str);
    let change = Change { entity: "payment", id: paid.id.to_string(), from, to: to.as_str(), reason };
    history::record(tx, &cx.actor, cx.now(), change).await?;
    let lines: Vec<_> = store::lines(&mut *tx, order.id).await?.iter().map(|line| line.id).collect();
    let rights = sharing::rights_of_lines(&mut *tx, &lines).await?;
    if to == Hold::Held {
        // what was refunded or lost meanwhile needs nobody's look
        if !rights.iter().any(|right| right.is_live || right.is_suspended) {
            return Ok(());
        }
        for owner in accounts::owners(tx).await? {
            mail::post(tx, cx, mails::on_hold(&cx.config, &owner.email, order, paid.id)).await?;
        }
        return Ok(());
    }
    // a refund or a dispute may have taken them meanwhile
    if !rights.iter().any(|right| right.is_live) {
        return Ok(());
    }
    let studio = site::studio_in(tx).await?;
    mail::post(tx, cx, mails::released(&cx.config, &studio, order, paid.id)).await
}

/// A review began or ended: asks what the provider thinks now.
pub async fn look_again(cx: &RequestContext, stripe: &Stripe, payment: &Payment) -> Result<&'static str, AppError> {
    let Some(reference) = payment.provider_ref.as_deref() else { return Ok("not ours") };
    let intent = stripe.intent(reference).await.map_err(again)?;
    let mut tx = cx.db.begin().await?;
    let order = store::lock_order(&mut tx, payment.order_id).await?;
    if store::payment(&mut tx, payment.id).await?.status != PaymentStatus::Succeeded {
        return Ok("not needed");
    }
    take_in(&mut tx, cx, &order, payment.id, &intent.risk()).await?;
    tx.commit().await?;
    cx.bell.ring();
    Ok("review")
}

/// The studio has looked, and hands the photographs out.
pub async fn release_downloads(cx: &RequestContext, number: &str) -> Result<(), AppError> {
    cx.actor.runs_galleries()?;
    let order = store::order(&cx.db, number).await?;
    policy::may_refund(&cx.actor, &store::parties(&cx.db, &order).await?)?;
    let mut tx = cx.db.begin().await?;
    let order = store::lock_order(&mut tx, order.id).await?;
    let payments = store::payments(&mut tx, order.id).await?;
    let held = |payment: &&Payment| payment.status == PaymentStatus::Succeeded && payment.hold == Some(Hold::Held);
    let Some(paid) = payments.iter().find(held) else { return Ok(()) };
    store::set_risk(&mut tx, paid, &Risk::default(), Some(Hold::Released)).await?;
    rights::bring_in_line(&mut tx, cx, order.id).await?;
    tell(&mut tx, cx, &order, paid, Hold::Released, "by the studio").await?;
    tx.commit().await?;
    cx.bell.ring();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_released_once_is_not_held_again() {
        let said = |review| Risk { level: "elevated".into(), kind: "manual_review".into(), review };
        assert_eq!(next(None, &said(Review::None)), Some(Hold::Held));
        assert_eq!(next(None, &said(Review::Approved)), None);
        assert_eq!(next(None, &Risk::default()), None);
        assert_eq!(next(Some(Hold::Held), &said(Review::Approved)), Some(Hold::Released));
        // a refund or a dispute ended the review: it takes the downloads by itself
        assert_eq!(next(Some(Hold::Held), &said(Review::Refused)), Some(Hold::Held));
        assert_eq!(next(Some(Hold::Held), &Risk::default()), Some(Hold::Held));
        for review in [Review::None, Review::Open, Review::Approved, Review::Refused] {
            assert_eq!(next(Some(Hold::Released), &said(review)), Some(Hold::Released));
        }
    }
}
