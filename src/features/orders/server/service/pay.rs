use super::settle::settle;
use crate::{
    features::{
        orders::{
            OrderStatus, PaymentMethod, PaymentStatus, SandboxWish,
            server::{
                mails, policy,
                store::{self, Order, Payment},
            },
        },
        site::server::service as site,
    },
    platform::{
        RequestContext,
        clock::MINUTE,
        mail,
        payment::{Gateway, Wish},
    },
    shared::{AppError, Money, PaymentId},
};

/// Only what the settings offer can be chosen, whatever the request says.
pub fn is_offered(cx: &RequestContext, method: PaymentMethod) -> Result<(), AppError> {
    match method {
        PaymentMethod::Offline => Ok(()),
        PaymentMethod::Sandbox if cx.config.payment_sandbox => Ok(()),
        _ => Err(AppError::field("payment", "choose one of the ways to pay")),
    }
}

/// The buyer tries (again) to pay a waiting order. The order stays the same, each try is an attempt of its own.
pub async fn pay_order(cx: &RequestContext, number: &str, method: PaymentMethod, wish: SandboxWish) -> Result<(), AppError> {
    cx.actor.person()?;
    let order = store::order(&cx.db, number).await?;
    policy::may_pay(&cx.actor, &store::parties(&cx.db, &order).await?)?;
    is_offered(cx, method)?;
    start(cx, &order, method, wish).await
}

/// Writes the attempt down and commits it, then asks. An attempt that still waits for its answer is asked again instead
/// of starting a second one beside it, so that nobody pays twice for being impatient.
pub async fn start(cx: &RequestContext, order: &Order, method: PaymentMethod, wish: SandboxWish) -> Result<(), AppError> {
    let mut tx = cx.db.begin().await?;
    let order = store::lock_order(&mut tx, order.id).await?;
    match order.status {
        OrderStatus::AwaitingPayment => {}
        // paid meanwhile, by another tab or by the studio: there is nothing left to do
        OrderStatus::Paid => return Ok(()),
        OrderStatus::Cancelled => return Err(AppError::Conflict("This order is cancelled, so it cannot be paid.".into())),
    }
    let attempts = store::payments(&mut tx, order.id).await?;
    if attempts.iter().any(|attempt| attempt.status == PaymentStatus::Mismatch) {
        return Err(AppError::Conflict(
            "A payment for this order arrived with another amount. The studio is looking into it; please don't pay again.".into(),
        ));
    }
    if let Some(open) = attempts.into_iter().find(Payment::is_open) {
        drop(tx);
        return ask(cx, open.id, open.provider, Money::new(open.amount, open.currency.parse()?), Wish::Success).await;
    }
    store::set_provider(&mut tx, order.id, method).await?;
    if method == PaymentMethod::Offline {
        if order.provider != PaymentMethod::Offline {
            let studio = site::studio_in(&mut tx).await?;
            mail::post(&mut tx, cx, mails::pay_offline(&cx.config, &studio, &order)?).await?;
        }
        tx.commit().await?;
        cx.bell.ring();
        return Ok(());
    }
    let attempt = PaymentId::new();
    store::insert_payment(&mut tx, attempt, order.id, method, order.total()?, cx.now()).await?;
    tx.commit().await?;
    ask(cx, attempt, method, order.total()?, wish.into()).await
}

impl From<SandboxWish> for Wish {
    fn from(wish: SandboxWish) -> Self {
        match wish {
            SandboxWish::Success => Self::Success,
            SandboxWish::Decline => Self::Decline,
            SandboxWish::AnswerLost => Self::LoseAnswer,
        }
    }
}

async fn ask(cx: &RequestContext, attempt: PaymentId, method: PaymentMethod, amount: Money, wish: Wish) -> Result<(), AppError> {
    let gateway = match method {
        PaymentMethod::Sandbox => Gateway::Sandbox,
        PaymentMethod::Offline | PaymentMethod::Free => Gateway::Offline,
    };
    let said = gateway.charge(&cx.db, attempt.0, amount, wish).await?;
    settle(cx, attempt, said).await
}

/// Asks the provider again about an attempt without an answer. The key is the same, so nothing is charged twice.
pub async fn check_payment(cx: &RequestContext, number: &str) -> Result<(), AppError> {
    cx.actor.person()?;
    let order = store::order(&cx.db, number).await?;
    policy::may_check_payment(&cx.actor, &store::parties(&cx.db, &order).await?)?;
    for open in store::payments(&cx.db, order.id).await?.into_iter().filter(Payment::is_open) {
        ask(cx, open.id, open.provider, Money::new(open.amount, open.currency.parse()?), Wish::Success).await?;
    }
    Ok(())
}

/// Asks about every attempt that has had no answer for ten minutes; run from time to time, so that nothing hangs because
/// its buyer never came back. Gives the number of attempts asked about.
pub async fn check_open_payments(cx: &RequestContext) -> Result<usize, AppError> {
    let open = store::open_payments(&cx.db, cx.now() - 10 * MINUTE).await?;
    for attempt in &open {
        ask(cx, attempt.id, attempt.provider, Money::new(attempt.amount, attempt.currency.parse()?), Wish::Success).await?;
    }
    Ok(open.len())
}
