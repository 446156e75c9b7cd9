use crate::{sharing::stage::Stage, support::worlds};
use photovault::{
    features::{
        cart::{Obstacle, server::service as cart},
        delivery::server::service::{look, more_photographs, my_galleries, room},
        galleries::server::service::title_photo,
        sharing::Size,
    },
    platform::db::sql,
    shared::{AppError, PhotoId, Role},
};

async fn set_prices(stage: &Stage<'_>) {
    for (size, amount) in [("web", 1_900), ("original", 4_900)] {
        stage
            .change(
                sql("INSERT INTO prices (id, scope, size, amount, currency, licence, changed_at) VALUES ($1, 'studio', $2, $3, 'EUR', 'For you.', 0)")
                    .bind(photovault::shared::PriceId::new())
                    .bind(size)
                    .bind(amount),
            )
            .await;
    }
}

#[tokio::test]
async fn a_client_sees_the_gallery_with_what_is_for_sale_and_the_studio_sees_it_without() {
    for world in worlds().await {
        let stage = Stage::set(&world, 3).await;
        set_prices(&stage).await;
        let client = stage.client("ada@example.com").await;
        let seen = room(&client, stage.gallery, None).await.unwrap();
        assert_eq!((seen.title.as_str(), seen.line.as_str(), seen.photos.len(), seen.next.as_deref()), ("Ada and Ben", "By pia", 3, None));
        assert_eq!(seen.sells, [Size::Web, Size::Original]);
        assert_eq!(seen.cover.map(|cover| cover.id), Some(stage.photos[0]));
        assert!(room(&stage.photographer, stage.gallery, None).await.unwrap().sells.is_empty());
        stage.set_gallery("shows_prices", false).await;
        assert!(room(&client, stage.gallery, None).await.unwrap().sells.is_empty());
        let bob = world.person(Role::Client, "bob@example.com").await;
        assert_eq!(room(&bob, stage.gallery, None).await.unwrap_err(), AppError::NotFound);
        assert_eq!(room(&world.guest(), stage.gallery, None).await.unwrap_err(), AppError::SignInNeeded);
    }
}

#[tokio::test]
async fn a_photo_tells_each_person_what_they_may_do_with_it() {
    for world in worlds().await {
        let stage = Stage::set(&world, 3).await;
        set_prices(&stage).await;
        let client = stage.client("ada@example.com").await;
        let [first, second, third] = stage.photos[..] else { unreachable!() };
        let seen = look(&client, stage.gallery, second).await.unwrap();
        assert_eq!((seen.previous, seen.next), (Some(first), Some(third)));
        assert!(seen.downloads.is_empty());
        let standing = seen.standing.unwrap();
        assert_eq!(
            standing.sizes.iter().filter_map(|size| size.offer.as_ref().ok()).map(|offer| offer.price.amount).collect::<Vec<_>>(),
            [1_900, 4_900]
        );

        cart::remember(&client, second, Size::Web).await.unwrap();
        let standing = look(&client, stage.gallery, second).await.unwrap().standing.unwrap();
        assert!(standing.is_saved && standing.in_cart.is_none());
        cart::add_to_cart(&client, second, Size::Original).await.unwrap();
        let seen = look(&client, stage.gallery, second).await.unwrap();
        assert_eq!((seen.standing.unwrap().in_cart, seen.cart_count), (Some(Size::Original), 1));

        stage.sell(&client, first, "web").await;
        let bought = look(&client, stage.gallery, first).await.unwrap();
        assert_eq!(bought.downloads, [Size::Web]);
        assert_eq!(bought.standing.unwrap().sizes[0].offer, Err(Obstacle::Owned));

        let studio = look(&stage.photographer, stage.gallery, first).await.unwrap();
        assert!(studio.standing.is_none() && studio.downloads == [Size::Web, Size::Original] && studio.cart_count == 0);
    }
}

