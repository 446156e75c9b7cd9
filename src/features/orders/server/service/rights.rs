//! What payment, refunds, disputes and doubts of an order together mean for its downloads. It is worked out anew from all
//! of them each time, so it doesn't matter in which order the news come, nor which of them is taken back later.
use super::refund;
use crate::{
    features::{
        orders::{
            DisputeState, Hold, PaymentStatus, RefundOrigin, RefundStatus,
            server::store::{self, Payment, disputes, refunds},
        },
        sharing::server as sharing,
    },
    platform::{RequestContext, db::Tx},
    shared::{AppError, OrderId},
};

/// Gives, rests and takes the downloads of a paid order; the caller holds its lock.
pub async fn bring_in_line(tx: &mut Tx, cx: &RequestContext, order: OrderId) -> Result<(), AppError> {
    let payments = store::payments(&mut *tx, order).await?;
    let Some(paid) = payments.iter().find(|payment| payment.status == PaymentStatus::Succeeded) else { return Ok(()) };
    let (rests, is_lost) = disputed(tx, cx, order, paid).await?;
    let rests = rests || paid.hold == Some(Hold::Held);
    let all = refunds::of_order(&mut *tx, order).await?;
    let through = |one: &&refunds::RefundRow| {
        one.status == RefundStatus::Succeeded && one.origin != RefundOrigin::Automatic && one.payment_id == paid.id
    };
    let through: Vec<_> = all.iter().filter(through).map(|one| one.id).collect();
    let is_whole = paid.amount > 0 && refund::through_so_far(&all, paid.id) >= paid.amount;
    let parts = refunds::lines_of_order(&mut *tx, order).await?;
    for line in store::lines(&mut *tx, order).await? {
        let returned =
            is_whole || parts.iter().any(|part| part.order_line_id == line.id && part.is_returned && through.contains(&part.refund_id));
        if returned || (is_lost && !rests) {
            sharing::withdraw(tx, cx.now(), line.id).await?;
        } else if rests {
            sharing::suspend(tx, cx.now(), line.id).await?;
        } else {
            sharing::restore(tx, line.id).await?;
        }
    }
    Ok(())
}

/// Whether a dispute that was told before rests what this payment brings.
pub async fn rests(tx: &mut Tx, cx: &RequestContext, order: OrderId, payment: &Payment) -> Result<bool, AppError> {
    Ok(disputed(tx, cx, order, payment).await?.0)
}

/// Whether a dispute about this payment rests its downloads, and whether one was lost.
async fn disputed(tx: &mut Tx, cx: &RequestContext, order: OrderId, paid: &Payment) -> Result<(bool, bool), AppError> {
    let all = disputes::of_order(tx, order).await?;
    let is = |state| all.iter().any(|row| row.payment_id == paid.id && row.state == state);
    Ok((cx.config.disputes_suspend && is(DisputeState::Open), is(DisputeState::Lost)))
}
