//! What nobody told us is asked for: each minute, so that nothing hangs because a message or a buyer never came.
use super::{card, pay, refund};
use crate::{
    features::orders::server::store::{self, Payment, refunds},
    platform::{
        RequestContext,
        clock::MINUTE,
        payment::{Outcome, Wish},
    },
    shared::AppError,
};
use futures::future::join_all;

/// As many questions at a time.
const AT_ONCE: usize = 8;

/// Asks about everything whose time has come; gives the number of attempts that were answered.
pub async fn check_open_payments(cx: &RequestContext) -> Result<usize, AppError> {
    let mut answered = 0;
    loop {
        let due = store::due_payments(&cx.db, cx.now()).await?;
        for some in due.chunks(AT_ONCE) {
            let told = join_all(some.iter().map(|attempt| look(cx, attempt))).await;
            let heard = told.iter().filter(|told| matches!(told, Ok(true))).count();
            answered += heard;
            if heard == 0 {
                // the provider is away: what is left is asked next time
                return Ok(answered);
            }
        }
        if due.is_empty() {
            return Ok(answered);
        }
    }
}

/// Whether there was an answer. Also who was asked about in vain has had its turn: nobody holds up those behind.
async fn look(cx: &RequestContext, attempt: &Payment) -> Result<bool, AppError> {
    let told = match card::is_abandoned(attempt, cx.now()) {
        true => card::close(cx, attempt).await,
        false => pay::ask(cx, attempt, Wish::Success).await.map(|said| said != Outcome::Unknown),
    };
    let mut tx = cx.db.begin().await?;
    store::mark_checked(&mut tx, attempt.id, cx.now()).await?;
    tx.commit().await?;
    told
}

/// As often the provider may say nothing before the rest is left for next time. Once is not enough: old refunds at which
/// nobody can be asked any more would hold up the new ones.
const SILENCES: usize = 3;

/// Refunds whose end was never told; gives the number of those that were answered.
pub async fn check_open_refunds(cx: &RequestContext) -> Result<usize, AppError> {
    let (mut answered, mut silences) = (0, 0);
    for some in refunds::open(&cx.db, cx.now() - MINUTE).await?.chunks(AT_ONCE) {
        let told = join_all(some.iter().map(|row| refund::send_refund(cx, row.id))).await;
        let heard = told.iter().filter(|told| told.is_ok()).count();
        answered += heard;
        silences += usize::from(heard == 0);
        if silences == SILENCES {
            break;
        }
    }
    Ok(answered)
}
