use super::{checkout::total, pay, place_order::conclude};
use crate::{
    features::{
        accounts::server::service as accounts,
        cart::{Obstacle, server::service as cart},
        catalogue::Size,
        orders::{PaymentMethod, SandboxWish},
        site::server::service as site,
    },
    platform::RequestContext,
    shared::{AppError, PhotoId},
};
use std::collections::BTreeSet;

const MOST: usize = 500;

/// One copy, chosen by a program.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    pub photo: PhotoId,
    pub size: Size,
}

/// Orders these copies (or, without any named, what lies in the cart) at today's prices. What the program believes it to
/// cost, in minor units and currency, must be what it costs.
pub async fn order_items(
    cx: &RequestContext,
    items: Option<Vec<Item>>,
    payment: PaymentMethod,
    expected: Option<(i64, String)>,
) -> Result<String, AppError> {
    let person = cx.actor.person()?;
    pay::is_offered(cx, payment)?;
    let copies: Option<Vec<_>> = items.map(|items| items.into_iter().map(|item| (item.photo, item.size)).collect());
    if let Some(copies) = &copies {
        let different: BTreeSet<_> = copies.iter().map(|(photo, _)| *photo).collect();
        match copies.len() {
            0 => return Err(AppError::field("items", "choose at least one photograph")),
            many if many > MOST => return Err(AppError::field("items", format!("at most {MOST} photographs at once"))),
            many if many > different.len() => return Err(AppError::field("items", "choose each photograph once")),
            _ => {}
        }
    }
    let mut tx = cx.db.begin().await?;
    accounts::one_at_a_time(&mut tx, person.id).await?;
    let studio = site::studio_in(&mut tx).await?;
    let lines = match &copies {
        Some(copies) => cart::lines_of(&mut tx, &cx.actor, copies).await?,
        None => cart::lines(&mut tx, &cx.actor).await?.into_iter().filter(|line| !line.saved).collect(),
    };
    if lines.is_empty() {
        return Err(AppError::Conflict("Your cart is empty. Name what to order, or put it into the cart.".into()));
    }
    if let Some((line, obstacle)) = lines.iter().find_map(|line| Some((&line.line, line.line.offer.as_ref().err()?))) {
        return Err(match obstacle {
            // what may not be seen is not there, whatever else is true about it
            Obstacle::Gone => AppError::NotFound,
            _ => AppError::Conflict(line.obstacle().unwrap_or_default()),
        });
    }
    let total = total(&lines, studio.currency)?;
    if expected.is_some_and(|(amount, currency)| amount != total.amount || !currency.eq_ignore_ascii_case(total.currency.code())) {
        return Err(AppError::Conflict(format!("The price has changed: the order comes to {total} now.")));
    }
    conclude(tx, cx, &studio, lines, total, (payment, SandboxWish::Success)).await
}
