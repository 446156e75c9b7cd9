use crate::support::{
    shop::{Shop, count},
    stripe::{Bank, CARDS, Card, hear, order_by_card, worlds_with_cards},
    worlds_with,
};
use photovault::{
    features::orders::{CopyState, Flow, server::service},
    platform::{RequestContext, clock::MINUTE},
};

async fn copies(ada: &RequestContext, number: &str) -> Vec<CopyState> {
    service::order_page(ada, number).await.unwrap().lines.iter().map(|line| line.copy).collect()
}

#[tokio::test]
async fn downloads_rest_during_a_dispute_and_come_back_when_it_is_won() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        for (end, after) in [("won", CopyState::Yours), ("lost", CopyState::Returned)] {
            let email = format!("{end}@example.com");
            let photographer = world.person(photovault::shared::Role::Photographer, &format!("p-{email}")).await;
            let owner = world.person(photovault::shared::Role::Owner, &format!("o-{email}")).await;
            crate::support::shop::set_prices(&owner, "10", "25").await;
            let (gallery, photos) = crate::support::shop::gallery(&photographer, 2).await;
            let shop = Shop { owner, photographer, gallery, photos };
            let ada = shop.client_with(&world, &email, &shop.photos).await;
            let (number, intent) = order_by_card(&ada).await;
            bank.pay(&intent, Card::Good);
            hear(&ada, &bank).await;
            let copies = async || service::order_page(&ada, &number).await.unwrap().lines.iter().map(|line| line.copy).collect::<Vec<_>>();
            let id = format!("du_{end}_{}", world.engine);
            bank.dispute(&intent, &id, "needs_response", "charge.dispute.created");
            hear(&ada, &bank).await;
            assert_eq!(copies().await, [CopyState::Suspended; 2], "{end} on {}", world.engine);
            let page = service::studio_order(&shop.owner, &number).await.unwrap();
            assert!(page.troubles[0].contains("called this payment back"), "{:?}", page.troubles);
            bank.dispute(&intent, &id, end, "charge.dispute.closed");
            let closed = bank.take_events();
            // the message about its beginning arrives once more, and late
            bank.dispute(&intent, &id, "needs_response", "charge.dispute.updated");
            let late = bank.take_events();
            for event in closed.into_iter().chain(late) {
                assert_eq!(crate::support::stripe::deliver(&ada, &event).await, 200);
                crate::support::stripe::work(&ada).await;
            }
            assert_eq!(copies().await, [after; 2], "{end} on {}", world.engine);
            assert!(count(&ada, "SELECT COUNT(*) FROM mails WHERE once_key LIKE 'dispute-%'").await >= 2);
        }
    }
}

#[tokio::test]
async fn a_dispute_that_is_told_before_its_payment_rests_the_downloads_all_the_same() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let (number, intent) = order_by_card(&ada).await;
        bank.pay(&intent, Card::Good);
        let paid = bank.take_events();
        bank.dispute(&intent, "du_1", "needs_response", "charge.dispute.created");
        hear(&ada, &bank).await;
        assert_eq!(copies(&ada, &number).await, [CopyState::Suspended], "{}", world.engine);
        for event in paid {
            crate::support::stripe::deliver(&ada, &event).await;
        }
        crate::support::stripe::work(&ada).await;
        assert_eq!(copies(&ada, &number).await, [CopyState::Suspended], "{}", world.engine);
    }
}

#[tokio::test]
async fn a_lost_dispute_stands_in_the_ledger_as_money_that_left() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        let shop = Shop::open(&world, 2).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let (_, intent) = order_by_card(&ada).await;
        bank.pay(&intent, Card::Good);
        hear(&ada, &bank).await;
        world.later(MINUTE);
        bank.dispute(&intent, "du_1", "lost", "charge.dispute.closed");
        hear(&ada, &bank).await;
        for whose in [service::studio_payments(&shop.owner, None), service::studio_payments(&shop.photographer, None)] {
            let rows: Vec<_> = whose.await.unwrap().items.iter().map(|row| (row.what, row.amount.amount)).collect();
            assert_eq!(rows, [(Flow::Dispute, -5000), (Flow::Payment, 5000)], "{}", world.engine);
        }
        let own: i64 = service::my_payments(&ada, None).await.unwrap().items.iter().map(|row| row.amount.amount).sum();
        assert_eq!(own, 0);
    }
}

#[tokio::test]
async fn a_studio_may_leave_the_downloads_open_until_a_dispute_is_lost() {
    let bank = Bank::default();
    let address = bank.open().await;
    let settings = [&CARDS[..], &[("STRIPE_API_BASE", address.as_str()), ("DISPUTES_SUSPEND", "0")]].concat();
    for world in worlds_with(&settings).await {
        bank.reset();
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let (number, intent) = order_by_card(&ada).await;
        bank.pay(&intent, Card::Good);
        bank.dispute(&intent, "du_1", "needs_response", "charge.dispute.created");
        hear(&ada, &bank).await;
        assert_eq!(copies(&ada, &number).await, [CopyState::Yours], "{}", world.engine);
        bank.dispute(&intent, "du_1", "lost", "charge.dispute.closed");
        hear(&ada, &bank).await;
        assert_eq!(copies(&ada, &number).await, [CopyState::Returned], "{}", world.engine);
    }
}
