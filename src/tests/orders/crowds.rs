use crate::support::{
    figure, rounds,
    shop::{Shop, count, id, order, order_offline},
    worlds,
};
use futures::future::join_all;
use photovault::{
    features::{
        cart::server::service as cart,
        catalogue::Size,
        orders::{
            CheckoutForm, PaymentMethod, SandboxWish,
            server::service::{self, MarkPaid, Marked},
        },
    },
    platform::RequestContext,
    shared::AppError,
};
use std::collections::BTreeSet;

const CROWD: usize = 40;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn forty_clients_buy_the_same_photograph_at_once_and_each_gets_it() {
    let rounds = rounds("CROWDS", 2);
    for world in worlds().await {
        let shop = Shop::open(&world, rounds).await;
        // where several programs share a database, half of them buy at the other one
        let twin = if world.services.db.is_shared() { world.twin().await } else { world.services.clone() };
        let mut crowd = vec![];
        for n in 0..CROWD {
            let client = shop.client(&world, &format!("client{n}@example.com")).await;
            crowd.push(if n % 2 == 0 { client } else { RequestContext { services: twin.clone(), ..client } });
        }
        for (round, photo) in shop.photos.iter().enumerate() {
            for client in &crowd {
                cart::add_to_cart(client, *photo, Size::Original).await.unwrap();
            }
            let buying = crowd
                .iter()
                .cloned()
                .map(|client| tokio::spawn(async move { order(&client, PaymentMethod::Sandbox, SandboxWish::Success).await.unwrap() }));
            let numbers: BTreeSet<String> = join_all(buying).await.into_iter().map(Result::unwrap).collect();
            let expected = (round * CROWD + 1..=(round + 1) * CROWD).map(|n| format!("PV-2026-{n:06}")).collect();
            assert_eq!(numbers, expected, "{} in round {round}", world.engine);
        }
        let all = (CROWD * rounds) as i64;
        for what in [
            "SELECT COUNT(*) FROM orders WHERE status = 'paid'",
            "SELECT COUNT(*) FROM orders",
            "SELECT COUNT(*) FROM order_lines",
            "SELECT COUNT(*) FROM payments WHERE status = 'succeeded'",
            "SELECT COUNT(*) FROM payments",
            "SELECT COUNT(*) FROM sandbox_charges",
            "SELECT COUNT(*) FROM entitlements",
            "SELECT COUNT(DISTINCT number) FROM invoices",
            "SELECT COUNT(*) FROM mails WHERE once_key LIKE 'receipt-%'",
        ] {
            assert_eq!(count(&shop.owner, what).await, all, "{what} on {}", world.engine);
        }
        assert_eq!(count(&shop.owner, "SELECT COUNT(*) FROM copies_on_order").await, 0);
        assert_eq!(count(&shop.owner, "SELECT CAST(SUM(amount) AS BIGINT) FROM payments").await, 2500 * all);
        // whoever comes later sees it for sale as before
        let late = shop.client_with(&world, "late@example.com", &shop.photos[..1]).await;
        assert!(cart::cart(&late).await.unwrap().lines[0].offer.is_ok());
        figure(
            format!("{CROWD} buyers at once, {}", world.engine),
            format!("{rounds} rounds, {all} orders on one book, each paid once: 0 wrong, 0 lost"),
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn forty_people_mark_one_order_paid_and_it_happens_once() {
    for world in worlds().await {
        let shop = Shop::open(&world, 3).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let number = order_offline(&ada).await;
        let marking = (0..CROWD).map(|n| {
            let (owner, number) = (shop.owner.clone(), number.clone());
            tokio::spawn(async move {
                let form = MarkPaid { paid_on: "2026-06-14".into(), reference: format!("bank {n}") };
                service::mark_paid(&owner, &number, form).await.unwrap()
            })
        });
        let marked: Vec<_> = join_all(marking).await.into_iter().map(Result::unwrap).collect();
        assert_eq!(marked.iter().filter(|marked| **marked == Marked::Now).count(), 1, "{}", world.engine);
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM entitlements").await, 3);
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM payments").await, 1);
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM mails WHERE once_key LIKE 'receipt-%'").await, 1);
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM history WHERE entity = 'order' AND to_state = 'paid'").await, 1);
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM copies_on_order").await, 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_tabs_of_one_buyer_never_order_the_same_copy_twice() {
    for world in worlds().await {
        let shop = Shop::open(&world, 1).await;
        for round in 0..5 {
            let ada = shop.client_with(&world, &format!("ada{round}@example.com"), &shop.photos).await;
            let seen = service::checkout(&ada).await.unwrap();
            let tabs = (0..8).map(|tab| {
                let (ada, seal, photo) = (ada.clone(), seen.seal.clone(), shop.photos[0]);
                tokio::spawn(async move {
                    if tab % 2 == 1 {
                        // the other tab puts it into the cart again and orders what it sees
                        let _ = cart::add_to_cart(&ada, photo, Size::Original).await;
                    }
                    service::place_order(
                        &ada,
                        CheckoutForm { expected_total: 2500, seal, payment: PaymentMethod::Sandbox, wish: SandboxWish::Success },
                    )
                    .await
                })
            });
            for tab in join_all(tabs).await {
                assert!(matches!(tab.unwrap(), Ok(_) | Err(AppError::Conflict(_))));
            }
            let (lines,): (i64,) = photovault::platform::db::sql(
                "SELECT COUNT(*) FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE o.buyer_id = $1",
            )
            .bind(id(&ada))
            .one(&ada.db)
            .await
            .unwrap();
            assert_eq!(lines, 1, "{}", world.engine);
        }
        assert_eq!(count(&shop.owner, "SELECT COUNT(*) FROM sandbox_charges").await, 5);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn paying_marking_and_cancelling_at_once_leaves_one_truth() {
    for world in worlds().await {
        let shop = Shop::open(&world, 1).await;
        for round in 0..6 {
            let ada = shop.client_with(&world, &format!("ada{round}@example.com"), &shop.photos).await;
            let number = order_offline(&ada).await;
            let (paying, marking, cancelling) = (
                {
                    let (cx, n) = (ada.clone(), number.clone());
                    tokio::spawn(async move { service::pay_order(&cx, &n, PaymentMethod::Sandbox, SandboxWish::Success).await })
                },
                {
                    let (cx, n) = (shop.owner.clone(), number.clone());
                    tokio::spawn(async move {
                        service::mark_paid(&cx, &n, MarkPaid { paid_on: "2026-06-14".into(), reference: "cash".into() }).await.map(|_| ())
                    })
                },
                {
                    let (cx, n) = (shop.owner.clone(), number.clone());
                    tokio::spawn(async move { service::cancel_order(&cx, &n).await })
                },
            );
            for done in [paying.await, marking.await, cancelling.await] {
                assert!(matches!(done.unwrap(), Ok(()) | Err(AppError::Conflict(_))));
            }
        }
        // a right for each paid order and for no other; nobody's money is without an order that has it
        let paid = count(&shop.owner, "SELECT COUNT(*) FROM orders WHERE status = 'paid'").await;
        assert_eq!(count(&shop.owner, "SELECT COUNT(*) FROM entitlements").await, paid);
        assert_eq!(count(&shop.owner, "SELECT COUNT(*) FROM payments WHERE status = 'succeeded'").await, paid);
        assert_eq!(count(&shop.owner, "SELECT COUNT(*) FROM payments WHERE status NOT IN ('succeeded')").await, 0, "{}", world.engine);
    }
}
