use crate::{features::orders::PaperKind, shared::Money};
use serde::{Deserialize, Serialize};

/// Everything that stands on an invoice or a credit note, as it was on its day.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Paper {
    pub kind: PaperKind,
    pub number: String,
    pub day: String,
    pub seller: String,
    /// Address and tax number, in lines.
    #[serde(default)]
    pub seller_details: String,
    pub buyer: String,
    pub buyer_email: String,
    pub order: String,
    /// The invoice that a credit note is about.
    pub about: Option<String>,
    pub lines: Vec<PaperLine>,
    pub total: Money,
    pub note: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PaperLine {
    pub words: String,
    pub note: String,
    pub amount: Money,
}
