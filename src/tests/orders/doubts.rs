//! Payments that the provider finds risky.
use crate::support::{
    shop::{Shop, count, letters_that_say},
    stripe::{Card, hear, order_by_card, worlds_with_cards},
};
use photovault::{
    features::orders::{CopyState, OrderStatus, server::service},
    platform::RequestContext,
    shared::AppError,
};

async fn copy(ada: &RequestContext, number: &str) -> (OrderStatus, CopyState) {
    let page = service::order_page(ada, number).await.unwrap();
    (page.status, page.lines[0].copy)
}

#[tokio::test]
async fn a_risky_payment_pays_and_its_downloads_wait_for_the_studio() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        bank.books(|books| books.risk = Some("elevated"));
        let (number, intent) = order_by_card(&ada).await;
        bank.pay(&intent, Card::Good);
        hear(&ada, &bank).await;
        service::confirm_card_payment(&ada, &number).await.unwrap();
        assert_eq!(copy(&ada, &number).await, (OrderStatus::Paid, CopyState::Suspended), "{}", world.engine);
        assert!(service::order_page(&ada, &number).await.unwrap().held);
        let page = service::studio_order(&shop.owner, &number).await.unwrap();
        assert_eq!((page.held, page.may_release, page.risk.as_str()), (true, true, "elevated (authorized)"));
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM mails WHERE once_key LIKE 'on-hold-%' AND recipient = 'owner@example.com'").await, 1);
        // the receipt promises no downloads that are not there
        assert_eq!(
            (letters_that_say(&ada, "Your photographs are ready to download").await, letters_that_say(&ada, "look at each payment").await),
            (0, 1)
        );
        assert_eq!(service::release_downloads(&ada, &number).await, Err(AppError::NotFound));
        for _ in 0..2 {
            service::release_downloads(&shop.owner, &number).await.unwrap();
        }
        assert_eq!(copy(&ada, &number).await.1, CopyState::Yours, "{}", world.engine);
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM mails WHERE once_key LIKE 'released-%' AND recipient = 'ada@example.com'").await, 1);
        // a review that begins late holds nothing a second time
        bank.review(&intent, None);
        hear(&ada, &bank).await;
        assert_eq!(copy(&ada, &number).await.1, CopyState::Yours);
        // and a dispute still does
        bank.dispute(&intent, "du_1", "needs_response", "charge.dispute.created");
        hear(&ada, &bank).await;
        assert_eq!(copy(&ada, &number).await.1, CopyState::Suspended);
    }
}

#[tokio::test]
async fn a_review_rests_the_downloads_until_it_ends_well() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        for (end, after) in [("approved", CopyState::Yours), ("refunded_as_fraud", CopyState::Suspended)] {
            let shop = Shop::of_its_own(&world, end, 1).await;
            let ada = shop.client_with(&world, &format!("{end}@example.com"), &shop.photos).await;
            let (number, intent) = order_by_card(&ada).await;
            bank.pay(&intent, Card::Good);
            hear(&ada, &bank).await;
            assert_eq!(copy(&ada, &number).await.1, CopyState::Yours);
            bank.review(&intent, None);
            hear(&ada, &bank).await;
            assert_eq!(copy(&ada, &number).await.1, CopyState::Suspended, "{end} on {}", world.engine);
            bank.review(&intent, None);
            let late = bank.take_events();
            bank.review(&intent, Some(end));
            hear(&ada, &bank).await;
            for event in late {
                crate::support::stripe::deliver(&ada, &event).await;
                crate::support::stripe::work(&ada).await;
            }
            assert_eq!(copy(&ada, &number).await.1, after, "{end} on {}", world.engine);
        }
    }
}

#[tokio::test]
async fn money_that_goes_back_before_anybody_looked_leaves_nothing_to_release() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        bank.books(|books| books.risk = Some("highest"));
        let (number, intent) = order_by_card(&ada).await;
        bank.pay(&intent, Card::Good);
        hear(&ada, &bank).await;
        let form = service::RefundForm { amount: "25".into(), ..Default::default() };
        service::refund_order(&shop.owner, &number, form).await.unwrap();
        assert_eq!(copy(&ada, &number).await.1, CopyState::Returned, "{}", world.engine);
        assert!(!service::studio_order(&shop.owner, &number).await.unwrap().held);
        service::release_downloads(&shop.owner, &number).await.unwrap();
        assert_eq!(copy(&ada, &number).await.1, CopyState::Returned);
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM mails WHERE once_key LIKE 'released-%'").await, 0);
    }
}
