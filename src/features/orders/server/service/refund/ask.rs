use super::{
    plan::{self, Left},
    settle::{self, refunded_so_far},
};
use crate::{
    features::{
        cart::server::service as cart,
        catalogue::Size,
        orders::{
            OrderStatus, PaymentStatus, RefundOrigin, RefundStatus,
            server::{
                policy,
                store::{
                    self, LineRow, Order, Payment,
                    refunds::{self, RefundLine, RefundRow},
                },
            },
        },
        sharing::server as sharing,
    },
    platform::{
        RequestContext,
        db::Tx,
        history::{self, Change},
        jobs::{self, Job},
    },
    shared::{AppError, Money, OrderLineId, PhotoId, RefundId, one_line},
};

/// What the studio gives back: photographs (whose downloads end), an amount (which leaves the downloads alone), or both.
#[derive(Clone, Debug, Default)]
pub struct RefundForm {
    pub lines: Vec<OrderLineId>,
    /// As typed; empty means what the chosen photographs cost.
    pub amount: String,
    pub reason: String,
    /// What had been given back when the form was drawn, in minor units; another sum now means that somebody was first.
    pub seen: Option<i64>,
}

/// Gives money of a paid order back, never more than was paid. One refund of an order goes after the other.
pub async fn refund_order(cx: &RequestContext, number: &str, form: RefundForm) -> Result<RefundStatus, AppError> {
    cx.actor.runs_galleries()?;
    let order = store::order(&cx.db, number).await?;
    policy::may_refund(&cx.actor, &store::parties(&cx.db, &order).await?)?;
    let reason = one_line(&form.reason);
    if reason.chars().count() > 200 {
        return Err(AppError::field("reason", "use at most 200 characters"));
    }
    let mut tx = cx.db.begin().await?;
    let order = store::lock_order(&mut tx, order.id).await?;
    let payment = paid_with(&mut tx, &order).await?;
    let given = refunded_so_far(&refunds::of_order(&mut tx, order.id).await?, payment.id);
    if form.seen.is_some_and(|seen| seen != given) {
        return Err(AppError::Conflict("Money of this order was given back meanwhile. Please look at it again.".into()));
    }
    let lines = store::lines(&mut tx, order.id).await?;
    let left = left(&mut tx, &order, &lines).await?;
    let plan = plan::plan(&left, &form.lines, &form.amount, order.money(payment.amount - given)?)?;
    let is_whole = given + plan.amount.amount >= payment.amount;
    let goes = |line: &&LineRow| is_whole || plan.parts.iter().any(|(id, _, is_returned)| *id == line.id && *is_returned);
    refuse_what_an_upgrade_stands_on(&mut tx, &order, lines.iter().filter(goes).collect()).await?;
    let refund = write_down(&mut tx, cx, (&order, &payment), plan.amount, (RefundOrigin::Studio, &reason)).await?;
    for (order_line_id, amount, is_returned) in plan.parts {
        refunds::insert_line(&mut tx, &RefundLine { refund_id: refund.id, order_line_id, amount, is_returned }).await?;
    }
    if !payment.is_card() {
        // money that came by bank or in cash goes back the same way; it is only written down here
        settle::through(&mut tx, cx, &order, &refund, None).await?;
        tx.commit().await?;
        cx.bell.ring();
        return Ok(RefundStatus::Succeeded);
    }
    jobs::enqueue(&mut tx, &cx.clock, Job::new("send_refund", refund.id).urgent()).await?;
    tx.commit().await?;
    // asked at once for those who wait; when there is no answer, the job asks again under the same key
    if let Err(error) = settle::send_refund(cx, refund.id).await {
        tracing::warn!(%error, "a refund was not answered yet");
    }
    cx.bell.ring();
    let now = refunds::find(&cx.db, refund.id).await?.ok_or(AppError::NotFound)?;
    match now.failure {
        Some(failure) if now.status == RefundStatus::Failed => Err(AppError::Conflict(failure)),
        _ => Ok(now.status),
    }
}

/// Whoever has the original of a photograph as an upgrade paid for it only what it costs more than the web size.
async fn refuse_what_an_upgrade_stands_on(tx: &mut Tx, order: &Order, goes: Vec<&LineRow>) -> Result<(), AppError> {
    let web: Vec<_> = goes.iter().filter(|line| line.size == Size::Web).map(|line| line.photo_id).collect();
    let ordered = cart::on_order(&mut *tx, order.buyer_id).await?;
    let owned = sharing::copies_of(tx, order.buyer_id, &web).await?;
    let has_original = |photo: &PhotoId| {
        owned.iter().any(|copy| copy.photo_id == *photo && copy.size == Size::Original)
            || ordered.iter().any(|(ordered, size)| ordered == photo && *size == Size::Original)
    };
    match web.iter().any(has_original) {
        true => Err(AppError::Conflict(
            "One of these photographs was upgraded to the original for the difference in price. Refund or cancel that order first.".into(),
        )),
        false => Ok(()),
    }
}

async fn paid_with(tx: &mut Tx, order: &Order) -> Result<Payment, AppError> {
    let payments = store::payments(tx, order.id).await?;
    let paid = payments.into_iter().find(|payment| payment.status == PaymentStatus::Succeeded);
    match (order.status, paid) {
        (OrderStatus::Paid, Some(payment)) => Ok(payment),
        _ => Err(AppError::Conflict("Nothing was paid for this order, so there is nothing to give back.".into())),
    }
}

/// What earlier refunds have left of each line.
pub async fn left(tx: &mut Tx, order: &Order, lines: &[LineRow]) -> Result<Vec<Left>, AppError> {
    let earlier = refunds::lines_of_order(tx, order.id).await?;
    let left = |line: &LineRow| {
        let of_line = || earlier.iter().filter(|part| part.order_line_id == line.id);
        let amount = line.amount - of_line().map(|part| part.amount).sum::<i64>();
        Left { id: line.id, amount: amount.max(0), is_returned: of_line().any(|part| part.is_returned) }
    };
    Ok(lines.iter().map(left).collect())
}

pub async fn write_down(
    tx: &mut Tx,
    cx: &RequestContext,
    about: (&Order, &Payment),
    amount: Money,
    why: (RefundOrigin, &str),
) -> Result<RefundRow, AppError> {
    let ((order, payment), (origin, reason)) = (about, why);
    let refund = RefundRow {
        id: RefundId::new(),
        order_id: order.id,
        payment_id: payment.id,
        provider_ref: None,
        amount: amount.amount,
        currency: amount.currency.code().into(),
        reason: reason.into(),
        origin,
        status: RefundStatus::Asked,
        failure: None,
        created_at: cx.now(),
    };
    refunds::insert(tx, &refund).await?;
    let words = if reason.is_empty() { amount.to_string() } else { format!("{amount}: {reason}") };
    let change = Change { entity: "refund", id: order.number.clone(), from: "none", to: RefundStatus::Asked.as_str(), reason: &words };
    history::record(tx, &cx.actor, cx.now(), change).await?;
    Ok(refund)
}
