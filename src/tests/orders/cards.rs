use crate::support::{
    shop::{Shop, change, count, letters_that_say, order, order_offline, set_prices},
    stripe::{Card, Fault, begin, hear, order_by_card, work, worlds_with_cards},
    worlds,
};
use photovault::{
    features::{
        cart::server::service as cart,
        catalogue::Size,
        orders::{
            CopyState, OrderStatus, PaymentMethod, PaymentState, SandboxWish,
            server::service::{self, MarkPaid, Marked},
        },
    },
    platform::{
        RequestContext,
        clock::{DAY, MINUTE},
        payment::Stripe,
    },
    shared::AppError,
};

async fn state(cx: &RequestContext, number: &str) -> PaymentState {
    service::order_page(cx, number).await.unwrap().payment
}

async fn status(cx: &RequestContext, number: &str) -> OrderStatus {
    service::order_page(cx, number).await.unwrap().status
}

#[tokio::test]
async fn a_card_pays_an_order_once_and_opens_its_downloads() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        let shop = Shop::open(&world, 2).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let (number, intent) = order_by_card(&ada).await;
        // asked again it is the same payment
        assert_eq!(begin(&ada, &number).await, intent);
        let books = bank.intents();
        assert_eq!((books.len(), &books[0]["amount"], &books[0]["currency"]), (1, &5000.into(), &"eur".into()));
        assert_eq!(books[0]["metadata"]["order"], number.as_str());
        let made = bank.books(|books| books.calls[0].clone());
        let (attempt,): (uuid::Uuid,) = photovault::platform::db::sql("SELECT id FROM payments").one(&ada.db).await.unwrap();
        assert_eq!(made, format!("POST /v1/payment_intents {attempt}"));
        // what the browser says counts for nothing
        assert_eq!(service::confirm_card_payment(&ada, &number).await.unwrap(), OrderStatus::AwaitingPayment);
        bank.pay(&intent, Card::Good);
        for _ in 0..3 {
            assert_eq!(service::confirm_card_payment(&ada, &number).await.unwrap(), OrderStatus::Paid);
        }
        hear(&ada, &bank).await;
        let paid = service::order_page(&ada, &number).await.unwrap();
        assert!(paid.method == PaymentMethod::Card && paid.lines.iter().all(|line| line.copy == CopyState::Yours));
        assert_eq!(paid.papers[0].number, "INV-2026-000001", "{}", world.engine);
        for (what, expected) in [
            ("SELECT COUNT(*) FROM entitlements", 2),
            ("SELECT COUNT(*) FROM mails WHERE once_key LIKE 'receipt-%'", 1),
            ("SELECT COUNT(*) FROM payments WHERE status = 'succeeded'", 1),
            ("SELECT COUNT(*) FROM history WHERE entity = 'order' AND to_state = 'paid'", 1),
            ("SELECT COUNT(*) FROM refunds", 0),
        ] {
            assert_eq!(count(&ada, what).await, expected, "{what} on {}", world.engine);
        }
        for (words, expected) in [("/invoices/INV-2026-000001", 1), ("_secret_", 0), ("sk_test", 0)] {
            assert_eq!(letters_that_say(&ada, words).await, expected, "letters with {words} on {}", world.engine);
        }
        assert!(
            matches!(service::begin_card_payment(&ada, &number).await, Err(AppError::Conflict(words)) if words.contains("paid already"))
        );
    }
}

#[tokio::test]
async fn nobody_else_pays_and_without_keys_there_are_no_cards() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let (number, _) = order_by_card(&ada).await;
        let eve = shop.client(&world, "eve@example.com").await;
        for stranger in [&eve, &shop.owner, &shop.photographer] {
            assert_eq!(service::begin_card_payment(stranger, &number).await.err(), Some(AppError::NotFound));
            assert_eq!(service::pay_page(stranger, &number).await.err(), Some(AppError::NotFound));
        }
        assert_eq!(service::begin_card_payment(&world.guest(), &number).await.err(), Some(AppError::SignInNeeded));
    }
    for world in worlds().await {
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        assert!(!service::checkout(&ada).await.unwrap().ways.card);
        assert!(matches!(order(&ada, PaymentMethod::Card, SandboxWish::Success).await, Err(AppError::Invalid(_))));
    }
}

