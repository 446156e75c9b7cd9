//! Money that came and money that went back, in one list: a person's own, the studio's, or a photographer's part.
use crate::{
    features::{
        orders::{
            Flow, LedgerRow, PaymentMethod,
            server::lists::{
                Before,
                ledger::{self, Entry, PaidFilter, Whose},
            },
        },
        site::server::service as site,
    },
    platform::{RequestContext, when},
    shared::{AppError, Money, Page},
};

const PAGE: usize = 50;

/// Money that came, or went back.
#[derive(Clone, Debug)]
pub struct PaidEntry {
    pub order: String,
    pub buyer: String,
    pub method: PaymentMethod,
    pub what: Flow,
    /// The bank is done with it.
    pub is_through: bool,
    pub reference: String,
    /// Negative for money that went back.
    pub amount: Money,
    pub at: i64,
}

pub(super) fn own(cx: &RequestContext) -> Result<Whose, AppError> {
    Ok(Whose::Buyer(cx.actor.person()?.id))
}

pub(super) fn studios(cx: &RequestContext) -> Result<Whose, AppError> {
    let person = cx.actor.runs_galleries()?;
    Ok(if cx.actor.is_owner() { Whose::Studio } else { Whose::Photographer(person.id) })
}

pub async fn my_payments(cx: &RequestContext, after: Option<String>) -> Result<Page<LedgerRow>, AppError> {
    rows(cx, own(cx)?, after).await
}

pub async fn studio_payments(cx: &RequestContext, after: Option<String>) -> Result<Page<LedgerRow>, AppError> {
    rows(cx, studios(cx)?, after).await
}

/// The studio's for who runs galleries, the own ones for everybody else; the newest first unless asked otherwise.
pub async fn payments(
    cx: &RequestContext,
    filter: &PaidFilter,
    oldest_first: bool,
    after: Option<&str>,
    size: usize,
) -> Result<Page<PaidEntry>, AppError> {
    let whose = if cx.actor.runs_galleries().is_ok() { studios(cx)? } else { own(cx)? };
    filtered(cx, whose, filter, Before::read_in(after, oldest_first)?, size).await
}

async fn rows(cx: &RequestContext, whose: Whose, after: Option<String>) -> Result<Page<LedgerRow>, AppError> {
    let zone = site::studio(&cx.db).await?.time_zone;
    let row = |entry: PaidEntry| LedgerRow {
        day: when::date(entry.at, &zone),
        what: entry.what,
        is_through: entry.is_through,
        order: entry.order,
        buyer: entry.buyer,
        method: entry.method,
        reference: entry.reference,
        amount: entry.amount,
    };
    Ok(entries(cx, whose, after.as_deref(), PAGE).await?.map(row))
}

pub(super) async fn entries(cx: &RequestContext, whose: Whose, after: Option<&str>, size: usize) -> Result<Page<PaidEntry>, AppError> {
    filtered(cx, whose, &PaidFilter::default(), Before::read(after)?, size).await
}

async fn filtered(
    cx: &RequestContext,
    whose: Whose,
    filter: &PaidFilter,
    before: Before,
    size: usize,
) -> Result<Page<PaidEntry>, AppError> {
    let found = ledger::entries(&cx.db, whose, filter, before, size as i64 + 1).await?;
    let page = Page::cut(found, size, |entry| Before::write(entry.at, entry.id));
    let entry = |entry: Entry| {
        Ok(PaidEntry {
            amount: entry.amount()?,
            order: entry.number,
            buyer: entry.buyer_name,
            method: entry.method,
            what: entry.what,
            is_through: entry.is_through,
            reference: entry.reference.unwrap_or_default(),
            at: entry.at,
        })
    };
    Ok(Page { items: page.items.into_iter().map(entry).collect::<Result<_, AppError>>()?, next: page.next })
}
