use super::{Fault, Stripe, amount};
use crate::{
    platform::{
        log,
        payment::{Outcome, Question, Review, Risk, Turn},
    },
    shared::{AppError, Money},
};
use miniserde::{Deserialize, json::Value};
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
    /// An id, or the whole of it when that was asked for.
    latest_charge: Option<Value>,
    review: Option<Value>,
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

    /// What Stripe thinks of the payment, as far as the key may read it.
    pub fn risk(&self) -> Risk {
        let judged = self.latest_charge.as_ref().and_then(|charge| field(charge, "outcome"));
        let word = |name: &str| judged.and_then(|judged| text(field(judged, name)?)).unwrap_or_default().to_string();
        let review = match &self.review {
            Some(review @ Value::Object(_)) => match (field(review, "open"), field(review, "closed_reason").and_then(text)) {
                (Some(Value::Bool(true)), _) => Review::Open,
                (_, Some("approved")) => Review::Approved,
                _ => Review::Refused,
            },
            _ => Review::None,
        };
        Risk { level: word("risk_level"), kind: word("type"), review }
    }

    /// How it stands, in the house's words.
    pub fn outcome(self) -> Result<Outcome, AppError> {
        let turn = match self.status.as_str() {
            "succeeded" => {
                let taken = amount::from_stripe(self.amount_received.unwrap_or(self.amount), &self.currency)?;
                return Ok(Outcome::Succeeded { risk: self.risk(), reference: self.id, taken });
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
            Err(fault) => Ok(Self::without_intent(question, &fault)),
        }
    }

    /// What it means for an attempt that Stripe has shown no intent.
    pub fn without_intent(question: &Question<'_>, fault: &Fault) -> Outcome {
        match (fault, question.reference) {
            // the keys are another account's now, or of the other mode: here nobody can pay it any more
            (Fault::Missing, Some(reference)) => {
                tracing::warn!(intent = reference, order = question.order, "Stripe has no such payment; the attempt is over");
                Outcome::Ended { reference: reference.into() }
            }
            (Fault::Refused(_), None) => {
                Outcome::Declined("This amount cannot be paid by card. Choose another way to pay, or ask the studio.".into())
            }
            _ => Outcome::Unknown,
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
        intent.mark("studio") == Some(self.studio()) && intent.livemode.is_none_or(|live| live != self.settings.is_test)
    }

    pub async fn intent(&self, reference: &str) -> Result<Intent, Fault> {
        let whole = RetrievePaymentIntent::new(reference).expand(["latest_charge", "review"].map(String::from));
        match self.call(&whole, None).await {
            // a key may be allowed to read payments and nothing about them: money counts more than what Stripe thinks of it
            Err(Fault::Key | Fault::Refused(_)) => self.call(&RetrievePaymentIntent::new(reference), None).await,
            answer => answer,
        }
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
        let marks = [("order", order.to_string()), ("payment", key.to_string()), ("studio", self.studio().to_string())];
        let request = CreatePaymentIntent::new(amount, currency)
            .automatic_payment_methods(CreatePaymentIntentAutomaticPaymentMethods::new(true))
            .description(format!("Order {order}"))
            .metadata(marks.map(|(name, value)| (name.to_string(), value)).into_iter().collect::<HashMap<_, _>>());
        self.call(&request, Some(&key.to_string())).await
    }

    /// Closes an intent that nobody is to pay any more. Refused when it is paid or being paid. Closed twice it is closed
    /// once; under a key an earlier refusal would be answered again.
    pub async fn cancel(&self, reference: &str) -> Result<(), Fault> {
        self.call::<Intent>(&CancelPaymentIntent::new(reference), None).await.map(|_| ())
    }
}

fn field<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    if let Value::Object(fields) = value { fields.get(name) } else { None }
}

fn text(value: &Value) -> Option<&str> {
    if let Value::String(text) = value { Some(text) } else { None }
}
