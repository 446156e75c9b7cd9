use super::settle::become_paid;
use crate::{
    features::{
        orders::{
            OrderStatus, PaymentMethod, PaymentStatus,
            server::{
                policy,
                store::{self, PaidHow, Payment},
            },
        },
        site::server::service as site,
    },
    platform::{RequestContext, when},
    shared::{AppError, PaymentId, Problem, one_line},
};

/// What the studio writes down about money that came by bank or in cash.
pub struct MarkPaid {
    /// The day on which it came, `2026-06-14`.
    pub paid_on: String,
    pub reference: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marked {
    Now,
    /// Somebody was first; everything that follows from it has happened.
    Already,
}

pub async fn mark_paid(cx: &RequestContext, number: &str, form: MarkPaid) -> Result<Marked, AppError> {
    cx.actor.runs_galleries()?;
    let order = store::order(&cx.db, number).await?;
    policy::may_mark_paid(&cx.actor, &store::parties(&cx.db, &order).await?)?;
    let today = when::day(cx.now(), &site::studio(&cx.db).await?.time_zone);
    let (paid_on, reference) = checked(form, &today)?;
    super::card::give_up(cx, &order).await?;
    let mut tx = cx.db.begin().await?;
    let order = store::lock_order(&mut tx, order.id).await?;
    match order.status {
        OrderStatus::AwaitingPayment => {}
        OrderStatus::Paid => return Ok(Marked::Already),
        OrderStatus::Cancelled => return Err(AppError::Conflict(format!("Order {number} is cancelled, so it cannot be marked paid."))),
    }
    if store::payments(&mut tx, order.id).await?.iter().any(Payment::is_open) {
        return Err(AppError::Conflict(format!(
            "An online payment for order {number} has not been answered yet. Check it first, so that it isn't paid twice."
        )));
    }
    let attempt = PaymentId::new();
    store::insert_payment(&mut tx, attempt, order.id, PaymentMethod::Offline, order.total()?, cx.now()).await?;
    store::set_payment(&mut tx, attempt, PaymentStatus::Succeeded, Some(&reference), None, cx.now()).await?;
    let how = PaidHow { at: cx.now(), on: Some(&paid_on), reference: Some(&reference), provider: PaymentMethod::Offline, rests: false };
    if !become_paid(&mut tx, cx, &order, &how, "marked paid by the studio").await? {
        return Ok(Marked::Already);
    }
    tx.commit().await?;
    cx.bell.ring();
    Ok(Marked::Now)
}

fn checked(form: MarkPaid, today: &str) -> Result<(String, String), AppError> {
    let (paid_on, reference) = (form.paid_on.trim().to_string(), one_line(&form.reference));
    let mut problems = vec![];
    let mut wrong = |field: &str, message: &str| problems.push(Problem { field: field.into(), message: message.into() });
    // days are written year first, so the earlier one is the smaller text
    match (when::civil(&paid_on), paid_on.len()) {
        (Some(_), 10) if paid_on.as_str() <= today => {}
        (Some(_), 10) => wrong("paid_on", "this day hasn't come yet"),
        _ => wrong("paid_on", "choose the day on which the money came"),
    }
    match reference.chars().count() {
        0 => wrong("reference", "write down how it was paid, such as the bank's reference or “cash”"),
        1..=200 => {}
        _ => wrong("reference", "use at most 200 characters"),
    }
    if problems.is_empty() { Ok((paid_on, reference)) } else { Err(AppError::Invalid(problems)) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn money_came_today_or_before_and_somebody_knows_how() {
        let read =
            |paid_on: &str, reference: &str| checked(MarkPaid { paid_on: paid_on.into(), reference: reference.into() }, "2026-06-14");
        assert_eq!(read("2026-06-14", " bank\n7 ").unwrap(), ("2026-06-14".into(), "bank 7".into()));
        assert_eq!(read("2025-12-31", "cash").unwrap().0, "2025-12-31");
        for (paid_on, reference) in [("2026-06-15", "x"), ("2026-02-30", "x"), ("", "x"), ("2026-06-14T10:00", "x"), ("2026-06-14", " ")] {
            assert!(read(paid_on, reference).is_err(), "{paid_on} {reference}");
        }
    }
}
