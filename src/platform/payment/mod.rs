//! Where money comes from. A question is asked under a key that was committed before; the same key never charges twice,
//! so a question whose answer was lost is simply asked again.
mod risk;
mod sandbox;
mod settings;
pub mod stripe;

pub use risk::{Review, Risk};
pub use settings::StripeSettings;
pub use stripe::Stripe;

use super::db::Db;
use crate::shared::{AppError, Money};

#[derive(Clone, Copy)]
pub enum Gateway<'a> {
    /// A bank transfer or cash: nobody to ask, a person confirms it later.
    Offline,
    /// Moves no money and does what it is told; keeps books of its own, as a bank does.
    Sandbox(&'a Db),
    /// Cards and wallets; the person types the card into the provider's own form, never into ours.
    Card(&'a Stripe),
}

/// What somebody trying the sandbox wants to happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    Success,
    Decline,
    /// The money is taken, but the answer never arrives.
    LoseAnswer,
}

/// One attempt to pay, as it was written down before anybody is asked about it.
pub struct Question<'a> {
    pub key: uuid::Uuid,
    /// The provider's own name for it, once known.
    pub reference: Option<&'a str>,
    pub order: &'a str,
    pub amount: Money,
    pub wish: Wish,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The money is there: the provider's reference, how much it says it took, and what it thinks of it.
    Succeeded { reference: String, taken: Money, risk: Risk },
    /// Nothing was taken; the reason in words for the person who pays.
    Declined(String),
    /// Nothing is taken yet; it is somebody's turn. `refusal`: why the last card was not taken, in words for its owner.
    Waiting { reference: String, turn: Turn, refusal: Option<String> },
    /// The provider has closed the attempt, and nothing was taken.
    Ended { reference: String },
    /// No answer: the money may have been taken or not.
    Unknown,
}

/// Whose turn it is in an attempt that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The person has to give a card.
    Card,
    /// The person's bank wants a confirmation.
    Confirmation,
    /// The bank works on it, for hours or days with some ways to pay.
    Bank,
}

impl Gateway<'_> {
    /// Asks for the money, or how it stands with it. Never inside a transaction of ours.
    pub async fn ask(self, question: &Question<'_>) -> Result<Outcome, AppError> {
        match self {
            Self::Offline => Ok(Outcome::Unknown),
            Self::Sandbox(db) => sandbox::charge(db, question).await,
            Self::Card(stripe) => stripe.ask(question).await,
        }
    }
}
