//! What the studio sees at a glance: who waits, who bought, and whether it arrived.
use crate::support::{
    World,
    shop::{Shop, gallery, grant, id, order, order_offline},
    worlds,
};
use photovault::{
    features::{
        cart::server::service as cart,
        catalogue::Size,
        orders::{
            PaymentMethod, SandboxWish, downloaded,
            server::service::{self, MarkPaid, OrderFilter},
        },
    },
    platform::{RequestContext, clock::DAY, db::sql},
    shared::{DownloadId, PhotoId, Role},
};

async fn waiting(cx: &RequestContext) -> Vec<(String, i64, bool, bool)> {
    let overview = service::overview(cx).await.unwrap();
    overview.longest.into_iter().map(|order| (order.number, order.amount.amount, order.may_settle, order.checking)).collect()
}

#[tokio::test]
async fn the_overview_names_the_orders_that_wait_the_longest_first() {
    for world in worlds().await {
        let shop = Shop::open(&world, 3).await;
        let second = world.person(Role::Photographer, "second@example.com").await;
        let (theirs, photos) = gallery(&second, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos[..1]).await;
        let old = order_offline(&ada).await;
        world.later(DAY);
        // one order with lines by two photographers, and one whose answer is out
        let bob = shop.client_with(&world, "bob@example.com", &shop.photos[1..2]).await;
        grant(&bob, theirs, &second).await;
        cart::add_to_cart(&bob, photos[0], Size::Web).await.unwrap();
        let shared = order_offline(&bob).await;
        world.later(DAY);
        cart::add_to_cart(&ada, shop.photos[2], Size::Web).await.unwrap();
        let asked = order(&ada, PaymentMethod::Sandbox, SandboxWish::AnswerLost).await.unwrap();

        let row = |number: &String, amount: i64, may: bool, checking: bool| (number.clone(), amount, may, checking);
        assert_eq!(
            waiting(&shop.owner).await,
            [row(&old, 2500, true, false), row(&shared, 3500, true, false), row(&asked, 1000, true, true)],
            "{}",
            world.engine
        );
        assert_eq!(
            waiting(&shop.photographer).await,
            [row(&old, 2500, true, false), row(&shared, 2500, false, false), row(&asked, 1000, true, true)]
        );
        assert_eq!(waiting(&second).await, [row(&shared, 1000, false, false)]);
        let seen = service::overview(&shop.owner).await.unwrap();
        assert_eq!((seen.longest[0].since.as_str(), seen.longest[0].buyer_name.as_str()), ("14 June 2026", "ada"));

        service::mark_paid(&shop.owner, &old, MarkPaid { paid_on: seen.today, reference: "cash".into() }).await.unwrap();
        assert_eq!(waiting(&shop.owner).await.len(), 2);
    }
}

#[tokio::test]
async fn a_client_stands_with_their_galleries_and_orders_also_when_their_access_is_gone() {
    for world in worlds().await {
        let shop = Shop::open(&world, 5).await;
        let ada = shop.client(&world, "ada@example.com").await;
        for photo in &shop.photos {
            cart::add_to_cart(&ada, *photo, Size::Web).await.unwrap();
            order_offline(&ada).await;
        }
        let bob = shop.client_with(&world, "bob@example.com", &shop.photos[..1]).await;
        order_offline(&bob).await;
        let stranger = world.person(Role::Photographer, "second@example.com").await;
        crate::support::shop::change(&ada, "UPDATE grants SET revoked_at = 1").await;

        for cx in [&shop.owner, &shop.photographer] {
            let clients = service::clients_page(cx).await.unwrap();
            let found = |email: &str| clients.iter().find(|client| client.email == email).unwrap();
            assert_eq!((found("ada@example.com").orders, found("ada@example.com").latest.len()), (5, 3), "{}", world.engine);
            assert_eq!(found("ada@example.com").latest[0].number, "PV-2026-000005");
            assert_eq!((found("bob@example.com").orders, found("bob@example.com").latest[0].amount.amount), (1, 2500));
        }
        assert!(service::clients_page(&stranger).await.unwrap().is_empty(), "other photographers' buyers are not theirs");
        let of_bob = OrderFilter { client: Some(id(&bob)), ..OrderFilter::default() };
        assert_eq!(service::studio_orders(&shop.owner, of_bob.clone()).await.unwrap().items.len(), 1);
        assert!(service::studio_orders(&stranger, of_bob).await.unwrap().items.is_empty());
    }
}

async fn download(world: &World, by: &RequestContext, photo: PhotoId, size: Size) {
    let mut tx = world.services.db.begin().await.unwrap();
    sql("INSERT INTO downloads (id, user_id, photo_id, size, bytes, at) VALUES ($1, $2, $3, $4, 1, 1)")
        .bind(DownloadId::new())
        .bind(id(by))
        .bind(photo)
        .bind(size)
        .run(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn how_often_a_copy_was_downloaded_stands_beside_it_for_buyer_and_studio() {
    for world in worlds().await {
        let shop = Shop::open(&world, 2).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let number = order(&ada, PaymentMethod::Sandbox, SandboxWish::Success).await.unwrap();
        for _ in 0..3 {
            download(&world, &ada, shop.photos[0], Size::Original).await;
        }
        download(&world, &ada, shop.photos[0], Size::Web).await;
        // the studio's own look at the file is nothing of the buyer's
        download(&world, &shop.photographer, shop.photos[1], Size::Original).await;

        let counts = |all: Vec<i64>| all.into_iter().map(downloaded).collect::<Vec<_>>();
        let expected = ["Downloaded 3 times", "Not downloaded yet"];
        let order = service::order_page(&ada, &number).await.unwrap();
        assert_eq!(counts(order.lines.iter().map(|line| line.downloads).collect()), expected, "{}", world.engine);
        let order = service::studio_order(&shop.photographer, &number).await.unwrap();
        assert_eq!(counts(order.lines.iter().map(|line| line.downloads).collect()), expected);
        let mut bought = service::purchases(&ada, None).await.unwrap().items;
        bought.sort_by_key(|purchase| purchase.filename.clone());
        assert_eq!(counts(bought.iter().map(|purchase| purchase.downloads).collect()), expected);
    }
}
