//! What orders write to people. Plain text, in the studio's name.
use super::store::{LineRow, Order, PaidHow};
use crate::{
    features::{orders::PaymentMethod, site::Studio},
    paths,
    platform::{config::Config, mail::Letter, when},
    shared::{AppError, Money, PaymentId},
};

fn listed(order: &Order, lines: &[LineRow]) -> Result<String, AppError> {
    let mut text = String::new();
    for line in lines {
        text.push_str(&format!(
            "- {}, {} ({}): {}\n",
            line.filename,
            line.size.title().to_lowercase(),
            line.gallery_title,
            order.money(line.amount)?
        ));
    }
    text.push_str(&format!("Total: {}\n", order.total()?));
    Ok(text)
}

fn how_to_pay(studio: &Studio, order: &Order) -> Result<String, AppError> {
    let how = match studio.payment_instructions.trim() {
        "" => "By bank transfer or at the studio; ask us for the account.",
        instructions => instructions,
    };
    Ok(format!("How to pay {}:\n{how}\n\nPlease give the order number {} with your payment.\n\n", order.total()?, order.number))
}

/// For somebody who chose another way to pay first.
pub fn pay_offline(config: &Config, studio: &Studio, order: &Order) -> Result<Letter, AppError> {
    Ok(Letter {
        to: order.buyer_email.clone(),
        subject: format!("How to pay your order {}", order.number),
        text: format!(
            "Hello {},\n\n{}Your order:\n{}\n\n{}\n",
            order.buyer_name,
            how_to_pay(studio, order)?,
            config.link(&paths::order(&order.number)),
            studio.name
        ),
        once: format!("pay-offline-{}", order.id),
    })
}

pub fn order_placed(config: &Config, studio: &Studio, order: &Order, lines: &[LineRow]) -> Result<Letter, AppError> {
    let how = if order.provider == PaymentMethod::Offline { how_to_pay(studio, order)? } else { String::new() };
    Ok(Letter {
        to: order.buyer_email.clone(),
        subject: format!("Your order {} at {}", order.number, studio.name),
        text: format!(
            "Hello {},\n\nthank you for your order.\n\n{}\n{how}Once it is paid, your downloads are here:\n{}\n\n{}\n",
            order.buyer_name,
            listed(order, lines)?,
            config.link(&paths::order(&order.number)),
            studio.name,
        ),
        once: format!("order-placed-{}", order.id),
    })
}

pub fn receipt(config: &Config, studio: &Studio, order: &Order, lines: &[LineRow], paid: &PaidHow<'_>) -> Result<Letter, AppError> {
    Ok(Letter {
        to: order.buyer_email.clone(),
        subject: format!("Receipt for order {}: your photographs are ready", order.number),
        text: format!(
            "Hello {},\n\nyour order {} is paid. Your photographs are ready to download:\n{}\n\n{}Paid on {}.\n\nYou find everything you bought here at any time:\n{}\n\n{}\n",
            order.buyer_name,
            order.number,
            config.link(&paths::order(&order.number)),
            listed(order, lines)?,
            paid.on.and_then(when::civil).unwrap_or_else(|| when::date(paid.at, &studio.time_zone)),
            config.link(paths::PURCHASES),
            studio.name,
        ),
        once: format!("receipt-{}", order.id),
    })
}

pub fn order_cancelled(config: &Config, studio: &Studio, order: &Order) -> Letter {
    Letter {
        to: order.buyer_email.clone(),
        subject: format!("Order {} is cancelled", order.number),
        text: format!(
            "Hello {},\n\nyour order {} is cancelled. Nothing is to be paid for it.\n\n{}\n\n{}\n",
            order.buyer_name,
            order.number,
            config.link(&paths::order(&order.number)),
            studio.name,
        ),
        once: format!("order-cancelled-{}", order.id),
    }
}

/// Money arrived that no order takes: a person has to look and, most likely, give it back.
pub fn payment_needs_you(config: &Config, owner: &str, order: &Order, payment: PaymentId, taken: Money, why: &str) -> Letter {
    Letter {
        to: owner.into(),
        subject: format!("A payment for order {} needs a look", order.number),
        text: format!(
            "A payment of {taken} came in for order {}, but {why} The order was not changed.\n\nPlease look at it and give the money back if it isn't owed:\n{}\n\nPayment {payment}\n",
            order.number,
            config.link(&paths::studio_order(&order.number)),
        ),
        once: format!("payment-needs-you-{payment}-{owner}"),
    }
}
