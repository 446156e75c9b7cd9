use crate::support::{
    shop::{Shop, count},
    stripe::{Bank, Card, Fault, SECRET, begin, deliver, hear, order_by_card, send, work, worlds_with_cards},
};
use futures::future::join_all;
use photovault::{
    features::orders::{CopyState, OrderStatus, PaymentMethod, SandboxWish, server::service},
    platform::{
        RequestContext,
        clock::{HOUR, SECOND},
        jobs,
        payment::stripe::signature,
    },
    shared::AppError,
};
use serde_json::{Value, json};

async fn status(cx: &RequestContext, number: &str) -> OrderStatus {
    service::order_page(cx, number).await.unwrap().status
}

fn event(bank: &Bank) -> Value {
    bank.take_events().pop().unwrap()
}

#[tokio::test]
async fn only_what_was_signed_just_now_is_written_down() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let (_, intent) = order_by_card(&ada).await;
        bank.pay(&intent, Card::Good);
        let body = serde_json::to_vec(&event(&bank)).unwrap();
        let now = world.services.clock.now() / 1000;
        let good = signature::sign(SECRET, &body, now);
        let with_space = [body.clone(), b" ".to_vec()].concat();
        let large = vec![b' '; 2_000_000];
        let at = |moment: i64| signature::sign(SECRET, &body, moment);
        let wrong = signature::sign("whsec_wrong", &body, now);
        let (_, v1) = wrong.split_once(',').unwrap();
        for (body, headers) in [
            (&body, vec![]),
            (&body, vec![("stripe-signature", "")]),
            (&body, vec![("stripe-signature", wrong.as_str())]),
            (&with_space, vec![("stripe-signature", good.as_str())]),
            (&body, vec![("stripe-signature", at(now - 360).as_str())]),
            (&body, vec![("stripe-signature", at(now + 360).as_str())]),
            (&body, vec![("stripe-signature", good.replace("v1=", "v0=").as_str())]),
            (&body, vec![("stripe-signature", format!("{wrong},{v1}").as_str())]),
            (&body, vec![("stripe-signature", good.as_str()), ("content-encoding", "gzip")]),
            (&large, vec![("stripe-signature", signature::sign(SECRET, &large, now).as_str())]),
            (&b"{}".to_vec(), vec![("stripe-signature", signature::sign(SECRET, b"{}", now).as_str())]),
        ] {
            assert_eq!(send(&ada, body.clone(), &headers).await, 400, "{headers:?}");
        }
        for what in ["SELECT COUNT(*) FROM payment_events", "SELECT COUNT(*) FROM jobs WHERE kind = 'payment_event'"] {
            assert_eq!(count(&ada, what).await, 0, "{what}");
        }
        assert_eq!(send(&ada, body.clone(), &[("stripe-signature", &good)]).await, 200);
        // both secrets count while one replaces the other
        assert_eq!(send(&ada, body.clone(), &[("stripe-signature", &signature::sign("whsec_old", &body, now))]).await, 200);
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM payment_events").await, 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_event_told_forty_times_at_once_has_one_effect() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let (number, intent) = order_by_card(&ada).await;
        bank.pay(&intent, Card::Good);
        let event = event(&bank);
        let told = join_all((0..40).map(|_| {
            let (ada, event) = (ada.clone(), event.clone());
            tokio::spawn(async move { deliver(&ada, &event).await })
        }))
        .await;
        assert!(told.into_iter().all(|status| status.unwrap() == 200));
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM payment_events").await, 1, "{}", world.engine);
        // the return page and the sweep find out at the same moment
        let system = world.system();
        tokio::join!(work(&ada), async { service::confirm_card_payment(&ada, &number).await.unwrap() }, async {
            service::check_open_payments(&system).await.unwrap()
        });
        assert_eq!(status(&ada, &number).await, OrderStatus::Paid);
        for (what, expected) in [
            ("SELECT COUNT(*) FROM mails WHERE once_key LIKE 'receipt-%'", 1),
            ("SELECT COUNT(*) FROM invoices", 1),
            ("SELECT COUNT(*) FROM entitlements", 1),
            ("SELECT COUNT(*) FROM refunds", 0),
        ] {
            assert_eq!(count(&ada, what).await, expected, "{what} on {}", world.engine);
        }
    }
}

#[tokio::test]
async fn events_in_reverse_order_leave_the_truth() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let (number, intent) = order_by_card(&ada).await;
        for card in [Card::Declined, Card::Asks, Card::Slow, Card::Good] {
            bank.pay(&intent, card);
        }
        let mut events = bank.take_events();
        events.reverse();
        for event in events {
            assert_eq!(deliver(&ada, &event).await, 200);
            work(&ada).await;
            assert_eq!(status(&ada, &number).await, OrderStatus::Paid, "{}", event["type"]);
        }
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM payment_events WHERE handled_at IS NULL").await, 0);
    }
}

#[tokio::test]
async fn money_is_found_though_the_answer_to_our_own_question_never_came() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let number = crate::support::shop::order(&ada, PaymentMethod::Card, SandboxWish::Success).await.unwrap();
        bank.books(|books| books.faults = vec![("POST /v1/payment_intents", Fault::LostAnswer); 12]);
        assert_eq!(service::begin_card_payment(&ada, &number).await.err(), Some(AppError::Unavailable));
        bank.books(|books| books.faults.clear());
        let intent = bank.intents()[0]["id"].as_str().unwrap().to_string();
        bank.pay(&intent, Card::Good);
        hear(&ada, &bank).await;
        assert_eq!((status(&ada, &number).await, bank.intents().len()), (OrderStatus::Paid, 1));
    }
}

