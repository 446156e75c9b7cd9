//! Invoices and credit notes. A paper is issued in the transaction of the fact it is about, keeps everything that stands
//! on it, and is never rewritten: what was wrong is mended by another paper. The PDF is drawn from it when somebody asks.
mod draw;
mod paper;

pub use paper::{Paper, PaperLine};

use super::{
    policy,
    store::{
        self, LineRow, Order, PaidHow,
        invoices::{self as rows, InvoiceRow},
        refunds::{RefundLine, RefundRow},
    },
};
use crate::{
    features::{
        orders::{PaperKind, PaperLink},
        site::Studio,
    },
    platform::{
        RequestContext,
        db::{On, Tx},
        log, when,
    },
    shared::{AppError, Money, OrderId},
};

/// The invoice of an order that becomes paid; none when it cost nothing.
pub async fn invoice(
    tx: &mut Tx,
    cx: &RequestContext,
    studio: &Studio,
    order: &Order,
    lines: &[LineRow],
    how: &PaidHow<'_>,
) -> Result<Option<InvoiceRow>, AppError> {
    let total = order.total()?;
    if total.amount == 0 {
        return Ok(None);
    }
    let paid = how.on.and_then(when::civil).unwrap_or_else(|| when::date(how.at, &studio.time_zone));
    let listed =
        lines.iter().map(|line| Ok(PaperLine { words: words(line), note: line.licence.clone(), amount: order.money(line.amount)? }));
    let lines = listed.collect::<Result<Vec<_>, AppError>>()?;
    let note = format!("Paid on {paid}. {}.", how.provider.title());
    issue(tx, cx, studio, order, Draft { kind: PaperKind::Invoice, lines, total, note, about: None, refund: None }).await.map(Some)
}

/// The paper of a refund that is through.
pub async fn credit_note(
    tx: &mut Tx,
    cx: &RequestContext,
    studio: &Studio,
    order: &Order,
    refund: &RefundRow,
    parts: &[RefundLine],
    lines: &[LineRow],
) -> Result<Option<InvoiceRow>, AppError> {
    let mut listed = vec![];
    for line in lines {
        for part in parts.iter().filter(|part| part.order_line_id == line.id && part.amount > 0) {
            let note = if part.is_returned { "Given back" } else { "Part of the price" };
            listed.push(PaperLine { words: words(line), note: note.into(), amount: order.money(part.amount)? });
        }
    }
    let about = rows::of_order(&mut *tx, order.id).await?.into_iter().find(|row| row.kind == PaperKind::Invoice).map(|row| row.number);
    let note = if refund.reason.is_empty() { String::new() } else { format!("Reason: {}", refund.reason) };
    let draft = Draft { kind: PaperKind::CreditNote, lines: listed, total: refund.money()?, note, about, refund: Some(refund) };
    issue(tx, cx, studio, order, draft).await.map(Some)
}

/// The paper that takes the credit note of a refund back; none when there was no credit note.
pub async fn correction(
    tx: &mut Tx,
    cx: &RequestContext,
    studio: &Studio,
    order: &Order,
    refund: &RefundRow,
) -> Result<Option<InvoiceRow>, AppError> {
    let Some(note) = rows::of_refund(&mut *tx, refund.id).await? else { return Ok(None) };
    let taken_back: Paper = serde_json::from_str(&note.paper).map_err(|error| log::internal("invoice", &error))?;
    let lines = taken_back.lines.into_iter().map(|line| PaperLine { note: "Not given back".into(), ..line }).collect();
    let words = format!("The refund did not go through: credit note {} is void, and this amount stays paid.", note.number);
    // the refund has its paper; this one names that
    let draft = Draft { kind: PaperKind::Correction, lines, total: refund.money()?, note: words, about: Some(note.number), refund: None };
    issue(tx, cx, studio, order, draft).await.map(Some)
}

fn words(line: &LineRow) -> String {
    format!("{}, {} ({})", line.filename, line.size.title().to_lowercase(), line.gallery_title)
}

struct Draft<'a> {
    kind: PaperKind,
    lines: Vec<PaperLine>,
    total: Money,
    note: String,
    about: Option<String>,
    refund: Option<&'a RefundRow>,
}

async fn issue(tx: &mut Tx, cx: &RequestContext, studio: &Studio, order: &Order, draft: Draft<'_>) -> Result<InvoiceRow, AppError> {
    let number = rows::next_number(tx, draft.kind, when::year(cx.now(), &studio.time_zone)).await?;
    let paper = Paper {
        kind: draft.kind,
        number: number.clone(),
        day: when::date(cx.now(), &studio.time_zone),
        seller: studio.name.clone(),
        seller_details: studio.invoice_details.clone(),
        buyer: order.buyer_name.clone(),
        buyer_email: order.buyer_email.clone(),
        order: order.number.clone(),
        about: draft.about,
        lines: draft.lines,
        total: draft.total,
        note: draft.note,
    };
    let text = serde_json::to_string(&paper).map_err(|error| log::internal("invoice", &error))?;
    let row = InvoiceRow { number, kind: draft.kind, order_id: order.id, issued_at: cx.now(), paper: text };
    rows::insert(tx, &row, draft.refund.map(|refund| refund.id)).await?;
    Ok(row)
}

/// The papers of an order, for its pages.
pub async fn links(on: impl Into<On<'_>>, order: OrderId, zone: &str) -> Result<Vec<PaperLink>, AppError> {
    let link = |row: InvoiceRow| PaperLink { number: row.number, kind: row.kind, day: when::date(row.issued_at, zone) };
    Ok(rows::of_order(on, order).await?.into_iter().map(link).collect())
}

/// The PDF of one paper.
pub async fn pdf(cx: &RequestContext, number: &str) -> Result<Vec<u8>, AppError> {
    cx.actor.person()?;
    let row = rows::find(&cx.db, number).await?.ok_or(AppError::NotFound)?;
    let order = store::order_by_id(&cx.db, row.order_id).await?;
    policy::may_read_papers(&cx.actor, &store::parties(&cx.db, &order).await?)?;
    // letters are shaped and packed: a few milliseconds that other requests need not wait for
    tokio::task::spawn_blocking(move || draw_paper(&row.paper)).await.map_err(|error| log::internal("invoice", &error))?
}

/// The PDF of what a row keeps.
pub fn draw_paper(kept: &str) -> Result<Vec<u8>, AppError> {
    let paper: Paper = serde_json::from_str(kept).map_err(|error| log::internal("invoice", &error))?;
    draw::draw(&paper)
}
