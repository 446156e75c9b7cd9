//! Money back: asked for by the studio, made in the provider's dashboard, or by itself where no order could take it.
//! A refund is written down under the order's lock before the provider hears of it; rights end when it is through.
mod ask;
mod look;
mod plan;
mod settle;

pub use ask::{RefundForm, refund_order};
pub use look::{give_back_unknown, look_at_refunds};
pub use settle::{give_back, give_up_refund, refunded_so_far, send_refund, through_so_far};