#[tokio::test]
async fn a_declined_card_says_why_and_another_one_pays_the_same_order() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let (number, intent) = order_by_card(&ada).await;
        bank.pay(&intent, Card::Declined);
        hear(&ada, &bank).await;
        assert_eq!(state(&ada, &number).await, PaymentState::Declined { reason: "Your card has insufficient funds.".into() });
        bank.pay(&intent, Card::Asks);
        hear(&ada, &bank).await;
        assert_eq!(state(&ada, &number).await, PaymentState::ActionNeeded);
        bank.pay(&intent, Card::Slow);
        service::check_payment(&ada, &number).await.unwrap();
        assert_eq!(state(&ada, &number).await, PaymentState::Processing);
        assert!(matches!(service::begin_card_payment(&ada, &number).await, Err(AppError::Conflict(_))));
        assert!(matches!(service::cancel_order(&ada, &number).await, Err(AppError::Conflict(_))));
        bank.pay(&intent, Card::Good);
        hear(&ada, &bank).await;
        assert_eq!(status(&ada, &number).await, OrderStatus::Paid);
        assert_eq!((bank.intents().len(), count(&ada, "SELECT COUNT(*) FROM orders").await), (1, 1));
    }
}

#[tokio::test]
async fn whoever_closes_the_laptop_while_paying_is_found_by_the_sweep() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let (number, intent) = order_by_card(&ada).await;
        bank.pay(&intent, Card::Good);
        bank.take_events();
        world.later(MINUTE);
        assert_eq!(service::check_open_payments(&world.system()).await.unwrap(), 1);
        assert_eq!(status(&ada, &number).await, OrderStatus::Paid);
        assert_eq!(service::check_open_payments(&world.system()).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn a_payment_that_nobody_finishes_is_closed_after_a_day_and_the_order_can_be_paid_anew() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let (number, first) = order_by_card(&ada).await;
        world.later(DAY + MINUTE);
        service::check_open_payments(&world.system()).await.unwrap();
        assert_eq!(bank.intents()[0]["status"], "canceled");
        assert_eq!((status(&ada, &number).await, state(&ada, &number).await), (OrderStatus::AwaitingPayment, PaymentState::Open));
        let second = begin(&ada, &number).await;
        assert_ne!(first, second);
        bank.pay(&second, Card::Good);
        hear(&ada, &bank).await;
        assert_eq!(status(&ada, &number).await, OrderStatus::Paid);
    }
}

#[tokio::test]
async fn another_way_to_pay_closes_the_card_payment_first() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let (number, _) = order_by_card(&ada).await;
        service::pay_order(&ada, &number, PaymentMethod::Offline, SandboxWish::Success).await.unwrap();
        assert_eq!(bank.intents()[0]["status"], "canceled");
        assert!(matches!(state(&ada, &number).await, PaymentState::Offline { .. }));
        let second = begin(&ada, &number).await;
        // the studio marks it paid while the card's page is open: that page can charge no more
        let cash = MarkPaid { paid_on: "2026-06-14".into(), reference: "cash".into() };
        assert_eq!(service::mark_paid(&shop.owner, &number, cash).await.unwrap(), Marked::Now);
        assert!(bank.intents().iter().any(|intent| intent["id"] == second.as_str() && intent["status"] == "canceled"));
        assert_eq!((bank.books(|books| books.charges), status(&ada, &number).await), (0, OrderStatus::Paid));
    }
}

#[tokio::test]
async fn money_without_a_valid_order_goes_back_once() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let (number, intent) = order_by_card(&ada).await;
        bank.pay(&intent, Card::Good);
        change(&ada, "UPDATE orders SET status = 'cancelled'").await;
        for _ in 0..3 {
            bank.books(|books| books.tell("payment_intent.succeeded", books.intents[&intent].clone()));
            hear(&ada, &bank).await;
        }
        assert_eq!((bank.refunded(), bank.books(|books| books.refunds.len())), (2500, 1), "{}", world.engine);
        assert_eq!(status(&ada, &number).await, OrderStatus::Cancelled);
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM entitlements").await, 0);
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM mails WHERE once_key LIKE 'given-back-%' AND recipient = 'ada@example.com'").await, 1);
        assert_eq!(letters_that_say(&ada, "by itself").await, 1);
    }
}

