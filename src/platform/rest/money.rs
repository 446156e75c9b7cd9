use crate::shared::Money;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Money in whole minor units: 1999 EUR is 19.99 €, 1999 JPY is 1999 ¥.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MoneyBody {
    #[schema(example = 1999)]
    pub amount: i64,
    /// ISO 4217.
    #[schema(example = "EUR")]
    pub currency: String,
}

impl From<Money> for MoneyBody {
    fn from(money: Money) -> Self {
        Self { amount: money.amount, currency: money.currency.code().into() }
    }
}
