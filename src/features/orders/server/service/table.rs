//! All payments as a table for a spreadsheet.
use super::ledger::{PaidEntry, entries, own, studios};
use crate::{
    features::{orders::server::lists::ledger::Whose, site::server::service as site},
    platform::{RequestContext, when},
    shared::AppError,
};
use futures::{Stream, stream};

/// Rows that are read and sent in one go.
const AT_ONCE: usize = 1_000;
const HEAD: &str = "date,what,order,client,amount,currency,payment,reference,state\r\n";

pub async fn my_payments_csv(cx: &RequestContext) -> Result<impl Stream<Item = Result<String, AppError>> + use<>, AppError> {
    table(cx, own(cx)?).await
}

pub async fn studio_payments_csv(cx: &RequestContext) -> Result<impl Stream<Item = Result<String, AppError>> + use<>, AppError> {
    table(cx, studios(cx)?).await
}

/// Every row, however many there are: each piece is read when the one before it has left.
async fn table(cx: &RequestContext, whose: Whose) -> Result<impl Stream<Item = Result<String, AppError>> + use<>, AppError> {
    let zone = site::studio(&cx.db).await?.time_zone;
    // what goes wrong at once still has an answer of its own
    let first = entries(cx, whose, None, AT_ONCE).await?;
    let head = format!("{HEAD}{}", lines(first.items, &zone));
    let begun = (cx.clone(), zone, Some(head), first.next);
    Ok(stream::try_unfold(begun, move |(cx, zone, head, next)| async move {
        match (head, next) {
            (Some(head), next) => Ok(Some((head, (cx, zone, None, next)))),
            (None, None) => Ok(None),
            (None, Some(after)) => {
                let page = entries(&cx, whose, Some(&after), AT_ONCE).await?;
                Ok(Some((lines(page.items, &zone), (cx, zone, None, page.next))))
            }
        }
    }))
}

fn lines(entries: Vec<PaidEntry>, zone: &str) -> String {
    entries.into_iter().map(|entry| line(entry, zone)).collect()
}

fn line(entry: PaidEntry, zone: &str) -> String {
    let cells = [
        when::day(entry.at, zone),
        entry.what.to_string(),
        cell(&entry.order),
        cell(&entry.buyer),
        // the minus of a refund is a number's
        entry.amount.number(),
        entry.amount.currency.code().to_string(),
        cell(entry.method.title()),
        cell(&entry.reference),
        if entry.is_through { "done".into() } else { "on its way".into() },
    ];
    format!("{}\r\n", cells.join(","))
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
