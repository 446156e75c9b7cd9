use crate::shared::text_enum;
use serde::{Deserialize, Serialize};

text_enum! {
    PaperKind {
        Invoice = "invoice",
        CreditNote = "credit_note",
        /// Takes a credit note back whose refund did not go through.
        Correction = "correction",
    }
}

impl PaperKind {
    /// How its numbers begin.
    pub fn series(self) -> &'static str {
        match self {
            Self::Invoice => "INV",
            Self::CreditNote => "CN",
            Self::Correction => "COR",
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Self::Invoice => "Invoice",
            Self::CreditNote => "Credit note",
            Self::Correction => "Correcting invoice",
        }
    }
}

/// An invoice or a credit note that can be fetched.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaperLink {
    pub number: String,
    pub kind: PaperKind,
    pub day: String,
}
