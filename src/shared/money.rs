//! Money is integer minor units and an ISO 4217 code, everywhere. There is no float in here.
use super::AppError;
use serde::{Deserialize, Serialize};

/// An ISO 4217 code with the number of its decimals: JPY 0, EUR 2, KWD 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

/// Currencies that have no minor unit, and those with three digits of it (ISO 4217, table A.1).
const NO_DECIMALS: &[&str] =
    &["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"];
const THREE_DECIMALS: &[&str] = &["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

impl Currency {
    pub const EUR: Self = Self(*b"EUR");

    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    pub fn decimals(&self) -> u32 {
        match self.code() {
            code if NO_DECIMALS.contains(&code) => 0,
            code if THREE_DECIMALS.contains(&code) => 3,
            _ => 2,
        }
    }

    fn symbol(&self) -> Option<&'static str> {
        Some(match self.code() {
            "EUR" => "€",
            "USD" => "$",
            "GBP" => "£",
            "JPY" => "¥",
            _ => return None,
        })
    }
}

impl std::str::FromStr for Currency {
    type Err = AppError;
    fn from_str(text: &str) -> Result<Self, AppError> {
        match <[u8; 3]>::try_from(text.trim().to_ascii_uppercase().as_bytes()) {
            Ok(code) if code.iter().all(u8::is_ascii_uppercase) => Ok(Self(code)),
            _ => Err(AppError::field("currency", "use the three letters of a currency, such as EUR")),
        }
    }
}

impl TryFrom<String> for Currency {
    type Error = AppError;
    fn try_from(text: String) -> Result<Self, AppError> {
        text.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().into()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// Minor units: 1999 is 19.99 EUR, 1999 JPY, 1.999 KWD.
    pub amount: i64,
    pub currency: Currency,
}

impl Money {
    pub fn new(amount: i64, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// Adds all amounts; none when a currency differs or the sum leaves the range.
    pub fn sum(currency: Currency, all: impl IntoIterator<Item = Money>) -> Option<Money> {
        let mut amount = 0i64;
        for money in all {
            if money.currency != currency {
                return None;
            }
            amount = amount.checked_add(money.amount)?;
        }
        Some(Money { amount, currency })
    }

    /// The bare number with a point, as a form field shows it: `19.99`.
    pub fn number(&self) -> String {
        let decimals = self.currency.decimals();
        let unit = 10u64.pow(decimals);
        let (whole, rest) = (self.amount.unsigned_abs() / unit, self.amount.unsigned_abs() % unit);
        let sign = if self.amount < 0 { "-" } else { "" };
        match decimals {
            0 => format!("{sign}{whole}"),
            _ => format!("{sign}{whole}.{rest:0width$}", width = decimals as usize),
        }
    }
}

impl std::fmt::Display for Money {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.currency.symbol() {
            Some(symbol) => write!(f, "{}{symbol}{}", if self.amount < 0 { "-" } else { "" }, self.number().trim_start_matches('-')),
            None => write!(f, "{} {}", self.number(), self.currency.code()),
        }
    }
}

/// The largest amount a price may have, in minor units.
pub const LARGEST: i64 = 1_000_000_000;

/// Reads what a person typed as a price: point or comma, at most the currency's decimals, nothing negative.
pub fn parse_amount(text: &str, currency: Currency) -> Result<Money, &'static str> {
    const SHAPE: &str = "write a price such as 19.90";
    let text = text.trim().replace(',', ".");
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let decimals = currency.decimals() as usize;
    let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(rest) || whole.len() > 12 {
        return Err(SHAPE);
    }
    if rest.len() > decimals {
        return Err("that is more decimals than the currency has");
    }
    let number: i64 = format!("{whole}{rest:0<decimals$}").parse().map_err(|_| SHAPE)?;
    if number > LARGEST {
        return Err("that is more than we can charge");
    }
    Ok(Money::new(number, currency))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn currency(code: &str) -> Currency {
        code.parse().unwrap()
    }

    #[test]
    fn each_currency_has_its_own_decimals() {
        assert_eq!(Money::new(1999, Currency::EUR).to_string(), "€19.99");
        assert_eq!(Money::new(1999, currency("JPY")).to_string(), "¥1999");
        assert_eq!(Money::new(1999, currency("KWD")).to_string(), "1.999 KWD");
        assert_eq!(Money::new(-5, Currency::EUR).to_string(), "-€0.05");
    }

    #[test]
    fn a_price_is_read_with_point_or_comma_and_never_guessed() {
        assert_eq!(parse_amount("19,9", Currency::EUR).map(|m| m.amount), Ok(1990));
        assert_eq!(parse_amount("20", currency("JPY")).map(|m| m.amount), Ok(20));
        for bad in ["", "-1", "1.2.3", "1e9", "19.999", "abc", "1 000", "99999999999999999999"] {
            assert!(parse_amount(bad, Currency::EUR).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_back_as_the_same_amount(amount in 0..=LARGEST, code in prop::sample::select(vec!["EUR", "JPY", "KWD", "CHF"])) {
            let money = Money::new(amount, currency(code));
            prop_assert_eq!(parse_amount(&money.number(), money.currency), Ok(money));
        }

        #[test]
        fn a_sum_is_exact_or_refused(amounts in prop::collection::vec(any::<i64>(), 0..20)) {
            let exact: i128 = amounts.iter().map(|a| i128::from(*a)).sum();
            let total = Money::sum(Currency::EUR, amounts.iter().map(|a| Money::new(*a, Currency::EUR)));
            match total {
                Some(total) => prop_assert_eq!(i128::from(total.amount), exact),
                None => prop_assert!(amounts.len() > 1),
            }
        }
    }
}
