//! What orders write to people, in the studio's name.
use super::store::{LineRow, Order, PaidHow};
use crate::{
    features::{orders::PaymentMethod, site::Studio},
    paths,
    platform::{config::Config, mail::Letter, when},
    shared::{AppError, Money, PaymentId},
};

/// The lines and the total as a table.
fn listed(mut letter: Letter, order: &Order, lines: &[LineRow]) -> Result<Letter, AppError> {
    for line in lines {
        let what = format!("{}, {} ({})", line.filename, line.size.title().to_lowercase(), line.gallery_title);
        letter = letter.fact(what, order.money(line.amount)?.to_string());
    }
    Ok(letter.fact("Total", order.total()?.to_string()))
}

fn how_to_pay(letter: Letter, studio: &Studio, order: &Order) -> Result<Letter, AppError> {
    let how = match studio.payment_instructions.trim() {
        "" => "By bank transfer or at the studio; ask us for the account.",
        instructions => instructions,
    };
    let ask = format!("Please give the order number {} with your payment.", order.number);
    Ok(letter.words(format!("How to pay {}:", order.total()?)).quote(how).words(ask))
}

fn to_buyer(order: &Order, subject: String, what: &str) -> Letter {
    Letter::new(&order.buyer_email, subject, format!("{what}-{}", order.id)).hello(&order.buyer_name)
}

/// For somebody who chose another way to pay first.
pub fn pay_offline(config: &Config, studio: &Studio, order: &Order) -> Result<Letter, AppError> {
    let letter = to_buyer(order, format!("How to pay your order {}", order.number), "pay-offline");
    Ok(how_to_pay(letter, studio, order)?.button("Your order", config.link(&paths::order(&order.number))).from(&studio.name))
}

pub fn order_placed(config: &Config, studio: &Studio, order: &Order, lines: &[LineRow]) -> Result<Letter, AppError> {
    let subject = format!("Your order {} at {}", order.number, studio.name);
    let mut letter = listed(to_buyer(order, subject, "order-placed").words("thank you for your order."), order, lines)?;
    if order.provider == PaymentMethod::Offline {
        letter = how_to_pay(letter, studio, order)?;
    }
    let link = config.link(&paths::order(&order.number));
    Ok(letter.words("Once it is paid, your downloads are here:").button("Your order", link).from(&studio.name))
}

pub fn receipt(config: &Config, studio: &Studio, order: &Order, lines: &[LineRow], paid: &PaidHow<'_>) -> Result<Letter, AppError> {
    let on = paid.on.and_then(when::civil).unwrap_or_else(|| when::date(paid.at, &studio.time_zone));
    let letter = to_buyer(order, format!("Receipt for order {}: your photographs are ready", order.number), "receipt")
        .words(format!("your order {} is paid. Your photographs are ready to download.", order.number))
        .button("Download your photographs", config.link(&paths::order(&order.number)));
    Ok(listed(letter, order, lines)?
        .words(format!("Paid on {on}."))
        .note(format!("You find everything you bought at any time at {}", config.link(paths::PURCHASES)))
        .from(&studio.name))
}

pub fn order_cancelled(config: &Config, studio: &Studio, order: &Order) -> Letter {
    to_buyer(order, format!("Order {} is cancelled", order.number), "order-cancelled")
        .words(format!("your order {} is cancelled. Nothing is to be paid for it.", order.number))
        .button("Your order", config.link(&paths::order(&order.number)))
        .from(&studio.name)
}

/// Money arrived that no order takes: a person has to look and, most likely, give it back.
pub fn payment_needs_you(config: &Config, owner: &str, order: &Order, payment: PaymentId, taken: Money, why: &str) -> Letter {
    let subject = format!("A payment for order {} needs a look", order.number);
    Letter::new(owner, subject, format!("payment-needs-you-{payment}-{owner}"))
        .words(format!("A payment of {taken} came in for order {}, but {why} The order was not changed.", order.number))
        .words("Please look at it and give the money back if it isn't owed:")
        .button("Look at the order", config.link(&paths::studio_order(&order.number)))
        .note(format!("Payment {payment}"))
}
