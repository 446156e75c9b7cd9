//! Money that came and money that went back, in one list: a person's own, the studio's, or a photographer's part.
use crate::{
    features::{
        orders::{
            LedgerRow,
            server::lists::{
                Before,
                ledger::{self, Entry, Whose},
            },
        },
        site::server::service as site,
    },
    platform::{RequestContext, when},
    shared::{AppError, Page},
};

const PAGE: usize = 50;

/// A table for a spreadsheet holds at most as many rows.
const LONGEST_TABLE: i64 = 20_000;

fn own(cx: &RequestContext) -> Result<Whose, AppError> {
    Ok(Whose::Buyer(cx.actor.person()?.id))
}

fn studios(cx: &RequestContext) -> Result<Whose, AppError> {
    let person = cx.actor.runs_galleries()?;
    Ok(if cx.actor.is_owner() { Whose::Studio } else { Whose::Photographer(person.id) })
}

pub async fn my_payments(cx: &RequestContext, after: Option<String>) -> Result<Page<LedgerRow>, AppError> {
    page(cx, own(cx)?, after).await
}

pub async fn studio_payments(cx: &RequestContext, after: Option<String>) -> Result<Page<LedgerRow>, AppError> {
    page(cx, studios(cx)?, after).await
}

async fn page(cx: &RequestContext, whose: Whose, after: Option<String>) -> Result<Page<LedgerRow>, AppError> {
    let zone = site::studio(&cx.db).await?.time_zone;
    let entries = ledger::entries(&cx.db, whose, Before::read(after.as_deref())?, PAGE as i64 + 1).await?;
    let page = Page::cut(entries, PAGE, |entry| Before::write(entry.at, entry.id));
    let items = page.items.into_iter().map(|entry| row(entry, &zone)).collect::<Result<_, _>>()?;
    Ok(Page { items, next: page.next })
}

fn row(entry: Entry, zone: &str) -> Result<LedgerRow, AppError> {
    Ok(LedgerRow {
        amount: entry.amount()?,
        day: when::date(entry.at, zone),
        is_refund: entry.is_refund,
        method: entry.method,
        is_through: entry.is_through,
        order: entry.number,
        buyer: entry.buyer_name,
        reference: entry.reference.unwrap_or_default(),
    })
}

pub async fn my_payments_csv(cx: &RequestContext) -> Result<String, AppError> {
    csv(cx, own(cx)?).await
}

pub async fn studio_payments_csv(cx: &RequestContext) -> Result<String, AppError> {
    csv(cx, studios(cx)?).await
}

async fn csv(cx: &RequestContext, whose: Whose) -> Result<String, AppError> {
    let zone = site::studio(&cx.db).await?.time_zone;
    let mut text = String::from("date,what,order,client,amount,currency,payment,reference,state\r\n");
    for entry in ledger::entries(&cx.db, whose, Before::read(None)?, LONGEST_TABLE).await? {
        let amount = entry.amount()?;
        let cells = [
            when::day(entry.at, &zone),
            if entry.is_refund { "refund".into() } else { "payment".into() },
            entry.number,
            entry.buyer_name,
            amount.number(),
            amount.currency.code().to_string(),
            entry.method.title().to_string(),
            entry.reference.unwrap_or_default(),
            if entry.is_through { "done".into() } else { "on its way".into() },
        ];
        let cells: Vec<_> = cells.iter().enumerate().map(|(n, text)| if n == 4 { text.clone() } else { cell(text) }).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    Ok(text)
}

/// A spreadsheet takes what begins with one of these signs for a formula; what somebody typed must never become one.
fn cell(text: &str) -> String {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let text = if risky { format!("'{text}") } else { text.to_string() };
    if text.contains(['"', ',', ';', '\n', '\r', '\t']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_somebody_typed_becomes_a_formula() {
        assert_eq!(cell("Ada"), "Ada");
        assert_eq!(cell("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        for formula in ["+1", "-1", "@SUM(A1)", "\t=1", "=1"] {
            assert!(cell(formula).trim_start_matches('"').starts_with('\''), "{formula}");
        }
        assert_eq!(cell("a,b"), "\"a,b\"");
        assert_eq!(cell("line\nbreak"), "\"line\nbreak\"");
    }
}