#[tokio::test]
async fn what_was_bought_stays_to_be_looked_at_without_its_gallery() {
    for world in worlds().await {
        let stage = Stage::set(&world, 2).await;
        let client = stage.client("ada@example.com").await;
        stage.sell(&client, stage.photos[0], "original").await;
        stage.change(sql("UPDATE galleries SET status = 'draft'")).await;
        let seen = look(&client, stage.gallery, stage.photos[0]).await.unwrap();
        assert!(!seen.is_in_gallery && seen.next.is_none() && seen.downloads == [Size::Web, Size::Original]);
        for (gallery, photo) in
            [(stage.gallery, stage.photos[1]), (stage.gallery, PhotoId::new()), (photovault::shared::GalleryId::new(), stage.photos[0])]
        {
            assert_eq!(look(&client, gallery, photo).await.unwrap_err(), AppError::NotFound);
        }
        assert_eq!(look(&world.guest(), stage.gallery, stage.photos[0]).await.unwrap_err(), AppError::SignInNeeded);
    }
}

#[tokio::test]
async fn the_wall_goes_on_in_pages_of_a_hundred() {
    for world in worlds().await {
        let stage = Stage::set(&world, 103).await;
        let client = stage.client("ada@example.com").await;
        let first = room(&client, stage.gallery, None).await.unwrap();
        assert_eq!(first.photos.len(), 100);
        let rest = more_photographs(&client, stage.gallery, first.next.as_deref().unwrap()).await.unwrap();
        assert_eq!((rest.items.len(), rest.next), (3, None));
        let page = room(&client, stage.gallery, first.next).await.unwrap();
        assert!(page.cover.is_none() && !page.is_first_page && page.photos == rest.items);
        assert_eq!(more_photographs(&client, stage.gallery, "nonsense").await.unwrap_err(), AppError::BadRequest);
    }
}

#[tokio::test]
async fn my_galleries_and_what_was_picked_for_me_stand_apart() {
    for world in worlds().await {
        let stage = Stage::set(&world, 12).await;
        let ada = stage.client("ada@example.com").await;
        let bob = world.person(Role::Client, "bob@example.com").await;
        stage.assign(&stage.photos[..10], &[], "bob@example.com").await;
        let mine = my_galleries(&ada).await.unwrap();
        assert_eq!((mine.galleries.len(), mine.selections.len(), mine.works_here), (1, 0, false));
        let picked = my_galleries(&bob).await.unwrap();
        assert_eq!((picked.galleries.len(), picked.selections[0].count, picked.selections[0].photos.len()), (0, 10, 8));
        assert!(my_galleries(&stage.photographer).await.unwrap().works_here);
        assert_eq!(my_galleries(&world.guest()).await.unwrap_err(), AppError::SignInNeeded);
    }
}

#[tokio::test]
async fn a_photograph_goes_by_its_title_and_without_one_by_its_files_name() {
    for world in worlds().await {
        let stage = Stage::set(&world, 2).await;
        let client = stage.client("ada@example.com").await;
        let other = world.person(Role::Photographer, "other@example.com").await;
        let photo = stage.photos[0];
        title_photo(&stage.photographer, photo, " Two boats\nat dawn ").await.unwrap();
        for stranger in [&client, &other] {
            assert_eq!(title_photo(stranger, photo, "Mine").await, Err(AppError::NotFound), "{}", world.engine);
        }
        assert!(matches!(title_photo(&stage.owner, photo, &"x".repeat(201)).await, Err(AppError::Invalid(_))));
        let seen = look(&client, stage.gallery, photo).await.unwrap();
        assert_eq!((seen.title.as_str(), seen.filename.as_str(), seen.is_mine), ("Two boats at dawn", "DSC_0.jpg", false));
        assert!(look(&stage.photographer, stage.gallery, photo).await.unwrap().is_mine);
        let names: Vec<_> = room(&client, stage.gallery, None).await.unwrap().photos.into_iter().map(|tile| tile.alt).collect();
        assert_eq!(names, ["Two boats at dawn", "DSC_1.jpg"]);
        title_photo(&stage.owner, photo, "").await.unwrap();
        assert_eq!(look(&client, stage.gallery, photo).await.unwrap().tile.alt, "DSC_0.jpg");
    }
}
