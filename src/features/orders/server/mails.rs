//! What orders write to people, in the studio's name.
use super::store::{LineRow, Order, PaidHow, disputes::DisputeRow, invoices::InvoiceRow, refunds::RefundRow};
use crate::{
    features::{
        orders::{DisputeState, PaymentMethod},
        site::Studio,
    },
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

pub fn receipt(
    config: &Config,
    studio: &Studio,
    order: &Order,
    lines: &[LineRow],
    paid: &PaidHow<'_>,
    invoice: Option<&InvoiceRow>,
) -> Result<Letter, AppError> {
    let on = paid.on.and_then(when::civil).unwrap_or_else(|| when::date(paid.at, &studio.time_zone));
    let link = config.link(&paths::order(&order.number));
    let letter = if paid.rests {
        to_buyer(order, format!("Receipt for order {}", order.number), "receipt")
            .words(format!("your order {} is paid. We look at each payment like this one first; then we write to you again, and your photographs are ready to download.", order.number))
            .button("Your order", link)
    } else {
        to_buyer(order, format!("Receipt for order {}: your photographs are ready", order.number), "receipt")
            .words(format!("your order {} is paid. Your photographs are ready to download.", order.number))
            .button("Download your photographs", link)
    };
    let letter = listed(letter, order, lines)?.words(format!("Paid on {on}."));
    Ok(with_paper(letter, config, "invoice", invoice)
        .note(format!("You find everything you bought at any time at {}", config.link(paths::PURCHASES)))
        .from(&studio.name))
}

pub fn order_cancelled(config: &Config, studio: &Studio, order: &Order) -> Letter {
    to_buyer(order, format!("Order {} is cancelled", order.number), "order-cancelled")
        .words(format!("your order {} is cancelled. Nothing is to be paid for it.", order.number))
        .button("Your order", config.link(&paths::order(&order.number)))
        .from(&studio.name)
}

/// Encloses the paper and says where else it is.
fn with_paper(letter: Letter, config: &Config, what: &str, paper: Option<&InvoiceRow>) -> Letter {
    let Some(InvoiceRow { number, paper, .. }) = paper else { return letter };
    let words = format!("Your {what} {number} is enclosed. It is also here: {}", config.link(&paths::paper(number)));
    letter.words(words).enclose(format!("{number}.pdf"), paper)
}

/// To the owner, and to those whose photographs were ordered.
pub fn order_for_studio(config: &Config, to: &str, order: &Order, lines: &[&LineRow], is_whole: bool) -> Result<Letter, AppError> {
    let subject = format!("New order {} by {}", order.number, order.buyer_name);
    let mut letter =
        Letter::new(to, subject, format!("order-for-studio-{}-{to}", order.id)).words(format!("{} has placed an order.", order.buyer_name));
    for line in lines {
        let what = format!("{}, {} ({})", line.filename, line.size.title().to_lowercase(), line.gallery_title);
        letter = letter.fact(what, order.money(line.amount)?.to_string());
    }
    if is_whole {
        letter = letter.fact("Total", order.total()?.to_string()).fact("Payment", order.provider.title());
    }
    Ok(letter.button("Look at the order", config.link(&paths::studio_order(&order.number))))
}

/// Money arrived that no order takes. What came by card goes back by itself; for the rest a person has to look.
pub fn payment_needs_you(
    config: &Config,
    owner: &str,
    order: &Order,
    payment: PaymentId,
    taken: Money,
    (why, goes_back): (&str, bool),
) -> Letter {
    let next = if goes_back {
        "The money goes back to the payer by itself; there is nothing to do."
    } else {
        "Please look at it and give the money back if it isn't owed:"
    };
    let subject = format!("A payment for order {} needs a look", order.number);
    Letter::new(owner, subject, format!("payment-needs-you-{payment}-{owner}"))
        .words(format!("A payment of {taken} came in for order {}, but {why} The order was not changed.", order.number))
        .words(next)
        .button("Look at the order", config.link(&paths::studio_order(&order.number)))
        .note(format!("Payment {payment}"))
}

/// To the buyer: a second payment, or one for a cancelled order, is on its way back.
pub fn given_back(config: &Config, studio: &Studio, order: &Order, refund: &RefundRow) -> Result<Letter, AppError> {
    let money = refund.money()?;
    let subject = format!("We have sent {money} back to you");
    Ok(Letter::new(&order.buyer_email, subject, format!("given-back-{}", refund.id))
        .hello(&order.buyer_name)
        .words(format!("a payment of {money} for order {} reached us that was not owed{}", order.number, because(&refund.reason)))
        .words("We have sent it back to the card or account it came from. Banks take a few days.")
        .button("Your order", config.link(&paths::order(&order.number)))
        .from(&studio.name))
}

fn because(reason: &str) -> String {
    if reason.is_empty() { ".".into() } else { format!(": {reason}") }
}

/// To the buyer: what was told to go back did not arrive.
pub fn refund_undone(
    config: &Config,
    studio: &Studio,
    order: &Order,
    refund: &RefundRow,
    paper: Option<&InvoiceRow>,
) -> Result<Letter, AppError> {
    let money = refund.money()?;
    let subject = format!("The refund for order {} did not go through", order.number);
    let letter = Letter::new(&order.buyer_email, subject, format!("refund-undone-{}", refund.id))
        .hello(&order.buyer_name)
        .words(format!(
            "we had given {money} of your order {} back, but your bank or card did not take it, and it came back to us.",
            order.number
        ))
        .words(
            "Downloads that ended with this refund are there again. If you still expect the money, please tell us another way to send it.",
        );
    let letter = with_paper(letter, config, "correcting invoice", paper);
    Ok(letter.button("Your order", config.link(&paths::order(&order.number))).from(&studio.name))
}

/// To the owner: the provider doubts a payment.
pub fn on_hold(config: &Config, owner: &str, order: &Order, payment: PaymentId) -> Letter {
    Letter::new(owner, format!("The payment of order {} needs a look", order.number), format!("on-hold-{payment}-{owner}"))
        .words(format!("Order {} is paid, but the payment provider thinks that it may be a fraud. Its downloads rest.", order.number))
        .words("Look at the payment in the provider's pages. If you know the client, release the downloads; if not, give the money back:")
        .button("Look at the order", config.link(&paths::studio_order(&order.number)))
}

/// To the buyer: somebody has looked at the payment.
pub fn released(config: &Config, studio: &Studio, order: &Order, payment: PaymentId) -> Letter {
    Letter::new(&order.buyer_email, format!("Your photographs are ready: order {}", order.number), format!("released-{payment}"))
        .hello(&order.buyer_name)
        .words(format!("thank you for waiting. The photographs of your order {} are ready to download.", order.number))
        .button("Download your photographs", config.link(&paths::order(&order.number)))
        .from(&studio.name)
}

/// `gone`: the photographs that can no longer be downloaded.
pub fn refunded(
    config: &Config,
    studio: &Studio,
    order: &Order,
    refund: &RefundRow,
    gone: &[&LineRow],
    credit_note: Option<&InvoiceRow>,
) -> Result<Letter, AppError> {
    let money = refund.money()?;
    let mut letter =
        Letter::new(&order.buyer_email, format!("Refund of {money} for order {}", order.number), format!("refunded-{}", refund.id))
            .hello(&order.buyer_name)
            .words(format!(
                "we have given {money} of your order {} back. It goes the way it was paid; banks take a few days.",
                order.number
            ));
    if !refund.reason.is_empty() {
        letter = letter.words("The reason:").quote(&refund.reason);
    }
    if !gone.is_empty() {
        letter = letter.words("These photographs were given back and can no longer be downloaded:");
        for line in gone {
            letter = letter.fact(&line.filename, format!("{} ({})", line.size.title().to_lowercase(), line.gallery_title));
        }
    }
    let letter = with_paper(letter, config, "credit note", credit_note);
    Ok(letter.button("Your order", config.link(&paths::order(&order.number))).from(&studio.name))
}

pub fn refund_failed(config: &Config, owner: &str, order: &Order, refund: &RefundRow, words: &str) -> Result<Letter, AppError> {
    let subject = format!("A refund for order {} failed", order.number);
    Ok(Letter::new(owner, subject, format!("refund-failed-{}-{owner}", refund.id))
        .words(format!("The refund of {} for order {} did not go through. {words}", refund.money()?, order.number))
        .button("Look at the order", config.link(&paths::studio_order(&order.number))))
}

/// To the owner: the provider was asked again and again and has not answered.
pub fn refund_waits(config: &Config, owner: &str, order: &Order, refund: &RefundRow) -> Result<Letter, AppError> {
    let subject = format!("A refund for order {} is still waiting", order.number);
    Ok(Letter::new(owner, subject, format!("refund-waits-{}-{owner}", refund.id))
        .words(format!(
            "The payment provider has not answered about the refund of {} for order {}. We go on asking every minute, and it is made only once.",
            refund.money()?,
            order.number
        ))
        .words("Please look whether the provider's keys are right in the settings, and whether the provider says in its own pages that it is ill.")
        .button("Look at the order", config.link(&paths::studio_order(&order.number))))
}

/// To the owner, whenever a dispute takes a new turn.
pub fn dispute(config: &Config, owner: &str, order: &Order, dispute: &DisputeRow) -> Result<Letter, AppError> {
    let next = match dispute.state {
        DisputeState::Open if !config.disputes_suspend => {
            "The downloads of this order stay as they are until it is decided. Answer in the payment provider's pages before the bank's deadline."
        }
        DisputeState::Open => {
            "The downloads of this order rest until it is decided. Answer in the payment provider's pages before the bank's deadline."
        }
        DisputeState::Inquiry => {
            "The money is still there, and so are the downloads. Answer in the payment provider's pages to keep it so."
        }
        DisputeState::Won | DisputeState::Closed => "The downloads of this order are there again.",
        DisputeState::Lost => "The downloads of this order have ended.",
    };
    let subject = format!("Order {}: {}", order.number, dispute.state.title());
    let mut letter = Letter::new(owner, subject, format!("dispute-{}-{}-{owner}", dispute.id, dispute.state)).words(format!(
        "{}: {} of order {}.",
        dispute.state.title(),
        dispute.money()?,
        order.number
    ));
    if !dispute.reason.is_empty() {
        letter = letter.fact("Reason", &dispute.reason);
    }
    Ok(letter.words(next).button("Look at the order", config.link(&paths::studio_order(&order.number))))
}
