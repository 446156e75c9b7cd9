use crate::shared::{Money, text_enum};
use serde::{Deserialize, Serialize};

text_enum! {
    RefundStatus {
        /// Written before the provider was asked.
        Asked = "asked",
        Pending = "pending",
        Succeeded = "succeeded",
        Failed = "failed",
    }
}

impl RefundStatus {
    pub fn title(self) -> &'static str {
        match self {
            Self::Asked | Self::Pending => "On its way",
            Self::Succeeded => "Refunded",
            Self::Failed => "Failed",
        }
    }
}

text_enum! {
    RefundOrigin {
        Studio = "studio",
        /// Made in the provider's own pages.
        Dashboard = "dashboard",
        /// Money that no order could take goes back by itself.
        Automatic = "automatic",
    }
}

text_enum! {
    DisputeState {
        /// The bank asks; the money is still there.
        Inquiry = "inquiry",
        Open = "open",
        Won = "won",
        Lost = "lost",
        /// An inquiry that came to nothing.
        Closed = "closed",
    }
}

impl DisputeState {
    pub fn is_closed(self) -> bool {
        matches!(self, Self::Won | Self::Lost | Self::Closed)
    }

    pub fn title(self) -> &'static str {
        match self {
            Self::Inquiry => "The client's bank asks about this payment",
            Self::Open => "The client's bank has called this payment back",
            Self::Won => "A dispute was won: the money is the studio's",
            Self::Lost => "A dispute was lost: the money went back",
            Self::Closed => "The bank's question is answered",
        }
    }
}

/// Money that went back, or is on its way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RefundView {
    pub amount: Money,
    pub day: String,
    pub reason: String,
    pub status: RefundStatus,
    pub origin: RefundOrigin,
    pub failure: Option<String>,
}

/// What the refund's form starts from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refundable {
    pub rest: Money,
    /// Minor units given back so far; comes back with the form, so that two people don't give the same money twice.
    pub given: i64,
}
