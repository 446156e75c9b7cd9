//! Paying by card. The card goes to the provider from the browser; here it is only said what is to be paid, and looked
//! at what became of it. What the browser says about that is never believed.
use super::{
    pay::{self, ask},
    settle::settle,
    tries,
};
use crate::{
    features::orders::{
        CardPage, CardPayment, OrderStatus, PayView, PaymentMethod, PaymentStatus,
        server::{
            policy,
            store::{self, Order, Payment},
        },
    },
    paths,
    platform::{
        RequestContext,
        payment::{Outcome, Stripe, Turn, Wish},
    },
    shared::{AppError, PaymentId},
};

fn stripe(cx: &RequestContext) -> Result<&Stripe, AppError> {
    cx.stripe.as_ref().ok_or_else(|| AppError::Conflict("Cards cannot be taken at this studio just now. Choose another way to pay.".into()))
}

fn conflict<T>(words: &str) -> Result<T, AppError> {
    Err(AppError::Conflict(words.into()))
}

async fn own_order(cx: &RequestContext, number: &str) -> Result<Order, AppError> {
    cx.actor.person()?;
    let order = store::order(&cx.db, number).await?;
    policy::may_pay(&cx.actor, &store::parties(&cx.db, &order).await?)?;
    Ok(order)
}

/// The page with the provider's form; the payment itself begins when the form asks for it.
pub async fn pay_page(cx: &RequestContext, number: &str) -> Result<CardPage, AppError> {
    let order = own_order(cx, number).await?;
    if order.status != OrderStatus::AwaitingPayment {
        return Ok(CardPage::NothingToPay);
    }
    // an order from the days when cards were taken
    let Some(stripe) = &cx.stripe else { return Ok(CardPage::NoCards) };
    let settings = stripe.settings();
    Ok(CardPage::Card(PayView {
        total: order.total()?,
        number: order.number,
        public_key: settings.public_key.clone(),
        js_url: settings.js_url.clone(),
        is_test: settings.is_test,
    }))
}

/// Opens the order's payment at the provider, or finds the one that is open: there is never a second beside it.
pub async fn begin_card_payment(cx: &RequestContext, number: &str) -> Result<CardPayment, AppError> {
    let order = own_order(cx, number).await?;
    let stripe = stripe(cx)?;
    tries::go_on(cx, order.buyer_id).await?;
    if !store::payments(&cx.db, order.id).await?.iter().any(Payment::is_open) {
        tries::begin(cx, order.buyer_id).await?;
    }
    // the second round is for an attempt that the provider had closed meanwhile
    for _ in 0..2 {
        let attempt = open_attempt(cx, &order).await?;
        let question = pay::question(&attempt, Wish::Success)?;
        let (secret, said) = match stripe.intent_for(&question).await {
            Ok(intent) => (intent.client_secret.clone(), intent.outcome()?),
            Err(fault) => {
                tracing::warn!(order = order.number, %fault, "a card payment could not begin");
                (None, Stripe::without_intent(&question, &fault))
            }
        };
        settle(cx, attempt.id, said.clone()).await?;
        match said {
            Outcome::Waiting { turn: Turn::Bank, .. } => {
                return conflict("Your bank is working on this payment. You don't have to do anything.");
            }
            Outcome::Waiting { .. } => {
                let now = store::payment(&cx.db, attempt.id).await?;
                let (Some(client_secret), true) = (secret, now.is_open()) else {
                    return conflict("This order has changed. Please look at it again.");
                };
                let (public_key, amount) = (stripe.settings().public_key.clone(), order.total()?);
                return Ok(CardPayment { client_secret, public_key, amount, return_url: cx.config.link(&paths::paid(number)) });
            }
            Outcome::Succeeded { .. } => return conflict("This order is paid already."),
            Outcome::Declined(words) => return conflict(&words),
            Outcome::Unknown => return Err(AppError::Unavailable),
            Outcome::Ended { .. } => {}
        }
    }
    Err(AppError::Unavailable)
}

