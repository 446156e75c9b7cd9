use crate::support::{
    shop::{Shop, change, count, order, order_offline, set_prices},
    worlds,
};
use photovault::{
    features::{
        cart::server::service as cart,
        catalogue::Size,
        orders::{CheckoutForm, OrderStatus, PaymentMethod, SandboxWish, server::service},
    },
    shared::AppError,
};

fn form(expected_total: i64) -> CheckoutForm {
    CheckoutForm { expected_total, seal: String::new(), payment: PaymentMethod::Offline, wish: SandboxWish::Success }
}

#[tokio::test]
async fn a_price_that_changed_is_confirmed_before_anything_is_ordered() {
    for world in worlds().await {
        let shop = Shop::open(&world, 2).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let seen = service::checkout(&ada).await.unwrap();
        set_prices(&shop.owner, "10", "30").await;
        let old = CheckoutForm {
            expected_total: seen.total.amount,
            seal: seen.seal,
            payment: PaymentMethod::Offline,
            wish: SandboxWish::Success,
        };
        assert!(matches!(service::place_order(&ada, old).await, Err(AppError::Conflict(words)) if words.contains("€60.00")));
        // knowing the new total is not enough: the page with the new prices has to have been seen
        assert!(matches!(service::place_order(&ada, form(6000)).await, Err(AppError::Conflict(_))));
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM orders").await, 0);
        let now = service::checkout(&ada).await.unwrap();
        assert!(now.changed && now.lines[0].price_before.unwrap().amount == 2500);
        order_offline(&ada).await;
        assert_eq!(count(&ada, "SELECT total FROM orders").await, 6000);
    }
}

#[tokio::test]
async fn a_licence_that_changed_is_confirmed_too() {
    for world in worlds().await {
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let seen = service::checkout(&ada).await.unwrap();
        change(&ada, "UPDATE prices SET licence = 'Look, don''t touch.'").await;
        let old = CheckoutForm {
            expected_total: seen.total.amount,
            seal: seen.seal,
            payment: PaymentMethod::Offline,
            wish: SandboxWish::Success,
        };
        assert!(matches!(service::place_order(&ada, old).await, Err(AppError::Conflict(_))));
    }
}

#[tokio::test]
async fn amounts_in_the_form_are_never_charged() {
    for world in worlds().await {
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        for tampered in [0, 1, -2500, 2499, 2501, i64::MAX, i64::MIN] {
            assert!(matches!(service::place_order(&ada, form(tampered)).await, Err(AppError::Conflict(_))), "{tampered}");
        }
        let free = CheckoutForm { payment: PaymentMethod::Free, ..form(2500) };
        assert!(matches!(service::place_order(&ada, free).await, Err(AppError::Invalid(_))));
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM orders").await + count(&ada, "SELECT COUNT(*) FROM counters").await, 0);
        assert_eq!(service::place_order(&ada, form(2500)).await.unwrap(), "PV-2026-000001");
    }
}

#[tokio::test]
async fn a_line_that_cannot_be_bought_blocks_until_it_is_gone() {
    for world in worlds().await {
        let shop = Shop::open(&world, 2).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        change(&ada, "UPDATE photos SET removed_at = 1 WHERE position = 0").await;
        let seen = service::checkout(&ada).await.unwrap();
        assert!(seen.blocked && seen.total.amount == 2500);
        assert!(
            matches!(order(&ada, PaymentMethod::Offline, SandboxWish::Success).await, Err(AppError::Conflict(words)) if words.contains("cannot be bought"))
        );
        cart::remove_from_cart(&ada, shop.photos[0]).await.unwrap();
        order_offline(&ada).await;
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM order_lines").await, 1);
    }
}

#[tokio::test]
async fn the_form_sent_twice_makes_one_order() {
    for world in worlds().await {
        let shop = Shop::open(&world, 2).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let seen = service::checkout(&ada).await.unwrap();
        let send =
            || CheckoutForm { expected_total: 5000, seal: seen.seal.clone(), payment: PaymentMethod::Sandbox, wish: SandboxWish::Success };
        let (one, two) = tokio::join!(service::place_order(&ada, send()), service::place_order(&ada, send()));
        assert_eq!(one.unwrap(), two.unwrap());
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM orders").await, 1);
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM sandbox_charges").await, 1);
        // much later the same form leads nowhere
        world.later(2 * 3_600_000);
        assert!(matches!(service::place_order(&ada, send()).await, Err(AppError::Conflict(words)) if words.contains("empty")));
    }
}

#[tokio::test]
async fn an_owned_copy_is_not_sold_again_and_the_order_keeps_what_was_agreed() {
    for world in worlds().await {
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let number = order(&ada, PaymentMethod::Sandbox, SandboxWish::Success).await.unwrap();
        assert!(
            matches!(cart::add_to_cart(&ada, shop.photos[0], Size::Original).await, Err(AppError::Conflict(words)) if words.contains("already"))
        );
        // the gallery changes, the order doesn't
        set_prices(&shop.owner, "1", "1").await;
        change(&ada, "UPDATE galleries SET title = 'Another', status = 'draft'").await;
        let order = service::order_page(&ada, &number).await.unwrap();
        assert_eq!((order.status, order.total.amount, order.lines[0].amount.amount), (OrderStatus::Paid, 2500, 2500));
        assert_eq!(order.lines[0].gallery_title, "Ada and Ben");
    }
}

#[tokio::test]
async fn what_costs_nothing_is_paid_without_a_provider() {
    for world in worlds().await {
        let shop = Shop::open(&world, 1).await;
        set_prices(&shop.owner, "0", "0").await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let number = order_offline(&ada).await;
        let order = service::order_page(&ada, &number).await.unwrap();
        assert_eq!((order.status, order.method), (OrderStatus::Paid, PaymentMethod::Free));
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM payments").await + count(&ada, "SELECT COUNT(*) FROM sandbox_charges").await, 0);
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM entitlements").await, 1);
        assert_eq!(count(&ada, "SELECT COUNT(*) FROM mails WHERE once_key LIKE 'receipt-%'").await, 1);
    }
}
