//! Stripe's amounts are ISO 4217 minor units but for a few currencies.
use crate::shared::{AppError, Currency, Money};

/// What our amount is multiplied with and divided by to become Stripe's.
fn scale(currency: Currency) -> (i64, i64) {
    match currency.code() {
        // no minor unit, but counted as if there were two digits of it
        "ISK" | "UGX" => (100, 1),
        // two digits of it, but counted in whole units
        "MGA" => (1, 100),
        _ => (1, 1),
    }
}

/// None when the amount cannot be expressed: with three digits Stripe wants the last one to be 0.
pub fn to_stripe(money: Money) -> Option<i64> {
    let (by, over) = scale(money.currency);
    let amount = money.amount.checked_mul(by)?;
    let fits = amount % over == 0 && (money.currency.decimals() < 3 || amount % 10 == 0);
    fits.then_some(amount / over)
}

pub fn from_stripe(amount: i64, currency: &str) -> Result<Money, AppError> {
    let currency: Currency = currency.parse()?;
    let (by, over) = scale(currency);
    let amount = amount.checked_mul(over).filter(|amount| amount % by == 0).ok_or(AppError::Unavailable)?;
    Ok(Money::new(amount / by, currency))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn money(amount: i64, code: &str) -> Money {
        Money::new(amount, code.parse().unwrap())
    }

    #[test]
    fn each_currency_is_counted_as_stripe_counts_it() {
        for (amount, code, stripe) in
            [(1999, "EUR", 1999), (1999, "JPY", 1999), (1990, "KWD", 1990), (500, "ISK", 50000), (1900, "MGA", 19)]
        {
            assert_eq!(to_stripe(money(amount, code)), Some(stripe), "{code}");
            assert_eq!(from_stripe(stripe, &code.to_lowercase()).unwrap(), money(amount, code));
        }
        assert_eq!(to_stripe(money(1999, "KWD")), None);
        assert_eq!(to_stripe(money(1950, "MGA")), None);
        assert!(from_stripe(50, "isk").is_err());
    }
}
