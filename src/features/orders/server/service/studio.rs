//! What the studio sees: the owner everything, a photographer the own part.
use super::{
    bought::{count_downloads, is_held, refund_views, shown},
    refund::refunded_so_far,
};
use crate::{
    features::{
        orders::{
            CopyState, OrderStatus, PaymentStatus, Refundable, SalesOverview, StudioOrderRow, StudioOrderView, WaitingOrder,
            server::{
                invoices,
                lists::{self, Before},
                policy,
                store::{self, Order, Payment, disputes, refunds},
            },
        },
        site::server::service as site,
    },
    platform::{RequestContext, when},
    shared::{AppError, Money, Page, UserId},
};

const PAGE: usize = 50;
/// Waiting orders that the overview shows by name.
const LONGEST: i64 = 8;

#[derive(Clone, Debug, Default)]
pub struct OrderFilter {
    pub status: Option<OrderStatus>,
    pub client: Option<UserId>,
    pub after: Option<String>,
}

/// Whose lines count: everybody's for the owner.
pub(super) fn scope(cx: &RequestContext) -> Result<Option<UserId>, AppError> {
    let person = cx.actor.runs_galleries()?;
    Ok((!cx.actor.is_owner()).then_some(person.id))
}

pub async fn studio_orders(cx: &RequestContext, filter: OrderFilter) -> Result<Page<StudioOrderRow>, AppError> {
    let scope = scope(cx)?;
    let zone = site::studio(&cx.db).await?.time_zone;
    let rows =
        lists::of_studio(&cx.db, scope, (filter.status, filter.client), Before::read(filter.after.as_deref())?, PAGE as i64 + 1).await?;
    let page = Page::cut(rows, PAGE, |row| Before::write(row.placed_at, row.id.0));
    let row = |row: lists::Row| {
        let placed = when::date_time(row.placed_at, &zone);
        Ok(StudioOrderRow {
            subtotal: row.amount()?,
            number: row.number,
            status: row.status,
            placed,
            buyer_name: row.buyer_name,
            photos: row.photos,
        })
    };
    Ok(Page { items: page.items.into_iter().map(row).collect::<Result<_, AppError>>()?, next: page.next })
}

pub async fn studio_order(cx: &RequestContext, number: &str) -> Result<StudioOrderView, AppError> {
    let scope = scope(cx)?;
    let order = store::order(&cx.db, number).await?;
    let parties = store::parties(&cx.db, &order).await?;
    policy::may_work_on(&cx.actor, &parties)?;
    let studio = site::studio(&cx.db).await?;
    let (mine, others): (Vec<_>, Vec<_>) =
        store::lines(&cx.db, order.id).await?.into_iter().partition(|line| scope.is_none_or(|me| line.photographer_id == me));
    let mut lines = shown(&cx.db, &order, mine).await?;
    count_downloads(cx, order.buyer_id, &mut lines).await?;
    let attempts = store::payments(&cx.db, order.id).await?;
    let may_settle = order.status == OrderStatus::AwaitingPayment && policy::may_mark_paid(&cx.actor, &parties).is_ok();
    let day = |at: i64| when::date_time(at, &studio.time_zone);
    // how the whole was paid is told to those to whom the whole belongs
    let whole = others.is_empty();
    let may_refund = policy::may_refund(&cx.actor, &parties).is_ok();
    let mut troubles: Vec<_> = attempts.iter().filter(|_| whole).filter_map(trouble).collect();
    troubles.extend(disputes::of_order(&cx.db, order.id).await?.into_iter().filter(|_| whole).map(|row| dispute_words(&row, day)));
    // what was given back meanwhile need not be released
    let held = is_held(&attempts) && lines.iter().any(|line| line.copy == CopyState::Suspended);
    Ok(StudioOrderView {
        id: order.id,
        held,
        refundable: if may_refund { refundable(cx, &order, &attempts).await? } else { None },
        refunds: if whole { refund_views(&cx.db, &order, &studio.time_zone).await? } else { vec![] },
        papers: if whole { invoices::links(&cx.db, order.id, &studio.time_zone).await? } else { vec![] },
        subtotal: Money::sum(order.total()?.currency, lines.iter().map(|line| line.amount)).ok_or(AppError::Unavailable)?,
        lines,
        others: others.len() as i64,
        may_settle,
        // a card that is still to come hinders nothing: it is given up when the money comes in another way
        checking: attempts.iter().any(|attempt| attempt.is_open() && !is_idle_card(attempt) && (cx.stripe.is_some() || !attempt.is_card())),
        risk: attempts.iter().find(|attempt| whole && attempt.status == PaymentStatus::Succeeded).map(risk_words).unwrap_or_default(),
        may_release: may_refund,
        troubles,
        today: when::day(cx.now(), &studio.time_zone),
        status: order.status,
        method: order.provider,
        placed: day(order.placed_at),
        paid: order.paid_at.map(day),
        paid_on: order.paid_on.as_deref().and_then(when::civil),
        reference: order.paid_reference.filter(|_| whole),
        closed: order.closed_at.map(day),
        number: order.number,
        buyer_name: order.buyer_name,
        buyer_email: order.buyer_email,
    })
}

