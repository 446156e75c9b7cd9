use crate::support::{
    shop::{Shop, count},
    stripe::{Card, hear, order_by_card, worlds_with_cards},
};
use photovault::features::orders::{CopyState, server::service};

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