#[tokio::test]
async fn another_amount_another_mode_and_a_foreign_mark_are_never_believed() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        let shop = Shop::open(&world, 4).await;
        let lies = [
            ("amount_received", 1.into()),
            ("currency", "usd".into()),
            ("livemode", true.into()),
            ("metadata", serde_json::json!({"order": "PV-1"})),
        ];
        for (photo, (field, value)) in shop.photos.iter().zip(lies) {
            let ada = shop.client_with(&world, &format!("{field}@example.com"), &[*photo]).await;
            let (number, intent) = order_by_card(&ada).await;
            bank.pay(&intent, Card::Good);
            bank.books(|books| books.intents.get_mut(&intent).unwrap()[field] = value);
            hear(&ada, &bank).await;
            assert_eq!(status(&ada, &number).await, OrderStatus::AwaitingPayment, "{field}");
            let with_studio = field == "amount_received" || field == "currency";
            assert_eq!(state(&ada, &number).await == PaymentState::WithStudio, with_studio, "{field}");
        }
        assert_eq!(count(&shop.owner, "SELECT COUNT(*) FROM entitlements").await + bank.refunded(), 0);
        assert_eq!(count(&shop.owner, "SELECT COUNT(*) FROM mails WHERE once_key LIKE 'payment-needs-you-%'").await, 2);
    }
}

#[tokio::test]
async fn a_payment_that_the_provider_does_not_know_any_more_holds_up_no_order() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        let shop = Shop::open(&world, 4).await;
        let mut clients = vec![];
        for (n, photo) in shop.photos.iter().enumerate() {
            clients.push(shop.client_with(&world, &format!("client{n}@example.com"), &[*photo]).await);
        }
        let [ada, ben, cleo, dan] = [0, 1, 2, 3].map(|n| clients[n].clone());
        let mut numbers = vec![];
        for client in &clients {
            numbers.push(order_by_card(client).await.0);
        }
        // the keys of another account stand in the settings now
        bank.books(|books| books.intents.clear());
        let again = begin(&ada, &numbers[0]).await;
        bank.pay(&again, Card::Good);
        hear(&ada, &bank).await;
        assert_eq!(status(&ada, &numbers[0]).await, OrderStatus::Paid, "{}", world.engine);
        service::pay_order(&ben, &numbers[1], PaymentMethod::Offline, SandboxWish::Success).await.unwrap();
        assert!(matches!(state(&ben, &numbers[1]).await, PaymentState::Offline { .. }));
        service::cancel_order(&cleo, &numbers[2]).await.unwrap();
        let cash = MarkPaid { paid_on: "2026-06-14".into(), reference: "cash".into() };
        assert_eq!(service::mark_paid(&shop.owner, &numbers[3], cash).await.unwrap(), Marked::Now);
        assert_eq!(status(&dan, &numbers[3]).await, OrderStatus::Paid);
    }
}

#[tokio::test]
async fn attempts_that_are_asked_about_in_vain_hold_up_no_newer_ones() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        let shop = Shop::open(&world, 10).await;
        let mut last = None;
        for (n, photo) in shop.photos.iter().enumerate() {
            let client = shop.client_with(&world, &format!("client{n}@example.com"), &[*photo]).await;
            let (number, intent) = order_by_card(&client).await;
            if n < 9 {
                bank.books(|books| books.intents.get_mut(&intent).unwrap()["metadata"] = serde_json::json!({"studio": "another"}));
            } else {
                bank.pay(&intent, Card::Good);
                last = Some((client, number));
            }
        }
        let (zoe, number) = last.unwrap();
        bank.take_events();
        for _ in 0..3 {
            world.later(MINUTE);
            service::check_open_payments(&world.system()).await.unwrap();
        }
        assert_eq!(status(&zoe, &number).await, OrderStatus::Paid, "{}", world.engine);
    }
}

#[tokio::test]
async fn an_amount_that_no_card_pays_says_so_and_can_be_paid_otherwise() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let number = order(&ada, PaymentMethod::Card, SandboxWish::Success).await.unwrap();
        bank.books(|books| books.faults = vec![("POST /v1/payment_intents", Fault::Refused)]);
        assert!(
            matches!(service::begin_card_payment(&ada, &number).await, Err(AppError::Conflict(words)) if words.contains("cannot be paid by card"))
        );
        assert!(matches!(state(&ada, &number).await, PaymentState::Declined { .. }), "{}", world.engine);
        service::pay_order(&ada, &number, PaymentMethod::Offline, SandboxWish::Success).await.unwrap();
        assert!(matches!(state(&ada, &number).await, PaymentState::Offline { .. }));
    }
}

