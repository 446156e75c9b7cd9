//! Too many cards, and no cards any more.
use crate::support::{
    shop::{Shop, count, order},
    stripe::{Card, begin, hear, order_by_card, worlds_with_cards},
};
use photovault::{
    features::orders::{
        CardPage, OrderStatus, PaymentMethod, PaymentState, SandboxWish,
        server::service::{self, MarkPaid, Marked},
    },
    platform::{RequestContext, Services, clock::HOUR},
    shared::AppError,
};
use std::sync::Arc;

#[tokio::test]
async fn one_person_begins_ten_card_payments_an_hour_and_others_are_not_held_up() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let (number, first) = order_by_card(&ada).await;
        // to look at the page again is no new payment
        for _ in 0..15 {
            assert_eq!(begin(&ada, &number).await, first);
        }
        for _ in 0..9 {
            service::pay_order(&ada, &number, PaymentMethod::Offline, SandboxWish::Success).await.unwrap();
            begin(&ada, &number).await;
        }
        service::pay_order(&ada, &number, PaymentMethod::Offline, SandboxWish::Success).await.unwrap();
        let refused = service::begin_card_payment(&ada, &number).await.err();
        assert!(matches!(refused, Some(AppError::TooMany { retry_after }) if retry_after > 3000), "{} {refused:?}", world.engine);
        assert_eq!(bank.intents().len(), 10);
        let ben = shop.client_with(&world, "ben@example.com", &shop.photos).await;
        order_by_card(&ben).await;
        world.later(HOUR + 1);
        begin(&ada, &number).await;
    }
}

#[tokio::test]
async fn the_tenth_declined_card_closes_the_payment_for_an_hour() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let (number, intent) = order_by_card(&ada).await;
        for _ in 0..9 {
            bank.pay(&intent, Card::Declined);
            hear(&ada, &bank).await;
        }
        assert_eq!(bank.intents()[0]["status"], "requires_payment_method");
        bank.pay(&intent, Card::Declined);
        hear(&ada, &bank).await;
        assert_eq!(bank.intents()[0]["status"], "canceled", "{}", world.engine);
        assert!(matches!(service::begin_card_payment(&ada, &number).await, Err(AppError::TooMany { .. })));
        // the order stays, and can be paid in another way
        service::pay_order(&ada, &number, PaymentMethod::Offline, SandboxWish::Success).await.unwrap();
        world.later(HOUR + 1);
        let second = begin(&ada, &number).await;
        bank.pay(&second, Card::Good);
        hear(&ada, &bank).await;
        assert_eq!(service::order_page(&ada, &number).await.unwrap().status, OrderStatus::Paid);
    }
}

/// The same person at the same studio after its keys were taken out of the settings.
fn without_keys(cx: &RequestContext, services: &Arc<Services>) -> RequestContext {
    RequestContext { services: services.clone(), ..cx.clone() }
}

#[tokio::test]
async fn orders_that_waited_for_a_card_are_paid_otherwise_when_the_keys_are_gone() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        let shop = Shop::open(&world, 4).await;
        let mut clients = vec![];
        for n in 0..4 {
            clients.push(shop.client_with(&world, &format!("client{n}@example.com"), &shop.photos[n..=n]).await);
        }
        let (begun, intent) = order_by_card(&clients[0]).await;
        let fresh = order(&clients[1], PaymentMethod::Card, SandboxWish::Success).await.unwrap();
        let (to_cancel, _) = order_by_card(&clients[2]).await;
        let (under_way, slow) = order_by_card(&clients[3]).await;
        bank.pay(&slow, Card::Slow);
        hear(&clients[3], &bank).await;
        let keyless = world.without_cards().await;
        let [ada, ben, cleo, dan] = [0, 1, 2, 3].map(|n| without_keys(&clients[n], &keyless));
        let owner = without_keys(&shop.owner, &keyless);
        for (client, number) in [(&ada, &begun), (&ben, &fresh)] {
            assert_eq!(service::pay_page(client, number).await.unwrap(), CardPage::NoCards);
            service::pay_order(client, number, PaymentMethod::Offline, SandboxWish::Success).await.unwrap();
            let page = service::order_page(client, number).await.unwrap();
            assert!(matches!(page.payment, PaymentState::Offline { .. }), "{} {:?}", world.engine, page.payment);
        }
        let cash = || MarkPaid { paid_on: "2026-06-14".into(), reference: "cash".into() };
        assert_eq!(service::mark_paid(&owner, &begun, cash()).await.unwrap(), Marked::Now);
        service::cancel_order(&cleo, &to_cancel).await.unwrap();
        // what the bank works on is not paid a second time by its buyer; the studio may look and decide
        service::pay_order(&dan, &under_way, PaymentMethod::Offline, SandboxWish::Success).await.unwrap();
        assert_eq!(service::order_page(&dan, &under_way).await.unwrap().payment, PaymentState::Processing);
        assert!(matches!(service::cancel_order(&dan, &under_way).await, Err(AppError::Conflict(_))));
        assert!(!service::studio_order(&owner, &under_way).await.unwrap().checking);
        assert_eq!(service::mark_paid(&owner, &under_way, cash()).await.unwrap(), Marked::Now);
        // the keys are back, and somebody's old form was still open: what is not owed goes back by itself
        bank.pay(&intent, Card::Good);
        hear(&clients[0], &bank).await;
        assert_eq!((bank.refunded(), count(&ada, "SELECT COUNT(*) FROM refunds WHERE origin = 'automatic'").await), (2500, 1));
    }
}
