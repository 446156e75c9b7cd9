use crate::support::{
    shop::{Shop, change, count, order_offline, set_prices},
    worlds,
};
use photovault::{
    features::{
        cart::server::service as cart,
        catalogue::{GalleryPricesForm, PriceChoice, Size, server::service as catalogue},
    },
    shared::{Currency, Money},
};
use proptest::{prelude::*, strategy::ValueTree};

/// Whatever the currency and the prices: what the lines cost is what the order costs, to the last unit.
#[tokio::test]
async fn lines_add_up_to_the_total_in_every_currency() {
    for world in worlds().await {
        let shop = Shop::open(&world, 4).await;
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        let cases = (
            prop::sample::select(vec!["EUR", "JPY", "KWD", "CHF", "ISK"]),
            0i64..=1_000_000_000,
            0i64..=1_000_000_000,
            prop::collection::vec(any::<bool>(), 4),
        );
        for n in 0..24 {
            let (code, web, original, sizes) = cases.new_tree(&mut runner).unwrap().current();
            let currency: Currency = code.parse().unwrap();
            let mut tx = shop.owner.db.begin().await.unwrap();
            photovault::platform::db::sql("UPDATE studio SET currency = $1").bind(code).run(&mut tx).await.unwrap();
            tx.commit().await.unwrap();
            set_prices(&shop.owner, &Money::new(web, currency).number(), &Money::new(original, currency).number()).await;
            let client = shop.client(&world, &format!("client{n}@example.com")).await;
            let mut expected = 0;
            for (photo, is_web) in shop.photos.iter().zip(sizes) {
                cart::add_to_cart(&client, *photo, if is_web { Size::Web } else { Size::Original }).await.unwrap();
                expected += if is_web { web } else { original };
            }
            let number = order_offline(&client).await;
            let order = photovault::features::orders::server::service::order_page(&client, &number).await.unwrap();
            assert_eq!((order.total.amount, order.total.currency.code()), (expected, code), "{}", world.engine);
            assert_eq!(Money::sum(currency, order.lines.iter().map(|line| line.amount)), Some(order.total));
        }
        assert_eq!(
            count(
                &shop.owner,
                "SELECT COUNT(*) FROM orders o WHERE total <> (SELECT SUM(amount) FROM order_lines l WHERE l.order_id = o.id)"
            )
            .await,
            0
        );
    }
}

#[tokio::test]
async fn a_cart_in_a_currency_that_the_studio_left_is_not_sold() {
    for world in worlds().await {
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        change(&ada, "UPDATE studio SET currency = 'JPY'").await;
        assert!(cart::cart(&ada).await.unwrap().blocked);
        let own = GalleryPricesForm {
            web_choice: PriceChoice::Studio,
            web_amount: String::new(),
            web_licence: String::new(),
            original_choice: PriceChoice::Own,
            original_amount: "2500".into(),
            original_licence: String::new(),
        };
        catalogue::set_gallery_prices(&shop.photographer, shop.gallery, own).await.unwrap();
        let line = &cart::cart(&ada).await.unwrap().lines[0];
        // the same number in another currency is another price
        assert_eq!(line.price_before, Some(Money::new(2500, Currency::EUR)));
    }
}
