//! How often one person may try cards. Whoever holds a list of stolen numbers tries them one after the other on somebody's
//! form; people who pay need two or three.
use super::card;
use crate::{
    features::orders::server::store::{self, Payment},
    platform::{RequestContext, clock::HOUR, limits},
    shared::{AppError, UserId},
};

/// Payments that one person may begin in an hour.
const PAYMENTS: i64 = 10;
/// Cards that may be declined for one person in an hour.
const DECLINES: i64 = 10;

fn declines(buyer: UserId) -> String {
    format!("card-declines:{buyer}")
}

/// Counts a payment that is about to begin.
pub async fn begin(cx: &RequestContext, buyer: UserId) -> Result<(), AppError> {
    limits::take(&cx.db, &cx.clock, &format!("card-payments:{buyer}"), PAYMENTS, HOUR).await
}

/// Refuses another card while too many were declined.
pub async fn go_on(cx: &RequestContext, buyer: UserId) -> Result<(), AppError> {
    limits::refuse_when_full(&cx.db, &cx.clock, &declines(buyer), DECLINES).await
}

/// Counts a card that was declined. The form is at the provider's, so the one too many closes the payment there.
pub async fn declined(cx: &RequestContext, payment: &Payment) -> Result<(), AppError> {
    let buyer = store::order_by_id(&cx.db, payment.order_id).await?.buyer_id;
    match limits::take(&cx.db, &cx.clock, &declines(buyer), DECLINES - 1, HOUR).await {
        Err(AppError::TooMany { .. }) => {
            tracing::warn!(order = payment.number, "too many cards were declined; the payment is closed");
            card::close(cx, payment).await.map(drop)
        }
        counted => counted,
    }
}