#[tokio::test]
async fn another_amount_that_went_back_leaves_the_order_to_be_paid_anew() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let (number, intent) = order_by_card(&ada).await;
        bank.pay(&intent, Card::Good);
        bank.books(|books| books.intents.get_mut(&intent).unwrap()["amount_received"] = 700.into());
        hear(&ada, &bank).await;
        assert_eq!(state(&ada, &number).await, PaymentState::WithStudio);
        // the ledger shows what came, not what was asked for
        let ledger = async || {
            service::studio_payments(&shop.owner, None).await.unwrap().items.iter().map(|row| row.amount.amount).collect::<Vec<_>>()
        };
        assert_eq!(ledger().await, [700], "{}", world.engine);
        world.later(MINUTE);
        bank.refund_in_dashboard(&intent, 300);
        hear(&ada, &bank).await;
        assert_eq!(state(&ada, &number).await, PaymentState::WithStudio, "a part is not all");
        world.later(MINUTE);
        bank.refund_in_dashboard(&intent, 400);
        hear(&ada, &bank).await;
        assert_eq!(state(&ada, &number).await, PaymentState::Open);
        assert_eq!((ledger().await, count(&ada, "SELECT COUNT(*) FROM refund_lines").await), (vec![-400, -300, 700], 0));
        // the old news once more change nothing
        bank.books(|books| books.tell("payment_intent.succeeded", books.intents[&intent].clone()));
        hear(&ada, &bank).await;
        let second = begin(&ada, &number).await;
        bank.pay(&second, Card::Good);
        hear(&ada, &bank).await;
        assert_eq!(status(&ada, &number).await, OrderStatus::Paid);
        let whole = service::studio_order(&shop.owner, &number).await.unwrap().refundable.unwrap();
        assert_eq!(whole.rest.amount, 2500);
    }
}

#[tokio::test]
async fn payments_stay_ours_when_the_secret_of_the_installation_changes() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let settings = world.services.config.stripe.clone().unwrap();
        let before = Stripe::open(&settings, "secret").unwrap();
        before.keep_mark(&ada.db).await.unwrap();
        let (_, intent) = order_by_card(&ada).await;
        let intent = before.intent(&intent).await.unwrap();
        let after = Stripe::open(&settings, "another").unwrap();
        assert!(before.is_ours(&intent) && !after.is_ours(&intent));
        after.keep_mark(&ada.db).await.unwrap();
        assert!(after.is_ours(&intent), "{}", world.engine);
    }
}

#[tokio::test]
async fn lost_answers_make_no_second_payment() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        bank.books(|books| {
            books.faults = vec![
                ("POST /v1/payment_intents", Fault::LostAnswer),
                ("POST /v1/payment_intents", Fault::ErrorAfter),
                ("POST /v1/payment_intents", Fault::TooMany),
            ]
        });
        let (number, intent) = order_by_card(&ada).await;
        assert_eq!(bank.intents().len(), 1);
        bank.pay(&intent, Card::Good);
        hear(&ada, &bank).await;
        assert_eq!((status(&ada, &number).await, bank.books(|books| books.charges)), (OrderStatus::Paid, 1));
    }
}

#[tokio::test]
async fn what_costs_nothing_never_reaches_the_provider_and_the_studio_hears_of_every_order() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        let shop = Shop::open(&world, 2).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos[..1]).await;
        order_offline(&ada).await;
        set_prices(&shop.owner, "0", "0").await;
        cart::add_to_cart(&ada, shop.photos[1], Size::Original).await.unwrap();
        let number = order(&ada, PaymentMethod::Card, SandboxWish::Success).await.unwrap();
        work(&ada).await;
        assert_eq!((status(&ada, &number).await, bank.books(|books| books.calls.len())), (OrderStatus::Paid, 0));
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM invoices").await, 0);
        for who in ["owner@example.com", "photographer@example.com"] {
            let (letters,): (i64,) =
                photovault::platform::db::sql("SELECT COUNT(*) FROM mails WHERE once_key LIKE 'order-for-studio-%' AND recipient = $1")
                    .bind(who)
                    .one(&ada.db)
                    .await
                    .unwrap();
            assert_eq!(letters, 2, "{who}");
        }
    }
}
