use crate::{
    features::{
        cart::server::service as cart,
        orders::{
            OrderStatus,
            server::{
                mails, policy,
                store::{self, Payment},
            },
        },
        site::server::service as site,
    },
    platform::{
        RequestContext,
        history::{self, Change},
        mail,
    },
    shared::AppError,
};

/// Ends a waiting order; its copies can be bought again. What is paid cannot be cancelled.
pub async fn cancel_order(cx: &RequestContext, number: &str) -> Result<(), AppError> {
    cx.actor.person()?;
    let order = store::order(&cx.db, number).await?;
    policy::may_cancel(&cx.actor, &store::parties(&cx.db, &order).await?)?;
    super::card::give_up(cx, &order).await?;
    let mut tx = cx.db.begin().await?;
    let order = store::lock_order(&mut tx, order.id).await?;
    match order.status {
        OrderStatus::AwaitingPayment => {}
        OrderStatus::Paid => return Err(AppError::Conflict(format!("Order {number} is paid, so it cannot be cancelled."))),
        OrderStatus::Cancelled => return Ok(()),
    }
    if store::payments(&mut tx, order.id).await?.iter().any(Payment::is_open) {
        return Err(AppError::Conflict(format!("A payment for order {number} is still being checked. Check it first.")));
    }
    if !store::set_cancelled(&mut tx, order.id, cx.now()).await? {
        return Err(AppError::Unavailable);
    }
    cart::release_order(&mut tx, &order.number).await?;
    let by_buyer = cx.actor.user() == Some(order.buyer_id);
    let (from, to) = (order.status.as_str(), OrderStatus::Cancelled.as_str());
    let reason = if by_buyer { "by the buyer" } else { "by the studio" };
    history::record(&mut tx, &cx.actor, cx.now(), Change { entity: "order", id: order.number.clone(), from, to, reason }).await?;
    if !by_buyer {
        let studio = site::studio_in(&mut tx).await?;
        mail::post(&mut tx, cx, mails::order_cancelled(&cx.config, &studio, &order)).await?;
    }
    tx.commit().await?;
    cx.bell.ring();
    Ok(())
}
