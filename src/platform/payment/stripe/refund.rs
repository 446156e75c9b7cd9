use super::{Fault, Stripe, amount};
use crate::shared::{AppError, Money};
use miniserde::Deserialize;
use std::collections::HashMap;
use stripe_core::refund::{CreateRefund, ListRefund, RetrieveRefund};

/// Money on its way back.
#[derive(Clone, Deserialize)]
pub struct Refund {
    pub id: String,
    pub status: Option<String>,
    amount: i64,
    currency: String,
    metadata: Option<HashMap<String, String>>,
    created: Option<i64>,
}

#[derive(Deserialize)]
struct Page {
    data: Vec<Refund>,
}

/// A refund as it was written down before Stripe is asked for it.
pub struct RefundAsked<'a> {
    pub key: uuid::Uuid,
    pub intent: &'a str,
    pub amount: Money,
}

impl Refund {
    pub fn amount(&self) -> Result<Money, AppError> {
        amount::from_stripe(self.amount, &self.currency)
    }

    /// The refund of ours for which it was made; none when it was made in Stripe's dashboard.
    pub fn asked_as(&self) -> Option<uuid::Uuid> {
        self.metadata.as_ref()?.get("refund")?.parse().ok()
    }

    /// Unix milliseconds.
    pub fn created(&self) -> Option<i64> {
        self.created.map(|seconds| seconds * 1000)
    }
}

impl Stripe {
    pub async fn make_refund(&self, asked: &RefundAsked<'_>) -> Result<Refund, Fault> {
        let Some(amount) = amount::to_stripe(asked.amount) else { return Err(Fault::Refused("amount".into())) };
        let request = CreateRefund::new()
            .payment_intent(asked.intent)
            .amount(amount)
            .metadata(HashMap::from([("refund".to_string(), asked.key.to_string())]));
        self.call(&request, Some(&asked.key.to_string())).await
    }

    pub async fn refund(&self, reference: &str) -> Result<Refund, Fault> {
        self.call(&RetrieveRefund::new(reference), None).await
    }

    /// All refunds of an intent, wherever they were asked for.
    pub async fn refunds_of(&self, intent: &str) -> Result<Vec<Refund>, Fault> {
        let page: Page = self.call(&ListRefund::new().payment_intent(intent).limit(100), None).await?;
        Ok(page.data)
    }
}