/// Written down and committed before the provider hears of it.
async fn open_attempt(cx: &RequestContext, order: &Order) -> Result<Payment, AppError> {
    let mut tx = cx.db.begin().await?;
    let order = store::lock_order(&mut tx, order.id).await?;
    match order.status {
        OrderStatus::AwaitingPayment => {}
        OrderStatus::Paid => return conflict("This order is paid already."),
        OrderStatus::Cancelled => return conflict("This order is cancelled, so it cannot be paid."),
    }
    let attempts = store::payments(&mut tx, order.id).await?;
    pay::refuse_while_studio_looks(&attempts)?;
    match attempts.into_iter().find(Payment::is_open) {
        Some(open) if open.is_card() => return Ok(open),
        Some(_) => return conflict("Another payment for this order is still being checked. Check it first."),
        None => {}
    }
    let id = PaymentId::new();
    store::set_provider(&mut tx, order.id, PaymentMethod::Card).await?;
    store::insert_payment(&mut tx, id, order.id, PaymentMethod::Card, order.total()?, cx.now()).await?;
    let attempt = store::payment(&mut tx, id).await?;
    tx.commit().await?;
    Ok(attempt)
}

/// The browser says that something happened: the provider is asked what.
pub async fn confirm_card_payment(cx: &RequestContext, number: &str) -> Result<OrderStatus, AppError> {
    let order = own_order(cx, number).await?;
    for open in store::payments(&cx.db, order.id).await?.iter().filter(|attempt| attempt.is_open() && attempt.is_card()) {
        ask(cx, open, Wish::Success).await?;
    }
    Ok(store::order(&cx.db, number).await?.status)
}

/// Closes card payments that wait for a card, so that the order can be paid in another way or cancelled. Whoever has
/// their page open can no longer pay there. One that is under way goes on, and is found by whoever asks next.
pub async fn give_up(cx: &RequestContext, order: &Order) -> Result<(), AppError> {
    let by_studio = cx.actor.user() != Some(order.buyer_id);
    for attempt in store::payments(&cx.db, order.id).await?.iter().filter(|attempt| attempt.is_open() && attempt.is_card()) {
        match &cx.stripe {
            Some(_) => drop(close(cx, attempt).await?),
            // only the studio can look into the provider's own pages
            None if attempt.status == PaymentStatus::Processing && !by_studio => {}
            None => let_go(cx, attempt.id).await?,
        }
    }
    Ok(())
}

/// Asks the provider to close one attempt, and takes in what it says about it afterwards. Whether there was an answer.
pub async fn close(cx: &RequestContext, attempt: &Payment) -> Result<bool, AppError> {
    let Some(stripe) = &cx.stripe else { return let_go(cx, attempt.id).await.map(|()| true) };
    let said = ask(cx, attempt, Wish::Success).await?;
    let Outcome::Waiting { reference, turn: Turn::Card | Turn::Confirmation, .. } = said else { return Ok(said != Outcome::Unknown) };
    // refused when it was paid in this very moment; the answer below tells
    if let Err(fault) = stripe.cancel(&reference).await {
        tracing::warn!(%fault, "a card payment could not be closed");
    }
    let found = Payment { provider_ref: Some(reference), ..attempt.clone() };
    ask(cx, &found, Wish::Success).await.map(|said| said != Outcome::Unknown)
}

/// The studio's keys were taken away, so nobody can be asked about this attempt. It must not hold up its order; should
/// money come after all, it is heard of when the keys are back, and what is not owed then goes back.
async fn let_go(cx: &RequestContext, attempt: PaymentId) -> Result<(), AppError> {
    let mut tx = cx.db.begin().await?;
    let about = store::payment(&mut tx, attempt).await?.order_id;
    store::lock_order(&mut tx, about).await?;
    if store::payment(&mut tx, attempt).await?.is_open() {
        store::set_payment(&mut tx, attempt, PaymentStatus::Ended, None, None, cx.now()).await?;
    }
    tx.commit().await
}

/// A card payment that nobody has finished for a day is closed; the order still waits and can be paid anew.
pub fn is_abandoned(attempt: &Payment, now: i64) -> bool {
    let waits = matches!(attempt.status, PaymentStatus::Started | PaymentStatus::ActionNeeded);
    attempt.is_card() && waits && now - attempt.created_at > crate::platform::clock::DAY
}
