//! The live line of one instance.
use crate::support::{
    browser::{Browser, served},
    program::photograph,
    shop::{self, Shop},
    stripe::{Card, order_by_card, worlds_with_cards},
    worlds,
};
use photovault::{
    features::{
        accounts::server::service as accounts,
        orders::server::service::{self as orders, RefundForm},
    },
    shared::Role,
};

#[tokio::test(flavor = "multi_thread")]
async fn what_changes_in_a_gallery_is_heard_by_who_runs_it_and_by_nobody_else() {
    for world in worlds().await {
        let shop = Shop::open(&world, 1).await;
        let other = world.person(Role::Photographer, "other@example.com").await;
        let client = shop.client(&world, "ada@example.com").await;
        let server = served(world.services.clone()).await;
        let topic = format!("gallery:{}", shop.gallery);
        for stranger in [&other, &client] {
            let page = Browser::of(stranger, server.address).await.visit(&format!("/live?topic={topic}")).await;
            assert_eq!(page.status, 404, "{} {page:?}", world.engine);
        }
        let guest = Browser::guest(server.address);
        assert_eq!(guest.visit(&format!("/live?topic={topic}")).await.status, 303);
        let photographer = Browser::of(&shop.photographer, server.address).await;
        for wrong in ["/live", "/live?topic=nonsense", "/live?topic=person:1", "/live?topic=gallery:1"] {
            assert!((400..=404).contains(&photographer.visit(wrong).await.status), "{wrong}");
        }
        let mut line = photographer.listen(&topic).await;
        photographer.upload(shop.gallery, &photograph(1)).await;
        assert!(line.changed().await, "{}", world.engine);
        server.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_back_reads_again_only_when_something_was_told_meanwhile() {
    // with PostgreSQL there are other instances: whether they told something is known a moment later
    let world = worlds().await.remove(0);
    let shop = Shop::open(&world, 0).await;
    let server = served(world.services.clone()).await;
    let topic = format!("gallery:{}", shop.gallery);
    let photographer = Browser::of(&shop.photographer, server.address).await;
    let line = photographer.listen(&topic).await;
    let last = line.last.clone();
    assert!(!last.is_empty());
    drop(line);
    let mut again = photographer.listen_after(&topic, &last).await;
    photographer.upload(shop.gallery, &photograph(1)).await;
    assert_eq!(again.next().await.as_deref(), Some("changed"), "nothing was missed, so nothing is read again");
    let last = again.last.clone();
    drop(again);
    photographer.upload(shop.gallery, &photograph(2)).await;
    for id in [last.as_str(), "0-1", "nonsense"] {
        assert_eq!(photographer.listen_after(&topic, id).await.next().await.as_deref(), Some("hello"), "{id}");
    }
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_ends_with_its_session_and_with_the_right_to_hear() {
    for world in worlds().await {
        let shop = Shop::open(&world, 1).await;
        let server = served(world.services.clone()).await;
        let topic = format!("gallery:{}", shop.gallery);
        let here = Browser::of(&shop.photographer, server.address).await;
        let mut line = here.listen(&topic).await;
        let mut elsewhere = Browser::of(&shop.photographer, server.address).await.listen(&topic).await;
        assert!(here.call("sign_out", "").await.status < 400);
        assert!(line.ends().await, "{}", world.engine);
        // the other device stays signed in, until the account is switched off
        accounts::set_active(&shop.owner, shop::id(&shop.photographer), false).await.unwrap();
        assert!(elsewhere.ends().await, "{}", world.engine);
        server.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_becomes_of_an_order_is_heard_by_its_buyer_and_its_studio_and_by_nobody_else() {
    for (world, bank) in worlds_with_cards().await {
        bank.reset();
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        let (number, intent) = order_by_card(&ada).await;
        let topic = format!("order:{}", orders::order_page(&ada, &number).await.unwrap().id);
        let server = served(world.services.clone()).await;
        let (eve, other) = (shop.client(&world, "eve@example.com").await, world.person(Role::Photographer, "other@example.com").await);
        for stranger in [&eve, &other] {
            let page = Browser::of(stranger, server.address).await.visit(&format!("/live?topic={topic}")).await;
            assert_eq!(page.status, 404, "{} {page:?}", world.engine);
        }
        assert_eq!(Browser::of(&ada, server.address).await.visit("/live?topic=orders:all").await.status, 404);
        let hers = format!("/live?topic=orders:{}", shop::id(&ada));
        assert_eq!(Browser::of(&eve, server.address).await.visit(&hers).await.status, 404);
        let mut lines = vec![
            Browser::of(&ada, server.address).await.listen(&topic).await,
            Browser::of(&ada, server.address).await.listen("orders:mine").await,
            Browser::of(&shop.owner, server.address).await.listen(&topic).await,
            Browser::of(&shop.photographer, server.address).await.listen(&topic).await,
            Browser::of(&shop.photographer, server.address).await.listen("orders:all").await,
        ];
        bank.pay(&intent, Card::Good);
        orders::confirm_card_payment(&ada, &number).await.unwrap();
        for line in &mut lines {
            assert!(line.changed().await, "{}", world.engine);
        }
        orders::refund_order(&shop.owner, &number, RefundForm { amount: "5".into(), ..Default::default() }).await.unwrap();
        for line in &mut lines {
            assert!(line.changed().await, "{}", world.engine);
        }
        server.stop().await;
    }
}
