use crate::{
    features::{
        cart::server::service::{self as cart, Line},
        orders::CheckoutView,
        site::server::service as site,
    },
    platform::RequestContext,
    shared::{AppError, Currency, Money},
};

/// The cart as it would be ordered now.
pub async fn checkout(cx: &RequestContext) -> Result<CheckoutView, AppError> {
    let person = cx.actor.person()?;
    let currency = site::studio(&cx.db).await?.currency;
    let lines = cart::lines(&cx.db, &cx.actor).await?.into_iter().filter(|line| !line.saved).collect::<Vec<_>>();
    let total = total(&lines, currency)?;
    Ok(CheckoutView {
        blocked: lines.iter().any(|line| line.line.offer.is_err()),
        changed: lines.iter().any(|line| line.line.price_before.is_some()),
        seal: seal(&lines),
        total,
        lines: lines.into_iter().map(|line| line.line).collect(),
        ways: super::pay::ways(cx),
        email: person.email.clone(),
    })
}

/// What the lines that can be bought cost together.
pub fn total(lines: &[Line], currency: Currency) -> Result<Money, AppError> {
    Money::sum(currency, lines.iter().filter_map(|line| Some(line.line.offer.as_ref().ok()?.price))).ok_or_else(cart::too_much)
}

/// A fingerprint of what the person sees: which copies, at which price, under which licence. It is no secret and no
/// proof; it only tells whether the page that was answered is the page that would be drawn now.
pub fn seal(lines: &[Line]) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut all: Vec<_> = lines.iter().map(|line| (line.line.photo, line.line.size, &line.line.offer)).collect();
    all.sort_by_key(|(photo, size, _)| (*photo, *size));
    for (photo, size, offer) in all {
        let offer = match offer {
            Ok(offer) => format!("{} {} {}", offer.price.amount, offer.price.currency.code(), offer.licence),
            Err(obstacle) => obstacle.to_string(),
        };
        hasher.update(format!("{photo} {size} {} {offer}\n", offer.len()).as_bytes());
    }
    hasher.finalize().to_hex().as_str().chars().take(32).collect()
}
