use crate::shared::{Money, text_enum};
use serde::{Deserialize, Serialize};

text_enum! {
    /// How an order is paid.
    PaymentMethod {
        Offline = "offline",
        /// A card or a wallet, by Stripe.
        Card = "card",
        Sandbox = "sandbox",
        /// Nothing to pay; nobody chooses this.
        Free = "free",
    }
}

impl PaymentMethod {
    pub fn title(self) -> &'static str {
        match self {
            Self::Offline => "Bank transfer or at the studio",
            Self::Card => "Card or wallet",
            Self::Sandbox => "Sandbox payment (no money moves)",
            Self::Free => "Nothing to pay",
        }
    }
}

text_enum! {
    /// What the sandbox should do.
    #[derive(Default)]
    SandboxWish {
        #[default]
        Success = "success",
        Decline = "decline",
        AnswerLost = "answer_lost",
    }
}

text_enum! {
    PaymentStatus {
        /// Written before the provider was asked.
        Asked = "asked",
        /// The provider's answer never came.
        Unknown = "unknown",
        /// Nothing taken yet: the card is still to come.
        Started = "started",
        /// The payer's bank wants a confirmation first.
        ActionNeeded = "action_needed",
        /// The bank works on it.
        Processing = "processing",
        Succeeded = "succeeded",
        Declined = "declined",
        /// Given up without anything taken.
        Ended = "ended",
        /// Money came that this order cannot take: it is cancelled, or paid already.
        Unexpected = "unexpected",
        /// Another amount or currency than asked for.
        Mismatch = "mismatch",
    }
}

text_enum! {
    /// Whether the downloads of a payment wait until somebody has looked at it.
    Hold {
        Held = "held",
        /// For good: what was looked at once is not asked about again.
        Released = "released",
    }
}

/// What the browser needs to show the provider's form for a card. The secret opens this one payment and is kept nowhere.
#[derive(Clone, Serialize, Deserialize)]
pub struct CardPayment {
    pub client_secret: String,
    pub public_key: String,
    pub amount: Money,
    /// Where the provider sends the person back to.
    pub return_url: String,
}

/// The page on which an order is paid by card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PayView {
    pub number: String,
    pub total: Money,
    pub public_key: String,
    pub js_url: String,
    pub is_test: bool,
}

/// What the page for the card has to show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum CardPage {
    Card(PayView),
    /// The order waits, but the studio takes no cards (any more).
    NoCards,
    NothingToPay,
}

/// The ways to pay that this studio offers beside paying at the studio.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ways {
    pub card: bool,
    pub sandbox: bool,
}

/// Where the payment of a waiting order stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum PaymentState {
    /// The person pays by another way; the studio's words how.
    Offline {
        instructions: String,
    },
    /// Nothing asked yet, or the page was left in between.
    Open,
    /// The payer's bank wants a confirmation.
    ActionNeeded,
    /// The bank works on it.
    Processing,
    Declined {
        reason: String,
    },
    /// Asked, and no answer: it may have worked or not.
    Checking,
    /// Another amount arrived than asked for; the studio looks into it.
    WithStudio,
}

text_enum! {
    /// What money did.
    Flow {
        Payment = "payment",
        Refund = "refund",
        /// The payer's bank took it back.
        Dispute = "dispute",
    }
}

/// Money that came, or went back (then it is negative).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LedgerRow {
    pub day: String,
    pub what: Flow,
    /// The bank is done with it.
    pub is_through: bool,
    pub order: String,
    pub buyer: String,
    pub method: PaymentMethod,
    pub reference: String,
    pub amount: Money,
}
