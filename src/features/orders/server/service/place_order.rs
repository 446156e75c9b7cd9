use super::{
    checkout::{seal, total},
    pay, settle,
};
use crate::{
    features::{
        accounts::server::service as accounts,
        cart::server::service::{self as cart, Line},
        orders::{
            CheckoutForm, OrderStatus, PaymentMethod, SandboxWish,
            server::{
                mails,
                store::{self, LineRow, NewOrder, Order},
            },
        },
        site::{Studio, server::service as site},
    },
    platform::{
        Person, RequestContext,
        clock::HOUR,
        db::Tx,
        history::{self, Change},
        mail, when,
    },
    shared::{AppError, Money, OrderId, OrderLineId},
};
use std::collections::BTreeSet;

/// A form that is sent a second time this much later still leads to the order that its first sending made.
const SAME_CHECKOUT: i64 = HOUR;

/// Turns the cart into an order and gives its number; with the sandbox the payment is asked for at once.
/// Sent twice it makes one order: the second finds the cart empty and is led to the first.
pub async fn place_order(cx: &RequestContext, form: CheckoutForm) -> Result<String, AppError> {
    let person = cx.actor.person()?;
    pay::is_offered(cx, form.payment)?;
    let mut tx = cx.db.begin().await?;
    accounts::one_at_a_time(&mut tx, person.id).await?;
    let studio = site::studio_in(&mut tx).await?;
    let lines = cart::lines(&mut tx, &cx.actor).await?.into_iter().filter(|line| !line.saved).collect::<Vec<_>>();
    if lines.is_empty() {
        let just_placed = store::latest_of(&mut tx, person.id, cx.now() - SAME_CHECKOUT).await?;
        return just_placed
            .map(|order| order.number)
            .ok_or_else(|| AppError::Conflict("Your cart is empty. Choose photographs first.".into()));
    }
    let total = agreed(&lines, &studio, &form)?;
    conclude(tx, cx, &studio, lines, total, (form.payment, form.wish)).await
}

/// Writes the order down and, with the sandbox, asks for its payment at once.
pub(super) async fn conclude(
    mut tx: Tx,
    cx: &RequestContext,
    studio: &Studio,
    lines: Vec<Line>,
    total: Money,
    (payment, wish): (PaymentMethod, SandboxWish),
) -> Result<String, AppError> {
    let method = if total.amount == 0 { PaymentMethod::Free } else { payment };
    let order = write_down(&mut tx, cx, cx.actor.person()?, studio, lines, total, method).await?;
    if method == PaymentMethod::Free {
        settle::nothing_to_pay(&mut tx, cx, &order).await?;
    }
    tx.commit().await?;
    cx.bell.ring();
    if method == PaymentMethod::Sandbox {
        // the order stands whatever becomes of its payment: its page says where that is, and offers the next step
        if let Err(error) = pay::start(cx, &order, method, wish).await {
            tracing::warn!(order = order.number, %error, "the payment of a new order could not be asked for");
        }
    }
    Ok(order.number)
}

/// The total, if the person has seen exactly this: every line can be bought, and nothing costs more or less than shown.
fn agreed(lines: &[Line], studio: &Studio, form: &CheckoutForm) -> Result<Money, AppError> {
    if lines.iter().any(|line| line.line.offer.is_err()) {
        return Err(AppError::Conflict(
            "Something in your cart cannot be bought any more. Remove it or save it for later, then place the order.".into(),
        ));
    }
    let total = total(lines, studio.currency)?;
    let unchanged = match form.seal.as_str() {
        "" => lines.iter().all(|line| line.line.price_before.is_none()),
        seen => seen == seal(lines),
    };
    if !unchanged || total.amount != form.expected_total {
        return Err(AppError::Conflict(format!(
            "The price has changed: your order comes to {total} now. Please look at it again and confirm."
        )));
    }
    Ok(total)
}

async fn write_down(
    tx: &mut Tx,
    cx: &RequestContext,
    person: &Person,
    studio: &Studio,
    lines: Vec<Line>,
    total: Money,
    method: PaymentMethod,
) -> Result<Order, AppError> {
    let number = store::next_number(tx, when::year(cx.now(), &studio.time_zone)).await?;
    let buyer = (person.id, person.name.as_str(), person.email.as_str());
    let id = OrderId::new();
    store::insert_order(tx, &NewOrder { id, number: &number, buyer, total, provider: method, placed_at: cx.now() }).await?;
    let rows = lines
        .into_iter()
        .map(snapshot)
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| AppError::Conflict("Your cart has changed. Please look at it again.".into()))?;
    for (position, row) in (0..).zip(&rows) {
        store::insert_line(tx, id, position, row).await?;
    }
    let copies: Vec<_> = rows.iter().map(|row| (row.photo_id, row.size)).collect();
    cart::move_to_order(tx, person.id, &copies, &number).await?;
    let to = OrderStatus::AwaitingPayment;
    history::record(tx, &cx.actor, cx.now(), Change { entity: "order", id: number.clone(), from: "cart", to: to.as_str(), reason: "" })
        .await?;
    let order = store::lock_order(tx, id).await?;
    if method != PaymentMethod::Free {
        mail::post(tx, cx, mails::order_placed(&cx.config, studio, &order, &rows)?).await?;
    }
    tell_studio(tx, cx, &order, &rows).await?;
    Ok(order)
}

/// The owners hear of the whole order, photographers of their part of it.
async fn tell_studio(tx: &mut Tx, cx: &RequestContext, order: &Order, rows: &[LineRow]) -> Result<(), AppError> {
    let owners = accounts::owners(tx).await?;
    let photographers: BTreeSet<_> = rows.iter().map(|row| row.photographer_id).collect();
    let photographers: Vec<_> = photographers.into_iter().filter(|id| !owners.iter().any(|owner| owner.id == *id)).collect();
    for owner in &owners {
        let all: Vec<_> = rows.iter().collect();
        mail::post(tx, cx, mails::order_for_studio(&cx.config, &owner.email, order, &all, true)?).await?;
    }
    for photographer in accounts::people(&mut *tx, &photographers).await? {
        let own: Vec<_> = rows.iter().filter(|row| row.photographer_id == photographer.id).collect();
        let is_whole = own.len() == rows.len();
        mail::post(tx, cx, mails::order_for_studio(&cx.config, &photographer.email, order, &own, is_whole)?).await?;
    }
    Ok(())
}

/// What the order keeps of a line, whatever becomes of gallery, price and licence later.
fn snapshot(line: Line) -> Option<LineRow> {
    let (offer, shown) = (line.line.offer.ok()?, line.line.shown?);
    Some(LineRow {
        id: OrderLineId::new(),
        photo_id: line.line.photo,
        photographer_id: line.photographer?,
        gallery_title: shown.gallery_title,
        filename: shown.filename,
        size: line.line.size,
        licence: offer.licence,
        amount: offer.price.amount,
    })
}
