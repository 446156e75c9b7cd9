use crate::support::{
    shop::{Shop, change, count, gallery, set_prices},
    worlds,
};
use photovault::{
    features::catalogue::{GalleryPricesForm, PriceChoice, Size, StudioPricesForm, server::service},
    shared::{AppError, GalleryId, Role},
};

fn amounts(prices: &[photovault::features::catalogue::Price]) -> Vec<(Size, i64)> {
    prices.iter().map(|price| (price.size, price.price.amount)).collect()
}

fn form(web: (PriceChoice, &str), original: (PriceChoice, &str)) -> GalleryPricesForm {
    GalleryPricesForm {
        web_choice: web.0,
        web_amount: web.1.into(),
        web_licence: String::new(),
        original_choice: original.0,
        original_amount: original.1.into(),
        original_licence: "Only for the family.".into(),
    }
}

#[tokio::test]
async fn a_gallery_follows_the_studio_until_it_says_otherwise() {
    for world in worlds().await {
        let shop = Shop::open(&world, 1).await;
        let prices = async |id: GalleryId| service::prices_for(&world.services.db, &[id]).await.unwrap().remove(&id).unwrap();
        assert_eq!(amounts(&prices(shop.gallery).await), [(Size::Web, 1000), (Size::Original, 2500)]);

        service::set_gallery_prices(&shop.photographer, shop.gallery, form((PriceChoice::NotForSale, ""), (PriceChoice::Own, "40,50")))
            .await
            .unwrap();
        let own = prices(shop.gallery).await;
        assert_eq!(amounts(&own), [(Size::Original, 4050)], "{}", world.engine);
        assert_eq!(own[0].licence, "Only for the family.");

        service::set_gallery_prices(&shop.photographer, shop.gallery, form((PriceChoice::Studio, "nonsense"), (PriceChoice::Studio, "")))
            .await
            .unwrap();
        set_prices(&shop.owner, "", "30").await;
        assert_eq!(amounts(&prices(shop.gallery).await), [(Size::Original, 3000)]);
        assert!(count(&shop.owner, "SELECT COUNT(*) FROM history WHERE entity = 'price'").await >= 6);
    }
}

#[tokio::test]
async fn a_wrong_price_is_told_beside_its_field_and_changes_nothing() {
    for world in worlds().await {
        let shop = Shop::open(&world, 1).await;
        for (typed, ok) in [("-1", false), ("1.999", false), ("1e9", false), ("ten", false), ("0", true)] {
            let form = StudioPricesForm { web_amount: typed.into(), original_amount: "25".into(), ..Default::default() };
            match service::set_studio_prices(&shop.owner, form).await {
                Ok(()) => assert!(ok, "{typed}"),
                Err(AppError::Invalid(problems)) => assert!(!ok && problems[0].field == "web_amount", "{typed}"),
                other => panic!("{other:?}"),
            }
        }
    }
}

#[tokio::test]
async fn the_owner_sets_the_studios_prices_and_photographers_their_own_galleries() {
    for world in worlds().await {
        let shop = Shop::open(&world, 1).await;
        let other = world.person(Role::Photographer, "b@example.com").await;
        let client = world.person(Role::Client, "c@example.com").await;
        let own = || form((PriceChoice::Own, "1"), (PriceChoice::Own, "2"));
        assert_eq!(service::set_studio_prices(&shop.photographer, StudioPricesForm::default()).await, Err(AppError::NotAllowed));
        assert_eq!(service::set_studio_prices(&client, StudioPricesForm::default()).await, Err(AppError::NotFound));
        for stranger in [&other, &client] {
            assert_eq!(service::set_gallery_prices(stranger, shop.gallery, own()).await, Err(AppError::NotFound));
        }
        assert_eq!(service::set_gallery_prices(&world.guest(), shop.gallery, own()).await, Err(AppError::SignInNeeded));
        assert_eq!(service::prices_page(&other, Some(shop.gallery), None).await.unwrap_err(), AppError::NotFound);
        service::set_gallery_prices(&shop.owner, shop.gallery, own()).await.unwrap();
        let page = service::prices_page(&shop.photographer, Some(shop.gallery), None).await.unwrap();
        assert_eq!(page.open.unwrap().prices[0].words, "€1.00");
        assert!(!page.may_edit_studio && service::prices_page(&other, None, None).await.unwrap().galleries.items.is_empty());
    }
}

#[tokio::test]
async fn a_price_in_a_currency_that_the_studio_left_is_no_price() {
    for world in worlds().await {
        let shop = Shop::open(&world, 1).await;
        let (second, _) = gallery(&shop.photographer, 1).await;
        change(&shop.owner, "UPDATE studio SET currency = 'JPY'").await;
        let prices = service::prices_for(&world.services.db, &[shop.gallery, second]).await.unwrap();
        assert!(prices[&shop.gallery].is_empty() && prices[&second].is_empty());
        set_prices(&shop.owner, "1000", "2500").await;
        assert_eq!(
            amounts(&service::prices_for(&world.services.db, &[second]).await.unwrap()[&second]),
            [(Size::Web, 1000), (Size::Original, 2500)]
        );
    }
}
