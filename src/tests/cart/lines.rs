use crate::support::{
    shop::{Shop, change, id, order_offline, set_prices},
    worlds,
};
use photovault::{
    features::{
        cart::{Obstacle, server::service},
        catalogue::Size,
    },
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
