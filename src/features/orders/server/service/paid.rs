use crate::{
    features::orders::{
        PaymentMethod,
        server::{lists::Before, paid},
    },
    platform::RequestContext,
    shared::{AppError, Money, Page},
};

/// Money that came.
#[derive(Clone, Debug)]
pub struct PaidEntry {
    pub order: String,
    pub buyer: String,
    pub method: PaymentMethod,
    pub reference: String,
    pub amount: Money,
    pub at: i64,
}

/// The studio's for who runs galleries, the own ones for everybody else; the newest first.
pub async fn payments(cx: &RequestContext, after: Option<&str>, size: usize) -> Result<Page<PaidEntry>, AppError> {
    let person = cx.actor.person()?.id;
    let (buyer, photographer) = match cx.actor.runs_galleries() {
        Ok(_) => (None, (!cx.actor.is_owner()).then_some(person)),
        Err(_) => (Some(person), None),
    };
    let rows = paid::list(&cx.db, buyer, photographer, Before::read(after)?, size as i64 + 1).await?;
    let page = Page::cut(rows, size, |row| Before::write(row.at, row.id.0));
    let entry = |row: paid::Row| {
        Ok(PaidEntry {
            amount: row.amount()?,
            order: row.number,
            buyer: row.buyer_name,
            method: row.method,
            reference: row.reference.unwrap_or_default(),
            at: row.at,
        })
    };
    Ok(Page { items: page.items.into_iter().map(entry).collect::<Result<_, AppError>>()?, next: page.next })
}
