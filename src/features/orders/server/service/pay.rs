use super::{card, settle::settle};
use crate::{
    features::{
        orders::{
            OrderStatus, PaymentMethod, PaymentStatus, SandboxWish, Ways,
            server::{
                mails, policy,
                store::{self, Order, Payment},
            },
        },
        site::server::service as site,
    },
    platform::{
        RequestContext, Services, mail,
        payment::{Gateway, Outcome, Question, Wish},
    },
    shared::{AppError, PaymentId},
};

pub fn ways(services: &Services) -> Ways {
    Ways { card: services.stripe.is_some(), sandbox: services.config.payment_sandbox }
}

/// Only what the settings offer can be chosen, whatever the request says.
pub fn is_offered(cx: &RequestContext, method: PaymentMethod) -> Result<(), AppError> {
    let ways = ways(cx);
    match method {
        PaymentMethod::Offline => Ok(()),
        PaymentMethod::Sandbox if ways.sandbox => Ok(()),
        PaymentMethod::Card if ways.card => Ok(()),
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
/// of starting a second one beside it, so that nobody pays twice for being impatient. A card payment only begins on its
/// own page, where the card is given.
pub async fn start(cx: &RequestContext, order: &Order, method: PaymentMethod, wish: SandboxWish) -> Result<(), AppError> {
    if method != PaymentMethod::Card {
        card::give_up(cx, order).await?;
    }
    let mut tx = cx.db.begin().await?;
    let order = store::lock_order(&mut tx, order.id).await?;
    match order.status {
        OrderStatus::AwaitingPayment => {}
        // paid meanwhile, by another tab or by the studio: there is nothing left to do
        OrderStatus::Paid => return Ok(()),
        OrderStatus::Cancelled => return Err(AppError::Conflict("This order is cancelled, so it cannot be paid.".into())),
    }
    let attempts = store::payments(&mut tx, order.id).await?;
    refuse_while_studio_looks(&attempts)?;
    if let Some(open) = attempts.into_iter().find(Payment::is_open) {
        drop(tx);
        return ask(cx, &open, Wish::Success).await.map(drop);
    }
    store::set_provider(&mut tx, order.id, method).await?;
    if method == PaymentMethod::Offline && order.provider != PaymentMethod::Offline {
        let studio = site::studio_in(&mut tx).await?;
        mail::post(&mut tx, cx, mails::pay_offline(&cx.config, &studio, &order)?).await?;
    }
    if method != PaymentMethod::Sandbox {
        tx.commit().await?;
        cx.bell.ring();
        return Ok(());
    }
    let attempt = PaymentId::new();
    store::insert_payment(&mut tx, attempt, order.id, method, order.total()?, cx.now()).await?;
    let attempt = store::payment(&mut tx, attempt).await?;
    tx.commit().await?;
    ask(cx, &attempt, wish.into()).await.map(drop)
}

pub fn refuse_while_studio_looks(attempts: &[Payment]) -> Result<(), AppError> {
    if attempts.iter().any(|attempt| attempt.status == PaymentStatus::Mismatch) {
        return Err(AppError::Conflict(
            "A payment for this order arrived with another amount. The studio is looking into it; please don't pay again.".into(),
        ));
    }
    Ok(())
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

/// What is asked about an attempt, always in the same words.
pub fn question(attempt: &Payment, wish: Wish) -> Result<Question<'_>, AppError> {
    Ok(Question { key: attempt.id.0, reference: attempt.provider_ref.as_deref(), order: &attempt.number, amount: attempt.money()?, wish })
}

/// Asks the provider and takes in what it says; gives it back, too.
pub async fn ask(cx: &RequestContext, attempt: &Payment, wish: Wish) -> Result<Outcome, AppError> {
    let gateway = match (attempt.provider, &cx.stripe) {
        (PaymentMethod::Sandbox, _) => Gateway::Sandbox(&cx.db),
        (PaymentMethod::Card, Some(stripe)) => Gateway::Card(stripe),
        _ => Gateway::Offline,
    };
    let said = gateway.ask(&question(attempt, wish)?).await?;
    settle(cx, attempt.id, said.clone()).await?;
    Ok(said)
}

/// Asks the provider again about attempts without an end. The key is the same, so nothing is charged twice.
pub async fn check_payment(cx: &RequestContext, number: &str) -> Result<(), AppError> {
    cx.actor.person()?;
    let order = store::order(&cx.db, number).await?;
    policy::may_check_payment(&cx.actor, &store::parties(&cx.db, &order).await?)?;
    for open in store::payments(&cx.db, order.id).await?.iter().filter(|attempt| attempt.is_open()) {
        ask(cx, open, Wish::Success).await?;
    }
    Ok(())
}
