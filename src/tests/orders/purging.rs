use crate::{
    photos::given,
    support::{World, shop, shop::Shop, worlds},
};
use photovault::{
    boot::handlers::handlers,
    features::{
        cart::server::service as cart,
        catalogue::Size,
        galleries::server::service as galleries,
        orders::server::{
            purge::purge_removed,
            service::{self as orders, MarkPaid},
        },
        photos::server::service::{Undo, restore},
    },
    platform::{
        clock::DAY,
        db::sql,
        jobs::run_due,
        storage::{Key, Kind, Side},
    },
    shared::{GalleryId, PhotoId, Role},
};
use std::time::{Duration, SystemTime};

async fn files_of(world: &World, photo: PhotoId) -> usize {
    let all = world.services.storage.list(Side::Folder, Kind::Variants, None, 10_000).await.unwrap();
    all.into_iter().filter(|listed| listed.key.picture().is_some_and(|(of, _)| of == photo)).count()
}

async fn original_of(world: &World, photo: PhotoId) -> Key {
    let (hash,): (Vec<u8>,) = sql("SELECT blob_hash FROM photos WHERE id = $1").bind(photo).one(&world.services.db).await.unwrap();
    Key::original(&hash)
}

/// The clock of the test moves, that of the disk does not: originals are made as old as they would be.
async fn a_month_later(world: &World) {
    for listed in world.services.storage.list(Side::Folder, Kind::Originals, None, 1000).await.unwrap() {
        let file = std::fs::File::options().write(true).open(world.services.storage.local_path(&listed.key)).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(31 * 86_400)).unwrap();
    }
    world.later(31 * DAY);
}

async fn remove(cx: &photovault::platform::RequestContext, gallery: GalleryId, photos: &[PhotoId]) -> Undo {
    galleries::remove_photos(cx, gallery, photos).await.unwrap().0
}

#[tokio::test]
async fn a_removed_photograph_goes_after_a_month_with_all_its_files_unless_somebody_ordered_it() {
    for world in worlds().await {
        let shop = Shop::open(&world, 0).await;
        let cx = &shop.photographer;
        let mut photos = vec![];
        for seed in 0..6 {
            photos.push(given::added(cx, shop.gallery, seed).await);
        }
        run_due(&world.services, &handlers()).await.unwrap();
        let [plain, paid, waiting, cancelled, young, alive] = photos[..] else { panic!() };
        // the same bytes once more, in another gallery that stays
        let elsewhere = given::gallery(cx).await;
        given::added(cx, elsewhere, 4).await;

        let client = shop.client(&world, "ada@example.com").await;
        cart::add_to_cart(&client, paid, Size::Original).await.unwrap();
        let number = shop::order_offline(&client).await;
        orders::mark_paid(&shop.owner, &number, MarkPaid { paid_on: "2026-06-14".into(), reference: "cash".into() }).await.unwrap();
        cart::add_to_cart(&client, waiting, Size::Web).await.unwrap();
        shop::order_offline(&client).await;
        cart::add_to_cart(&client, cancelled, Size::Web).await.unwrap();
        let number = shop::order_offline(&client).await;
        orders::cancel_order(&client, &number).await.unwrap();

        let undo = remove(cx, shop.gallery, &[plain, paid, waiting, cancelled]).await;
        purge_removed(&world.services).await.unwrap();
        assert_eq!(files_of(&world, plain).await, 6, "not before the month is over");
        a_month_later(&world).await;
        remove(cx, shop.gallery, &[young]).await;
        purge_removed(&world.services).await.unwrap();
        for (photo, name, is_there) in [
            (plain, "nobody wants it", false),
            (paid, "bought", true),
            (waiting, "ordered, not paid yet", true),
            (cancelled, "its order was cancelled", false),
            (young, "removed just now", true),
            (alive, "not removed", true),
        ] {
            let here =
                (files_of(&world, photo).await, world.services.storage.read(&original_of(&world, photo).await).await.unwrap().is_some());
            assert_eq!(here, if is_there { (6, true) } else { (0, false) }, "{} {name}", world.engine);
        }
        // taking the removal back brings what is left of it
        assert_eq!(restore(cx, undo).await, Ok(2));
        assert_eq!(purge_removed(&world.services).await, Ok(()), "twice does no harm");
    }
}

#[tokio::test]
async fn an_original_that_another_photograph_has_too_stays_and_comes_again_after_it_went() {
    for world in worlds().await {
        let ada = world.person(Role::Photographer, "ada@example.com").await;
        let (one, two) = (given::gallery(&ada).await, given::gallery(&ada).await);
        let (first, second) = (given::added(&ada, one, 1).await, given::added(&ada, two, 1).await);
        remove(&ada, one, &[first]).await;
        a_month_later(&world).await;
        purge_removed(&world.services).await.unwrap();
        let key = original_of(&world, second).await;
        assert!(world.services.storage.read(&key).await.unwrap().is_some(), "{}", world.engine);
        galleries::remove_gallery(&ada, two).await.unwrap();
        a_month_later(&world).await;
        purge_removed(&world.services).await.unwrap();
        assert!(world.services.storage.read(&key).await.unwrap().is_none(), "a whole gallery goes too");
        let again = given::added(&ada, one, 1).await;
        assert!(world.services.storage.read(&original_of(&world, again).await).await.unwrap().is_some());
    }
}