fn trouble(attempt: &Payment) -> Option<String> {
    let strange = matches!(attempt.status, PaymentStatus::Mismatch | PaymentStatus::Unexpected);
    attempt.failure.clone().filter(|_| strange)
}

fn risk_words(paid: &Payment) -> String {
    let word = |said: &Option<String>| said.as_deref().unwrap_or_default().replace('_', " ");
    match (word(&paid.risk_level), word(&paid.risk_type)) {
        (level, kind) if level.is_empty() || kind.is_empty() => format!("{level}{kind}"),
        (level, kind) => format!("{level} ({kind})"),
    }
}

fn is_idle_card(attempt: &Payment) -> bool {
    attempt.is_card() && matches!(attempt.status, PaymentStatus::Started | PaymentStatus::ActionNeeded | PaymentStatus::Asked)
}

fn dispute_words(row: &disputes::DisputeRow, day: impl Fn(i64) -> String) -> String {
    let reason = if row.reason.is_empty() { String::new() } else { format!(" ({})", row.reason) };
    format!("{}{reason}, since {}.", row.state.title(), day(row.opened_at))
}

async fn refundable(cx: &RequestContext, order: &Order, attempts: &[Payment]) -> Result<Option<Refundable>, AppError> {
    let paid = attempts.iter().find(|attempt| attempt.status == PaymentStatus::Succeeded);
    let (Some(paid), OrderStatus::Paid) = (paid, order.status) else { return Ok(None) };
    let given = refunded_so_far(&refunds::of_order(&cx.db, order.id).await?, paid.id);
    let rest = order.money(paid.amount - given)?;
    Ok((rest.amount > 0).then_some(Refundable { rest, given }))
}

/// Today's numbers; the day is the studio's.
pub async fn overview(cx: &RequestContext) -> Result<SalesOverview, AppError> {
    let scope = scope(cx)?;
    let studio = site::studio(&cx.db).await?;
    let since = when::start_of_day(cx.now(), &studio.time_zone);
    let (sold_today, sum) = lists::sold_since(&cx.db, scope, since, studio.currency.code()).await?;
    let longest = lists::waiting_longest(&cx.db, scope, LONGEST).await?.into_iter();
    Ok(SalesOverview {
        waiting: lists::waiting(&cx.db, scope).await?,
        longest: longest.map(|row| waiting(row, scope, &studio.time_zone)).collect::<Result<_, _>>()?,
        today: when::day(cx.now(), &studio.time_zone),
        sold_today,
        sum_today: Money::new(sum, studio.currency),
    })
}

fn waiting(row: lists::WaitingRow, scope: Option<UserId>, zone: &str) -> Result<WaitingOrder, AppError> {
    Ok(WaitingOrder {
        amount: row.order.amount()?,
        since: when::date(row.order.placed_at, zone),
        may_settle: scope.is_none() || row.is_whole,
        checking: row.is_checking,
        number: row.order.number,
        buyer_name: row.order.buyer_name,
    })
}
