use super::{Fault, Stripe, amount};
use crate::{
    platform::{
        log,
        payment::{Outcome, Question, Turn},
    },
    shared::{AppError, Money},
};
use miniserde::Deserialize;
use std::collections::HashMap;
use stripe_core::payment_intent::{
    CancelPaymentIntent, CreatePaymentIntent, CreatePaymentIntentAutomaticPaymentMethods, ListPaymentIntent, RetrievePaymentIntent,
};
use stripe_types::Currency;

/// A payment at Stripe, from its first thought to its end.
#[derive(Deserialize)]
pub struct Intent {
    pub id: String,
    status: String,
    amount: i64,
    amount_received: Option<i64>,
    currency: String,
    livemode: Option<bool>,
    metadata: Option<HashMap<String, String>>,
    /// Lets the browser that holds it pay this intent; never stored, never logged.
    pub client_secret: Option<String>,
    last_payment_error: Option<Refusal>,
}

#[derive(Deserialize)]
struct Newest {
    data: Vec<Mode>,
}

#[derive(Deserialize)]
struct Mode {
    livemode: Option<bool>,
}

#[derive(Deserialize)]
struct Refusal {
    message: Option<String>,
}

impl Intent {
    fn mark(&self, name: &str) -> Option<&str> {
        self.metadata.as_ref()?.get(name).map(String::as_str)
    }

    /// The attempt of ours for which it was made.
    pub fn attempt(&self) -> Option<uuid::Uuid> {
        self.mark("payment")?.parse().ok()
    }

    /// How it stands, in the house's words.
    pub fn outcome(self) -> Result<Outcome, AppError> {
        let turn = match self.status.as_str() {
            "succeeded" => {
                let taken = amount::from_stripe(self.amount_received.unwrap_or(self.amount), &self.currency)?;
                return Ok(Outcome::Succeeded { reference: self.id, taken });
            }
            "canceled" => return Ok(Outcome::Ended { reference: self.id }),
            "requires_action" => Turn::Confirmation,
            "processing" | "requires_capture" => Turn::Bank,
            _ => Turn::Card,
        };
        let refusal = self.last_payment_error.filter(|_| turn == Turn::Card).map(|error| {
            let words = error.message.unwrap_or_default();
            if words.trim().is_empty() { "The card was declined.".to_string() } else { words.chars().take(300).collect() }
        });
        Ok(Outcome::Waiting { reference: self.id, turn, refusal })
    }
}

impl Stripe {
    /// Reads the attempt's intent, or makes it. The answer is believed only if it is about this very attempt.
    pub(in crate::platform::payment) async fn ask(&self, question: &Question<'_>) -> Result<Outcome, AppError> {
        match self.intent_for(question).await {
            Ok(intent) => intent.outcome(),
            Err(Fault::Refused(_)) => {
                Ok(Outcome::Declined("This amount cannot be paid by card. Choose another way to pay, or ask the studio.".into()))
            }
            Err(_) => Ok(Outcome::Unknown),
        }
    }

    /// Nobody can have paid an intent whose first answer we never had: its secret never left Stripe. So it is asked for
    /// under the same key, and even when Stripe has forgotten that key, a second one does no harm.
    pub async fn intent_for(&self, question: &Question<'_>) -> Result<Intent, Fault> {
        let intent = match question.reference {
            Some(reference) => self.intent(reference).await?,
            None => self.create_intent(question.key, question.order, question.amount).await?,
        };
        let is_ours = self.is_ours(&intent) && intent.attempt() == Some(question.key) && intent.mark("order") == Some(question.order);
        if !is_ours {
            log::internal("payment", &"an intent at Stripe is not the one that was asked about");
            return Err(Fault::Away);
        }
        Ok(intent)
    }

    /// Made by this installation, in the mode of its keys.
    pub fn is_ours(&self, intent: &Intent) -> bool {
        intent.mark("studio") == Some(&self.studio) && intent.livemode.is_none_or(|live| live != self.settings.is_test)
    }

    pub async fn intent(&self, reference: &str) -> Result<Intent, Fault> {
        self.call(&RetrievePaymentIntent::new(reference), None).await
    }

    /// Reads the newest payment, to see whether the key is taken; gives the mode that it says, when there is one.
    pub async fn knock(&self) -> Result<Option<bool>, Fault> {
        let newest: Newest = self.call(&ListPaymentIntent::new().limit(1), None).await?;
        Ok(newest.data.first().and_then(|intent| intent.livemode))
    }

    async fn create_intent(&self, key: uuid::Uuid, order: &str, asked: Money) -> Result<Intent, Fault> {
        let Some(amount) = amount::to_stripe(asked) else { return Err(Fault::Refused("amount".into())) };
        let code = asked.currency.code().to_ascii_lowercase();
        let currency: Currency = code.parse().map_err(|_| Fault::Refused("currency".into()))?;
        let marks = [("order", order.to_string()), ("payment", key.to_string()), ("studio", self.studio.clone())];
        let request = CreatePaymentIntent::new(amount, currency)
            .automatic_payment_methods(CreatePaymentIntentAutomaticPaymentMethods::new(true))
            .description(format!("Order {order}"))
            .metadata(marks.map(|(name, value)| (name.to_string(), value)).into_iter().collect::<HashMap<_, _>>());
        self.call(&request, Some(&key.to_string())).await
    }

    /// Closes an intent that nobody is to pay any more. Refused when it is paid or being paid.
    pub async fn cancel(&self, reference: &str) -> Result<(), Fault> {
        self.call::<Intent>(&CancelPaymentIntent::new(reference), Some(&format!("cancel-{reference}"))).await.map(|_| ())
    }
}
