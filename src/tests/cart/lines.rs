use crate::support::{
    shop::{Shop, change, id, order_offline, set_prices},
    worlds,
};
use photovault::{
    features::{
        cart::{Obstacle, server::service},
        catalogue::Size,
        orders::{
            CheckoutForm, PaymentMethod, SandboxWish,
            server::service::{MarkPaid, RefundForm, checkout, mark_paid, order_page, place_order, refund_order},
        },
    },
    platform::Actor,
    shared::{AppError, PhotoId, Role},
};

#[tokio::test]
async fn a_cart_holds_one_size_of_a_photograph_and_the_same_click_twice_changes_nothing() {
    for world in worlds().await {
        let shop = Shop::open(&world, 2).await;
        let ada = shop.client(&world, "ada@example.com").await;
        for size in [Size::Web, Size::Web, Size::Original] {
            service::add_to_cart(&ada, shop.photos[0], size).await.unwrap();
        }
        let cart = service::cart(&ada).await.unwrap();
        assert_eq!(cart.lines.len(), 1);
        assert_eq!((cart.lines[0].size, cart.total.amount), (Size::Original, 2500));
        assert_eq!(cart.lines[0].other.unwrap().1.amount, 1000);
        assert_eq!(service::count(&world.services.db, id(&ada)).await, Ok(1));
    }
}

#[tokio::test]
async fn what_may_not_be_seen_cannot_be_put_into_a_cart() {
    for world in worlds().await {
        let shop = Shop::open(&world, 1).await;
        let stranger = world.person(Role::Client, "b@example.com").await;
        let guest = world.guest();
        let add = async |cx, photo| service::add_to_cart(cx, photo, Size::Web).await;
        assert_eq!(add(&stranger, shop.photos[0]).await, Err(AppError::NotFound));
        assert_eq!(add(&stranger, PhotoId::new()).await, Err(AppError::NotFound));
        assert_eq!(add(&guest, shop.photos[0]).await, Err(AppError::SignInNeeded));
        let ada = shop.client(&world, "ada@example.com").await;
        set_prices(&shop.owner, "", "25").await;
        assert!(matches!(add(&ada, shop.photos[0]).await, Err(AppError::Conflict(words)) if words.contains("no longer for sale")));
    }
}

#[tokio::test]
async fn lines_tell_what_became_of_them() {
    for world in worlds().await {
        let shop = Shop::open(&world, 2).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        set_prices(&shop.owner, "10", "30").await;
        let cart = service::cart(&ada).await.unwrap();
        assert_eq!(cart.lines[0].price_before.unwrap().amount, 2500);
        assert_eq!((cart.total.amount, cart.blocked), (6000, false));

        set_prices(&shop.owner, "10", "").await;
        assert_eq!(service::cart(&ada).await.unwrap().lines[0].offer, Err(Obstacle::NotForSale));
        set_prices(&shop.owner, "10", "25").await;

        change(&ada, "UPDATE galleries SET status = 'draft'").await;
        let cart = service::cart(&ada).await.unwrap();
        assert_eq!((&cart.lines[0].offer, cart.total.amount, cart.blocked), (&Err(Obstacle::Gone), 0, true));
        assert!(cart.lines[0].shown.is_none(), "nothing of a withdrawn photograph is shown");
        change(&ada, "UPDATE galleries SET status = 'published'").await;

        let number = order_offline(&ada).await;
        let again = service::add_to_cart(&ada, shop.photos[0], Size::Original).await;
        assert!(matches!(again, Err(AppError::Conflict(words)) if words.contains(&number)));
        // the original that is on its way brings the web size too
        let smaller = service::add_to_cart(&ada, shop.photos[0], Size::Web).await;
        assert!(matches!(smaller, Err(AppError::Conflict(words)) if words.contains(&number)));
    }
}

