use super::ledger::Ledger;
use crate::support::{
    browser::{Browser, Page},
    stripe::{Bank, Card, SECRET},
};
use photovault::{
    paths,
    platform::{Clock, Services, db::sql, payment::stripe::signature, when},
    shared::{OrderId, PhotoId},
};
use std::{collections::BTreeMap, time::Duration};

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Way {
    Sandbox,
    Card,
    Offline,
}

impl Way {
    pub const ALL: &[Self] = &[Self::Sandbox, Self::Card, Self::Offline];
}

#[derive(Clone)]
pub struct Buyer {
    pub browser: Browser,
    pub way: Way,
}

/// Buys one photograph after the other, until the connection breaks.
pub async fn lane(buyer: Buyer, photographer: Browser, photos: Vec<PhotoId>, bank: Bank, ledger: Ledger) {
    for photo in photos {
        if buy(&buyer, &photographer, photo, &bank, &ledger).await.is_none() {
            return;
        }
    }
}

/// None when the connection broke.
async fn buy(Buyer { browser, way }: &Buyer, photographer: &Browser, photo: PhotoId, bank: &Bank, ledger: &Ledger) -> Option<()> {
    done(browser.try_call("add_to_cart", &format!("photo={photo}&size=original")).await)?;
    let seen = done(browser.try_call("checkout_page", "").await)?.json()?;
    let method = format!("{way:?}").to_lowercase();
    let form = format!("expected_total={}&seal={}&payment={method}&wish=success", seen["total"]["amount"], seen["seal"].as_str()?);
    let number = done(browser.try_call("place_order", &form).await)?.json()?.as_str()?.to_string();
    ledger.note(|confirmed| confirmed.placed.insert(number.clone()));
    let about = format!("number={number}");
    match way {
        Way::Sandbox => {}
        Way::Card => {
            let begun = done(browser.try_call("begin_card_payment", &about).await)?.json()?;
            // from here on the bank has the money, whatever becomes of the program
            bank.pay(begun["client_secret"].as_str()?.split("_secret_").next()?, Card::Good);
            done(browser.try_visit(&paths::paid(&number)).await)?;
        }
        Way::Offline => {
            let today = when::day(Clock::default().now(), "Europe/Berlin");
            let marked = photographer.try_call("mark_paid", &format!("{about}&paid_on={today}&reference=cash")).await;
            done(marked)?;
            // its answer alone is the promise
            ledger.note(|confirmed| confirmed.paid.insert(number.clone()));
        }
    }
    let order = done(browser.try_call("order_page", &about).await)?.json()?;
    if order["status"] == "paid" {
        ledger.note(|confirmed| confirmed.paid.insert(number));
    }
    Some(())
}

fn done(page: Option<Page>) -> Option<Page> {
    page.inspect(|page| assert!(page.status < 400, "{page:?}"))
}

/// The bank tells what happened; every third message is lost on the way.
pub async fn messages(browser: Browser, bank: Bank) {
    for n in 0usize.. {
        for event in bank.take_events() {
            if n.is_multiple_of(3) {
                continue;
            }
            let body = serde_json::to_string(&event).unwrap();
            let signed = signature::sign(SECRET, body.as_bytes(), Clock::default().now() / 1000);
            let headers = format!("Content-Type: application/json\r\nStripe-Signature: {signed}\r\n");
            match browser.post("/api/payments/webhook", &headers, &body).await {
                Some(page) => assert_eq!(page.status, 200, "{page:?}"),
                None => return,
            }
        }
        if browser.try_visit("/healthz").await.is_none() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
}

/// What a paid order has exactly once.
#[derive(Debug, PartialEq, sqlx::FromRow)]
struct Row {
    id: OrderId,
    number: String,
    status: String,
    lines: i64,
    payments: i64,
    charges: i64,
    rights: i64,
    invoices: i64,
}

pub async fn all_right(services: &Services, bank: &Bank, ledger: &Ledger) {
    let rows: Vec<Row> = sql("SELECT o.id, o.number, o.status,
           (SELECT COUNT(*) FROM order_lines l WHERE l.order_id = o.id) AS lines,
           (SELECT COUNT(*) FROM payments p WHERE p.order_id = o.id AND p.status NOT IN ('ended', 'declined')) AS payments,
           (SELECT COUNT(*) FROM payments p JOIN sandbox_charges c ON c.key = p.id WHERE p.order_id = o.id AND c.refusal IS NULL) AS charges,
           (SELECT COUNT(*) FROM entitlements e JOIN order_lines l ON l.id = e.order_line_id WHERE l.order_id = o.id AND e.revoked_at IS NULL) AS rights,
           (SELECT COUNT(*) FROM invoices i WHERE i.order_id = o.id) AS invoices
         FROM orders o ORDER BY o.number")
    .all(&services.db)
    .await
    .unwrap();
    let receipts: Vec<(String,)> = sql("SELECT once_key FROM mails WHERE once_key LIKE 'receipt-%'").all(&services.db).await.unwrap();
    let mut charged = BTreeMap::<String, i64>::new();
    for intent in bank.intents().iter().filter(|intent| intent["status"] == "succeeded") {
        *charged.entry(intent["metadata"]["order"].as_str().unwrap().into()).or_default() += 1;
    }
    let confirmed = ledger.all();
    for row in &rows {
        let by_card = charged.remove(&row.number).unwrap_or_default();
        assert!(by_card + row.charges <= 1, "charged once: {row:?}, {by_card} by card");
        let is_paid = row.status == "paid";
        assert!(is_paid || by_card + row.charges == 0, "money has its order: {row:?}, {by_card} by card");
        let each = i64::from(is_paid);
        let told = receipts.iter().filter(|(key,)| *key == format!("receipt-{}", row.id)).count() as i64;
        assert_eq!((row.rights, row.invoices, told), (each * row.lines, each, each), "{row:?}");
        assert!(!is_paid || row.payments == 1, "{row:?}");
        assert!(is_paid || !confirmed.paid.contains(&row.number), "a confirmed payment was lost: {row:?}");
    }
    assert!(charged.is_empty(), "money without an order: {charged:?}");
    for number in &confirmed.placed {
        assert!(rows.iter().any(|row| row.number == *number), "the confirmed order {number} was lost");
    }
    // orders and invoices take their numbers with their facts: there are no holes
    for (at, row) in (1..).zip(&rows) {
        assert!(row.number.ends_with(&format!("-{at:06}")), "{row:?} at {at}");
    }
}