#[tokio::test]
async fn what_is_unknown_or_foreign_is_kept_and_does_no_harm() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let (number, intent) = order_by_card(&ada).await;
        bank.books(|books| {
            // another shop on the same account, an intent that never was, and news about other things
            let foreign = json!({"id": "pi_foreign", "object": "payment_intent", "status": "succeeded", "amount": 1, "amount_received": 1, "currency": "eur", "livemode": false, "metadata": {"order": number, "payment": uuid::Uuid::now_v7().to_string(), "studio": "another"}, "client_secret": null, "last_payment_error": null});
            books.intents.insert("pi_foreign".into(), foreign.clone());
            books.tell("payment_intent.succeeded", foreign);
            books.tell("payment_intent.succeeded", json!({"id": "pi_never", "object": "payment_intent", "status": "succeeded"}));
            books.tell("customer.created", json!({"id": "cus_1", "object": "customer"}));
            books.tell("charge.dispute.created", json!({"id": "du_never", "object": "dispute", "payment_intent": intent}));
        });
        hear(&ada, &bank).await;
        assert_eq!(status(&ada, &number).await, OrderStatus::AwaitingPayment);
        assert_eq!(bank.refunded(), 0);
        let outcome =
            |outcome: &'static str| photovault::platform::db::sql("SELECT COUNT(*) FROM payment_events WHERE outcome = $1").bind(outcome);
        assert_eq!(outcome("not ours").one::<(i64,)>(&ada.db).await.unwrap().0, 1);
        // tried again and again, given up after a while, and still in the book
        for _ in 0..12 {
            world.later(400 * SECOND);
            work(&ada).await;
        }
        assert_eq!(outcome("given up").one::<(i64,)>(&ada.db).await.unwrap().0, 2, "{}", world.engine);
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM payment_events WHERE handled_at IS NULL").await, 2, "given up is not handled");
    }
}

#[tokio::test]
async fn an_event_that_was_given_up_is_looked_at_again_when_told_again_by_the_owner_and_by_itself() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        for way in ["told again", "by the owner", "by itself"] {
            let shop = Shop::of_its_own(&world, way, 1).await;
            let ada = shop.client_with(&world, &format!("{way}@example.com").replace(' ', "-"), &shop.photos).await;
            let (number, intent) = order_by_card(&ada).await;
            bank.pay(&intent, Card::Good);
            hear(&ada, &bank).await;
            // the bank tells of it before it knows of it itself
            let id = format!("du_{}", way.replace(' ', "_"));
            bank.dispute(&intent, &id, "needs_response", "charge.dispute.created");
            let event = event(&bank);
            let dispute = bank.books(|books| books.disputes.remove(&id).unwrap());
            assert_eq!(deliver(&ada, &event).await, 200);
            for _ in 0..12 {
                work(&ada).await;
                world.later(400 * SECOND);
            }
            assert_eq!(count(&ada, "SELECT COUNT(*) FROM jobs WHERE status = 'failed'").await, 1, "{way} on {}", world.engine);
            bank.books(|books| books.disputes.insert(id, dispute));
            match way {
                "told again" => assert_eq!(deliver(&ada, &event).await, 200),
                "by the owner" => {
                    let mut tx = ada.db.begin().await.unwrap();
                    assert_eq!(jobs::retry(&mut tx, &ada.clock, None).await.unwrap(), 1);
                    tx.commit().await.unwrap();
                }
                _ => {
                    world.later(HOUR);
                    assert_eq!(service::look_at_events_again(&world.system()).await.unwrap(), 1);
                }
            }
            work(&ada).await;
            let copies: Vec<_> = service::order_page(&ada, &number).await.unwrap().lines.iter().map(|line| line.copy).collect();
            assert_eq!(copies, [CopyState::Suspended], "{way} on {}", world.engine);
            assert_eq!(count(&ada, "SELECT COUNT(*) FROM payment_events WHERE handled_at IS NULL").await, 0);
            assert_eq!(service::look_at_events_again(&world.system()).await.unwrap(), 0, "what is handled is left alone");
        }
    }
}

#[tokio::test]
async fn what_is_never_understood_is_looked_at_ever_more_rarely() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        let shop = Shop::open(&world, 1).await;
        bank.books(|books| {
            books.tell("payment_intent.succeeded", json!({"id": "pi_never", "object": "payment_intent", "status": "succeeded"}))
        });
        hear(&shop.owner, &bank).await;
        let mut looks = 0;
        for _ in 0..40 * 24 {
            looks += service::look_at_events_again(&world.system()).await.unwrap();
            world.later(HOUR);
        }
        assert!((20..=40).contains(&looks), "{looks} looks in forty days on {}", world.engine);
    }
}

#[tokio::test]
async fn a_payment_that_no_record_knows_goes_back() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let (number, _) = order_by_card(&ada).await;
        let second = bank.books(|books| {
            // an earlier copy of the data was restored: the intent carries our mark, but its attempt is gone
            let mut intent = books.intents.values().next().unwrap().clone();
            intent["id"] = "pi_lost".into();
            intent["metadata"]["payment"] = uuid::Uuid::now_v7().to_string().into();
            intent["status"] = "succeeded".into();
            intent["amount_received"] = intent["amount"].clone();
            books.intents.insert("pi_lost".into(), intent.clone());
            intent
        });
        for _ in 0..2 {
            bank.books(|books| books.tell("payment_intent.succeeded", second.clone()));
            hear(&ada, &bank).await;
        }
        assert_eq!((bank.refunded(), bank.books(|books| books.refunds.len())), (2500, 1));
        let intent = begin(&ada, &number).await;
        assert_ne!(intent, "pi_lost");
    }
}
