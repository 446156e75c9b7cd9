use super::{Fault, Stripe, amount};
use crate::shared::{AppError, Money};
use miniserde::Deserialize;
use stripe_core::dispute::RetrieveDispute;

/// A payment that its payer's bank has called back.
#[derive(Deserialize)]
pub struct Dispute {
    pub id: String,
    pub status: String,
    pub reason: Option<String>,
    amount: i64,
    currency: String,
    pub payment_intent: Option<String>,
}

impl Dispute {
    pub fn amount(&self) -> Result<Money, AppError> {
        amount::from_stripe(self.amount, &self.currency)
    }
}

impl Stripe {
    pub async fn dispute(&self, reference: &str) -> Result<Dispute, Fault> {
        self.call(&RetrieveDispute::new(reference), None).await
    }
}
