mod paper;
mod payment;
mod refund;

pub use paper::*;
pub use payment::*;
pub use refund::*;

use crate::{
    features::{cart::CartLine, catalogue::Size, sharing::ClientGallery},
    shared::{Money, OrderId, OrderLineId, PhotoId, UserId, text_enum},
};
use serde::{Deserialize, Serialize};

text_enum! {
    OrderStatus {
        AwaitingPayment = "awaiting_payment",
        Paid = "paid",
        Cancelled = "cancelled",
    }
}

impl OrderStatus {
    pub fn title(self) -> &'static str {
        match self {
            Self::AwaitingPayment => "Waiting for payment",
            Self::Paid => "Paid",
            Self::Cancelled => "Cancelled",
        }
    }

    /// What is paid stays paid, what is cancelled stays cancelled.
    pub fn can_become(self, next: Self) -> bool {
        self == Self::AwaitingPayment && next != Self::AwaitingPayment
    }
}

text_enum! {
    /// Whether the buyer may download what a line gave.
    CopyState {
        /// Not paid yet.
        Waiting = "waiting",
        Yours = "yours",
        /// Given back, by a refund or a lost dispute.
        Returned = "returned",
        /// Until the bank has decided about the payment.
        Suspended = "suspended",
    }
}

/// The cart on its way to becoming an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckoutView {
    pub lines: Vec<CartLine>,
    pub total: Money,
    /// A line cannot be bought: it has to go first.
    pub blocked: bool,
    /// A price is another one than when it was put into the cart.
    pub changed: bool,
    /// Stands for exactly these lines at these prices with these licences; comes back with the form.
    pub seal: String,
    pub ways: Ways,
    pub email: String,
}

/// What the checkout's form sends. Amounts in it are never charged: they only say what the person saw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckoutForm {
    /// Minor units.
    pub expected_total: i64,
    pub seal: String,
    pub payment: PaymentMethod,
    pub wish: SandboxWish,
}

/// One photograph of an order, as it was when the order was placed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OrderLine {
    pub id: OrderLineId,
    pub photo: PhotoId,
    pub gallery_title: String,
    pub filename: String,
    pub size: Size,
    pub licence: String,
    pub amount: Money,
    pub shape: Option<Shape>,
    /// How often the buyer has downloaded this copy.
    pub downloads: i64,
    pub copy: CopyState,
}

/// An order as its buyer sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OrderView {
    pub id: OrderId,
    pub number: String,
    pub status: OrderStatus,
    pub method: PaymentMethod,
    pub placed: String,
    pub paid: Option<String>,
    pub closed: Option<String>,
    pub lines: Vec<OrderLine>,
    pub total: Money,
    pub payment: PaymentState,
    pub ways: Ways,
    /// The downloads rest until the studio has looked at the payment.
    pub held: bool,
    pub refunds: Vec<RefundView>,
    pub papers: Vec<PaperLink>,
    pub studio: String,
    pub buyer_name: String,
}

/// One row of a person's orders.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OrderRow {
    pub number: String,
    pub status: OrderStatus,
    pub placed: String,
    pub total: Money,
    pub photos: i64,
    /// A picture to know the order by.
    pub first: Option<PhotoId>,
}

/// A photograph's width and height; only their ratio matters, so that a page keeps its place free.
pub type Shape = (i64, i64);

/// One copy that the person owns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Purchase {
    pub photo: PhotoId,
    pub size: Size,
    pub filename: String,
    pub gallery_title: String,
    pub number: String,
    pub bought: String,
    pub shape: Option<Shape>,
    pub downloads: i64,
}

/// An order as the studio sees it: a photographer sees the own lines only, and what they come to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StudioOrderView {
    pub id: OrderId,
    pub number: String,
    pub status: OrderStatus,
    pub method: PaymentMethod,
    pub placed: String,
    pub paid: Option<String>,
    pub paid_on: Option<String>,
    pub reference: Option<String>,
    pub closed: Option<String>,
    pub buyer_name: String,
    pub buyer_email: String,
    pub lines: Vec<OrderLine>,
    pub subtotal: Money,
    /// Lines by other photographers that this person doesn't see.
    pub others: i64,
    pub may_settle: bool,
    /// A payment was asked for and not answered yet.
    pub checking: bool,
    /// What the payment provider thinks of the payment, in words; empty when it says nothing.
    pub risk: String,
    /// The downloads rest until somebody who may says that the payment is fine.
    pub held: bool,
    pub may_release: bool,
    /// What went wrong with payments, in words.
    pub troubles: Vec<String>,
    pub refunds: Vec<RefundView>,
    pub papers: Vec<PaperLink>,
    /// What may still be given back; none when this person may not, or nothing was paid.
    pub refundable: Option<Refundable>,
    /// Today in the studio: the latest day on which the money can have come.
    pub today: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StudioOrderRow {
    pub number: String,
    pub status: OrderStatus,
    pub placed: String,
    pub buyer_name: String,
    pub photos: i64,
    pub subtotal: Money,
}

/// The numbers of the studio's overview, of the own photographs for a photographer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SalesOverview {
    pub waiting: i64,
    /// Those that have waited longest, first.
    pub longest: Vec<WaitingOrder>,
    /// Today in the studio: the latest day on which money can have come.
    pub today: String,
    /// Photographs sold since the studio's day began.
    pub sold_today: i64,
    pub sum_today: Money,
}

/// An order whose money has not come yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WaitingOrder {
    pub number: String,
    pub buyer_name: String,
    pub amount: Money,
    /// The day on which it was placed.
    pub since: String,
    pub may_settle: bool,
    /// A payment was asked for and not answered yet: nobody may settle it by hand.
    pub checking: bool,
}

/// A client with everything that ties them to the studio: the galleries they may enter, and what they ordered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Client {
    /// None for an address that has no account.
    pub person: Option<UserId>,
    pub name: String,
    pub email: String,
    pub galleries: Vec<ClientGallery>,
    /// How many orders there are.
    pub orders: i64,
    /// The latest of them.
    pub latest: Vec<ClientOrder>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClientOrder {
    pub number: String,
    pub status: OrderStatus,
    pub placed: String,
    pub amount: Money,
}

/// For a buyer and for the studio: "Downloaded twice" says that it arrived.
pub fn downloaded(times: i64) -> String {
    match times {
        0 => "Not downloaded yet".into(),
        1 => "Downloaded once".into(),
        2 => "Downloaded twice".into(),
        times => format!("Downloaded {times} times"),
    }
}
