//! A bad day: a fifth of all questions goes wrong, and messages are dropped, doubled and shuffled.
use crate::support::{
    figure, rounds,
    shop::{Shop, count},
    stripe::{Bank, Card, deliver, work, worlds_with_cards},
};
use futures::{StreamExt, stream};
use photovault::{
    features::orders::{OrderStatus, PaymentMethod, SandboxWish, server::service},
    platform::{RequestContext, clock::MINUTE},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn on_a_bad_day_nobody_pays_twice_and_nothing_is_lost() {
    let orders = rounds("ORDERS", 40);
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        let shop = Shop::open(&world, orders).await;
        let mut buyers = vec![];
        for (n, photo) in shop.photos.iter().enumerate() {
            buyers.push(shop.client_with(&world, &format!("client{n}@example.com"), &[*photo]).await);
        }
        bank.books(|books| books.chaos = 20);
        let numbers: Vec<_> =
            stream::iter(buyers.iter().cloned().enumerate()).map(|(n, ada)| buy(ada, bank.clone(), n)).buffer_unordered(16).collect().await;
        bad_post(&shop.owner, &bank).await;
        // the bank is well again; what nobody told is asked for within a minute
        bank.books(|books| books.chaos = 0);
        world.later(MINUTE);
        work(&shop.owner).await;
        service::check_open_payments(&world.system()).await.unwrap();
        work(&shop.owner).await;
        let charges = bank.books(|books| books.charges) as i64;
        let per_intent = bank.intents().iter().filter(|intent| intent["status"] == "succeeded").count() as i64;
        assert_eq!((numbers.len() as i64, charges, per_intent), (orders as i64, charges, charges));
        assert!(charges > 0);
        for (what, expected) in [
            ("SELECT COUNT(*) FROM orders WHERE status = 'paid'", charges),
            ("SELECT COUNT(*) FROM payments WHERE status = 'succeeded'", charges),
            ("SELECT COUNT(*) FROM payments WHERE status IN ('unexpected', 'mismatch')", 0),
            ("SELECT COUNT(*) FROM entitlements WHERE revoked_at IS NULL", charges),
            ("SELECT COUNT(*) FROM invoices", charges),
            ("SELECT COUNT(*) FROM mails WHERE once_key LIKE 'receipt-%'", charges),
            ("SELECT COUNT(*) FROM refunds", 0),
        ] {
            assert_eq!(count(&shop.owner, what).await, expected, "{what} on {}", world.engine);
        }
        let questions = bank.books(|books| books.calls.len());
        figure(
            format!("a bad day at the bank, {}", world.engine),
            format!(
                "{orders} orders, {charges} charges, {questions} questions of which 20 % failed: 0 charged twice, 0 paid without order, all settled with the first look after recovery (it comes each minute)"
            ),
        );
    }
}

/// As people are: some cards are declined first, some come back twice, some close the laptop.
async fn buy(ada: RequestContext, bank: Bank, n: usize) -> String {
    let number = crate::support::shop::order(&ada, PaymentMethod::Card, SandboxWish::Success).await.unwrap();
    let mut secret = None;
    for _ in 0..6 {
        if let Ok(payment) = service::begin_card_payment(&ada, &number).await {
            secret = Some(payment.client_secret);
            break;
        }
    }
    let Some(secret) = secret else { return number };
    let intent = secret.split("_secret_").next().unwrap();
    if n.is_multiple_of(5) {
        bank.pay(intent, Card::Declined);
    }
    bank.pay(intent, Card::Good);
    if n.is_multiple_of(3) {
        let (one, two) = tokio::join!(service::confirm_card_payment(&ada, &number), service::confirm_card_payment(&ada, &number));
        assert!([one, two].into_iter().flatten().all(|status| status != OrderStatus::Cancelled));
    }
    number
}

async fn bad_post(cx: &RequestContext, bank: &Bank) {
    let mut events = bank.take_events();
    for n in (1..events.len()).rev() {
        let other = bank.books(|books| books.dice()) as usize % (n + 1);
        events.swap(n, other);
    }
    for event in events {
        match bank.books(|books| books.dice()) % 10 {
            0..3 => {}
            3..6 => {
                deliver(cx, &event).await;
                deliver(cx, &event).await;
            }
            _ => drop(deliver(cx, &event).await),
        }
    }
    work(cx).await;
}
