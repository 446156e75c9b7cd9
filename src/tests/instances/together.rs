//! Two programs on one PostgreSQL and one bucket, each with a disk of its own.
use crate::support::{
    World,
    browser::{Browser, served},
    bucket::TestBucket,
    program::photograph,
    shop::{self, Shop, count},
    worlds_with,
};
use futures::future::join_all;
use photovault::{
    boot::handlers::handlers,
    features::{
        orders::{PaymentMethod, SandboxWish},
        site::server::setup_code,
    },
    platform::{RequestContext, clock::MINUTE, db::sql, jobs, storage::Key},
};
use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

/// SQLite belongs to one program.
async fn shared() -> Option<(World, TestBucket)> {
    shared_with(&[]).await
}

async fn shared_with(more: &[(&str, &str)]) -> Option<(World, TestBucket)> {
    let bucket = TestBucket::open().await;
    let env = bucket.env();
    let settings: Vec<_> = env.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain(more.iter().copied()).collect();
    let world = worlds_with(&settings).await.into_iter().find(|world| world.engine == "postgres")?;
    Some((world, bucket))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_on_one_appears_on_the_other() {
    let Some((world, bucket)) = shared().await else { return };
    let shop = Shop::open(&world, 0).await;
    let (twin, _disk) = world.twin_elsewhere().await;
    let (a, b) = (served(world.services.clone()).await, served(twin).await);
    let on_a = Browser::of(&shop.photographer, a.address).await;
    let on_b = on_a.at(b.address);
    let mut line = on_b.listen(&format!("gallery:{}", shop.gallery)).await;
    let photo = on_a.upload(shop.gallery, &photograph(7)).await;
    let since = Instant::now();
    loop {
        // "changed", or "hello" when the other program has only now begun to listen: both mean "read"
        assert!(line.next().await.is_some());
        let progress = on_b.call("gallery_progress", &format!("gallery={}&waiting[0]={photo}", shop.gallery)).await;
        let read: serde_json::Value = serde_json::from_str(&progress.body).unwrap();
        if read["tiles"][0]["status"] == "ready" {
            break;
        }
    }
    // two seconds is the promise on a machine that has nothing else to do
    assert!(since.elapsed() < Duration::from_secs(10), "{:?}", since.elapsed());
    eprintln!("ready on the other instance after {:?}", since.elapsed());
    assert_eq!(on_b.visit(&format!("/media/{photo}/thumb")).await.status, 200);
    let (hash,): (Vec<u8>,) = sql("SELECT blob_hash FROM photos WHERE id = $1").bind(photo).one(&world.services.db).await.unwrap();
    assert!(bucket.path(Key::original(&hash).as_str()).exists(), "the original lies in the bucket");
    a.stop().await;
    b.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_on_one_ends_the_other() {
    let Some((world, _bucket)) = shared().await else { return };
    let shop = Shop::open(&world, 1).await;
    let (twin, _disk) = world.twin_elsewhere().await;
    let (a, b) = (served(world.services.clone()).await, served(twin).await);
    let on_a = Browser::of(&shop.photographer, a.address).await;
    let on_b = on_a.at(b.address);
    let mut line = on_b.listen(&format!("gallery:{}", shop.gallery)).await;
    assert_eq!(on_b.visit("/studio").await.status, 200);
    assert!(on_a.call("sign_out", "").await.status < 400);
    assert!(line.ends().await);
    assert_eq!(on_b.visit("/studio").await.status / 100, 3, "to the door");
    a.stop().await;
    b.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn forty_buyers_across_both_buy_once_each() {
    // enough lines to the database that nobody has to wait for one, however slow the machine is
    let Some((world, _bucket)) = shared_with(&[("DATABASE_CONNECTIONS", "24")]).await else { return };
    let shop = Shop::open(&world, 1).await;
    let (twin, _disk) = world.twin_elsewhere().await;
    let mut buyers = vec![];
    for n in 0..40 {
        let client = shop.client_with(&world, &format!("client{n}@example.com"), &shop.photos).await;
        buyers.push(if n % 2 == 0 { client } else { RequestContext { services: twin.clone(), ..client } });
    }
    let buying = buyers
        .into_iter()
        .map(|client| tokio::spawn(async move { shop::order(&client, PaymentMethod::Sandbox, SandboxWish::Success).await.unwrap() }));
    let numbers: BTreeSet<String> = join_all(buying).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(numbers, (1..=40).map(|n| format!("PV-2026-{n:06}")).collect());
    assert_eq!(count(&shop.owner, "SELECT COUNT(*) FROM sandbox_charges").await, 40);
    assert_eq!(count(&shop.owner, "SELECT COUNT(*) FROM entitlements").await, 40);
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_count_for_both_and_a_dead_ones_jobs_are_taken_over() {
    let Some((world, _bucket)) = shared().await else { return };
    let shop = Shop::open(&world, 0).await;
    let (twin, _disk) = world.twin_elsewhere().await;
    let (a, b) = (served(world.services.clone()).await, served(twin.clone()).await);
    let mut refused = 0;
    for n in 0..12 {
        let browser = Browser::guest(if n % 2 == 0 { a.address } else { b.address });
        refused += usize::from(browser.call("sign_in", "email=ada@example.com&password=wrong+password").await.status == 429);
    }
    assert_eq!(refused, 2, "ten tries a minute, wherever");
    a.stop().await;
    b.stop().await;
    // one has claimed a photograph and died
    let server = served(world.services.clone()).await;
    let photo = Browser::of(&shop.photographer, server.address).await.upload(shop.gallery, &photograph(3)).await;
    server.stop().await;
    let mut tx = world.services.db.begin().await.unwrap();
    sql("UPDATE photos SET status = 'received' WHERE id = $1").bind(photo).run(&mut tx).await.unwrap();
    jobs::enqueue(&mut tx, &world.services.clock, jobs::Job::new("prepare_photo", photo)).await.unwrap();
    sql("UPDATE jobs SET status = 'running', locked_by = $1, locked_until = $2 WHERE kind = 'prepare_photo'")
        .bind(uuid::Uuid::now_v7())
        .bind(world.services.clock.now() + MINUTE / 2)
        .run(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    world.later(MINUTE);
    jobs::run_due(&twin, &handlers()).await.unwrap();
    let (status,): (String,) = sql("SELECT status FROM photos WHERE id = $1").bind(photo).one(&twin.db).await.unwrap();
    assert_eq!(status, "ready");
}

#[tokio::test(flavor = "multi_thread")]
async fn both_ask_for_the_same_code_at_the_first_run() {
    let Some((world, _bucket)) = shared().await else { return };
    let (twin, _disk) = world.twin_elsewhere().await;
    let (one, other) = tokio::join!(setup_code::code(&world.services), setup_code::code(&twin));
    assert_eq!(one.unwrap(), other.unwrap());
}