#[tokio::test]
async fn who_has_the_web_size_gets_the_original_for_the_difference_as_long_as_they_have_it() {
    for world in worlds().await {
        let shop = Shop::open(&world, 2).await;
        let (ada, photo) = (shop.client(&world, "ada@example.com").await, shop.photos[0]);
        service::add_to_cart(&ada, photo, Size::Web).await.unwrap();
        let web = order_offline(&ada).await;
        // a web size that is only ordered is no web size yet
        let original = async |cx: &Actor| service::standing(&world.services.db, cx, photo).await.unwrap().sizes[1].offer.clone();
        assert_eq!(original(&ada.actor).await.unwrap().price.amount, 2500, "{}", world.engine);
        paid(&shop, &web).await;
        let offer = original(&ada.actor).await.unwrap();
        assert_eq!((offer.price.amount, offer.licence.starts_with("Upgrade from web size.")), (1500, true), "{}", world.engine);
        let bob = shop.client(&world, "bob@example.com").await;
        assert_eq!(original(&bob.actor).await.unwrap().price.amount, 2500, "somebody else's copy is not theirs");
        let other = service::standing(&world.services.db, &ada.actor, shop.photos[1]).await.unwrap();
        assert_eq!(other.sizes[1].offer.as_ref().unwrap().price.amount, 2500, "nor is another photograph's");

        // never below nothing, and nothing off for a size that has no price
        for (web, expected) in [("40", 0), ("", 2500), ("10", 1500)] {
            set_prices(&shop.owner, web, "25").await;
            assert_eq!(original(&ada.actor).await.unwrap().price.amount, expected, "{web}");
        }

        // it lies in the cart at the difference, and the refund of the web size is a change of price
        service::add_to_cart(&ada, photo, Size::Original).await.unwrap();
        let seen = checkout(&ada).await.unwrap();
        assert_eq!((seen.total.amount, seen.changed), (1500, false));
        change(&ada, "UPDATE entitlements SET revoked_at = 1 WHERE size = 'web'").await;
        let form = CheckoutForm { expected_total: 1500, seal: seen.seal, payment: PaymentMethod::Offline, wish: SandboxWish::Success };
        assert!(matches!(place_order(&ada, form).await, Err(AppError::Conflict(words)) if words.contains("25.00")), "{}", world.engine);
        change(&ada, "UPDATE entitlements SET revoked_at = NULL WHERE size = 'web'").await;

        let number = order_offline(&ada).await;
        paid(&shop, &number).await;
        let order = order_page(&ada, &number).await.unwrap();
        assert_eq!((order.total.amount, order.lines[0].amount.amount), (1500, 1500));
        assert!(order.lines[0].licence.starts_with("Upgrade from web size."), "the line says so");
        assert_eq!(original(&ada.actor).await, Err(Obstacle::Owned));

        // the web size goes back only after the upgrade that stands on it
        let back = async |number: &str| {
            let lines = order_page(&ada, number).await.unwrap().lines.iter().map(|line| line.id).collect();
            refund_order(&shop.owner, number, RefundForm { lines, ..Default::default() }).await
        };
        assert!(matches!(back(&web).await, Err(AppError::Conflict(words)) if words.contains("upgraded")), "{}", world.engine);
        back(&number).await.unwrap();
        back(&web).await.unwrap();
        assert_eq!(original(&ada.actor).await.unwrap().price.amount, 2500);
    }
}

#[tokio::test]
async fn a_copy_whose_downloads_rest_is_not_sold_again_and_no_upgrade_stands_on_it() {
    for world in worlds().await {
        let shop = Shop::open(&world, 1).await;
        let (ada, photo) = (shop.client(&world, "ada@example.com").await, shop.photos[0]);
        service::add_to_cart(&ada, photo, Size::Web).await.unwrap();
        let web = order_offline(&ada).await;
        paid(&shop, &web).await;
        change(&ada, "UPDATE entitlements SET revoked_at = 1, is_suspended = TRUE").await;
        let sizes = service::standing(&world.services.db, &ada.actor, photo).await.unwrap().sizes;
        assert_eq!(sizes[0].offer, Err(Obstacle::Owned), "{}", world.engine);
        assert_eq!(sizes[1].offer.as_ref().unwrap().price.amount, 2500);
    }
}

async fn paid(shop: &Shop, number: &str) {
    let form = MarkPaid { paid_on: "2026-06-14".into(), reference: "cash".into() };
    mark_paid(&shop.owner, number, form).await.unwrap();
}

#[tokio::test]
async fn a_line_saved_for_later_is_not_bought_and_comes_back() {
    for world in worlds().await {
        let shop = Shop::open(&world, 2).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let bob = shop.client(&world, "bob@example.com").await;
        service::save_for_later(&ada, shop.photos[0]).await.unwrap();
        let cart = service::cart(&ada).await.unwrap();
        assert_eq!((cart.lines.len(), cart.saved.len(), cart.total.amount), (1, 1, 2500));
        order_offline(&ada).await;
        assert_eq!(service::cart(&ada).await.unwrap().saved.len(), 1);
        service::move_to_cart(&ada, shop.photos[0]).await.unwrap();
        assert_eq!(service::count(&world.services.db, id(&ada)).await, Ok(1));
        // another person's cart is out of reach
        assert_eq!(service::save_for_later(&bob, shop.photos[0]).await, Err(AppError::NotFound));
        service::remove_from_cart(&bob, shop.photos[0]).await.unwrap();
        assert_eq!(service::count(&world.services.db, id(&ada)).await, Ok(1));
        for _ in 0..2 {
            service::remove_from_cart(&ada, shop.photos[0]).await.unwrap();
        }
        assert_eq!(service::count(&world.services.db, id(&ada)).await, Ok(0));
    }
}
