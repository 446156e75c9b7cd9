use crate::{
    features::orders::{
        PaymentMethod,
        server::lists::{
            Before,
            ledger::{self, Entry, Whose},
        },
    },
    platform::RequestContext,
    shared::{AppError, Money, Page},
};

/// Money that came, or went back.
#[derive(Clone, Debug)]
pub struct PaidEntry {
    pub order: String,
    pub buyer: String,
    pub method: PaymentMethod,
    pub is_refund: bool,
    /// The bank is done with it.
    pub is_through: bool,
    pub reference: String,
    /// Negative for money that went back.
    pub amount: Money,
    pub at: i64,
}

/// The studio's for who runs galleries, the own ones for everybody else; the newest first.
pub async fn payments(cx: &RequestContext, after: Option<&str>, size: usize) -> Result<Page<PaidEntry>, AppError> {
    let person = cx.actor.person()?.id;
    let whose = match cx.actor.runs_galleries() {
        Ok(_) if cx.actor.is_owner() => Whose::Studio,
        Ok(_) => Whose::Photographer(person),
        Err(_) => Whose::Buyer(person),
    };
    let entries = ledger::entries(&cx.db, whose, Before::read(after)?, size as i64 + 1).await?;
    let page = Page::cut(entries, size, |entry| Before::write(entry.at, entry.id));
    let entry = |entry: Entry| {
        Ok(PaidEntry {
            amount: entry.amount()?,
            order: entry.number,
            buyer: entry.buyer_name,
            method: entry.method,
            is_refund: entry.is_refund,
            is_through: entry.is_through,
            reference: entry.reference.unwrap_or_default(),
            at: entry.at,
        })
    };
    Ok(Page { items: page.items.into_iter().map(entry).collect::<Result<_, AppError>>()?, next: page.next })
}
