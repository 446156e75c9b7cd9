//! PostgreSQL hanging, gone, read-only or full: "busy" in time, and well again by itself.
use super::proxy::{Mood, Proxy};
use crate::support::{
    World,
    browser::{Browser, served},
    figure,
    shop::Shop,
    stripe::{CARDS, deliver},
    worlds, worlds_with,
};
use futures::future::join_all;
use photovault::platform::{
    RequestContext,
    db::{retrying, sql},
};
use serde_json::json;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::time::{Duration, Instant};

const IN_TIME: Duration = Duration::from_secs(6);

async fn shared() -> Option<World> {
    worlds().await.into_iter().find(|world| world.engine == "postgres")
}

/// The database's address by way of the proxy.
fn by_way_of(url: &str, proxy: &Proxy) -> String {
    let (before, rest) = url.rsplit_once('@').unwrap();
    let (_, name) = rest.split_once('/').unwrap();
    format!("{before}@{}/{name}", proxy.address)
}

fn server_of(url: &str) -> String {
    url.rsplit_once('@').unwrap().1.split_once('/').unwrap().0.to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_database_that_hangs_or_is_gone_is_answered_for_in_time_and_comes_back() {
    let Some(world) = shared().await else { return };
    let shop = Shop::open(&world, 1).await;
    let url = &world.services.config.database_url;
    let proxy = Proxy::before(server_of(url)).await;
    let server = served(world.twin_at(&by_way_of(url, &proxy)).await).await;
    let owner = Browser::of(&shop.owner, server.address).await;
    for mood in [Mood::Hangs, Mood::Cut] {
        assert_eq!(owner.visit("/studio").await.status, 200, "before {mood:?}");
        proxy.set(mood);
        let asked = ["/studio", "/", "/studio/orders", "/admin", "/readyz"].map(|path| {
            let owner = owner.clone();
            async move {
                let since = Instant::now();
                let page = owner.visit(path).await;
                assert_eq!(page.status, 503, "{path} while {mood:?}: {page:?}");
                assert!(page.head.contains("retry-after:"), "{path}");
                assert!(since.elapsed() < IN_TIME, "{path} while {mood:?} took {:?}", since.elapsed());
                eprintln!("{mood:?} {path}: 503 after {:?}", since.elapsed());
            }
        });
        join_all(asked).await;
        let since = Instant::now();
        let page = owner.call("change_profile", "name=Mara").await;
        assert_eq!(page.status, 503, "{mood:?}: {page:?}");
        assert!(since.elapsed() < IN_TIME);
        let form = r#"{"email": "ada@example.com", "password": "SecurePassword123"}"#;
        let program = owner.post("/api/auth/login/", "Content-Type: application/json\r\n", form).await.unwrap();
        let words = program.json().unwrap_or_default();
        assert_eq!((program.status, words["detail"].is_string()), (503, true), "programs hear it in their own shape: {program:?}");
        assert!(program.head.contains("retry-after:"));
        assert_eq!(owner.visit("/healthz").await.status, 200, "the program itself is well");
        proxy.set(Mood::Fine);
        let since = Instant::now();
        while owner.visit("/studio").await.status != 200 {
            assert!(since.elapsed() < IN_TIME, "well again after {mood:?}");
        }
        eprintln!("{mood:?}: well again after {:?}", since.elapsed());
    }
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_message_of_the_payment_provider_is_answered_in_time_by_a_database_that_hangs() {
    let Some(world) = worlds_with(&CARDS).await.into_iter().find(|world| world.engine == "postgres") else { return };
    let url = &world.services.config.database_url;
    let proxy = Proxy::before(server_of(url)).await;
    let cx = RequestContext::system(world.twin_at(&by_way_of(url, &proxy)).await);
    let event = json!({"id": "evt_1", "type": "customer.created", "data": {"object": {"id": "cus_1", "object": "customer"}}});
    proxy.set(Mood::Hangs);
    let since = Instant::now();
    assert_eq!(deliver(&cx, &event).await, 503, "it is to be sent again");
    assert!(since.elapsed() < IN_TIME, "{:?}", since.elapsed());
    proxy.set(Mood::Fine);
    while deliver(&cx, &event).await != 200 {
        assert!(since.elapsed() < 3 * IN_TIME);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_server_that_gives_fewer_connections_than_are_wanted_is_used_with_those() {
    let Some(world) = shared().await else { return };
    let shop = Shop::open(&world, 1).await;
    let server = served(world.twin().await).await;
    let owner = Browser::of(&shop.owner, server.address).await;
    let name = world.services.config.database_url.rsplit_once('/').unwrap().1.to_string();
    let mut admin = PgConnection::connect(&world.services.config.database_url).await.unwrap();
    let visits = async || {
        let statuses = join_all((0..60).map(|_| async { owner.visit("/studio").await.status })).await;
        statuses.into_iter().filter(|status| *status == 200).count()
    };
    // the settings ask for 16
    sqlx::raw_sql(AssertSqlSafe(format!("ALTER DATABASE {name} CONNECTION LIMIT 8"))).execute(&mut admin).await.unwrap();
    let since = Instant::now();
    assert_eq!(visits().await, 60, "all are served on the connections that there are");
    figure("60 people, 8 connections instead of 16", format!("60 served in {:.1} s", since.elapsed().as_secs_f32()));
    // then it takes most of them away, and gives fewer
    sqlx::raw_sql(AssertSqlSafe(format!("ALTER DATABASE {name} CONNECTION LIMIT 5"))).execute(&mut admin).await.unwrap();
    let away = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}' AND pid <> pg_backend_pid()");
    sqlx::raw_sql(AssertSqlSafe(away)).execute(&mut admin).await.unwrap();
    let since = Instant::now();
    while owner.visit("/studio").await.status != 200 {
        assert!(since.elapsed() < IN_TIME, "well again");
    }
    let served = visits().await;
    // one that waited for a line that was taken away hears "busy" at worst
    assert!(served >= 50, "{served} of 60");
    assert_eq!(visits().await, 60, "and from then on everybody is served");
    figure("60 people, 5 connections after 8", format!("well again after {:.1} s, {served} served at once", since.elapsed().as_secs_f32()));
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_only_database_is_read_and_says_busy_to_changes() {
    let Some(world) = shared().await else { return };
    let shop = Shop::open(&world, 1).await;
    let url = &world.services.config.database_url;
    let name = url.rsplit_once('/').unwrap().1.to_string();
    let mut admin = PgConnection::connect(url).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(format!("ALTER DATABASE {name} SET default_transaction_read_only = on")))
        .execute(&mut admin)
        .await
        .unwrap();
    // a program that connects from now on may only read; what it would write at its start waits too
    let twin = world.twin().await;
    let router = photovault::boot::router::router(twin, "nowhere");
    let ask = async |method: &str, path: &str, cookie: &str, body: &str| {
        let request = axum::http::Request::builder()
            .method(method)
            .uri(path)
            .header("cookie", cookie)
            .header("accept", "text/html")
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(axum::body::Body::from(body.to_string()))
            .unwrap();
        tower::ServiceExt::oneshot(router.clone(), request).await.unwrap()
    };
    let cookie = Browser::of(&shop.owner, ([127, 0, 0, 1], 1).into()).await.cookie().to_string();
    assert_eq!(ask("GET", "/studio", &cookie, "").await.status(), 200);
    let answer = ask("POST", "/_fn/change_profile", &cookie, "name=Mara").await;
    assert_eq!(answer.status(), 503);
    assert!(answer.headers().contains_key("retry-after"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_that_stand_in_each_others_way_both_get_through() {
    let Some(world) = shared().await else { return };
    let mut tx = world.services.db.begin().await.unwrap();
    sql("INSERT INTO counters (name, value) VALUES ('a', 0), ('b', 0)").run(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    let meeting = std::sync::Arc::new(tokio::sync::Barrier::new(2));
    let both = [("a", "b"), ("b", "a")].map(|(first, second)| {
        let (services, meeting) = (world.services.clone(), meeting.clone());
        tokio::spawn(async move {
            let is_first_try = std::sync::atomic::AtomicBool::new(true);
            retrying(
                || async {
                    let raise = |name: &'static str| sql("UPDATE counters SET value = value + 1 WHERE name = $1").bind(name);
                    let mut tx = services.db.begin().await?;
                    raise(first).run(&mut tx).await?;
                    if is_first_try.swap(false, std::sync::atomic::Ordering::SeqCst) {
                        meeting.wait().await;
                    }
                    raise(second).run(&mut tx).await?;
                    tx.commit().await
                },
                Result::is_err,
            )
            .await
        })
    });
    for one in join_all(both).await {
        assert_eq!(one.unwrap(), Ok(()));
    }
    let (sum,): (i64,) =
        sql("SELECT CAST(SUM(value) AS BIGINT) FROM counters WHERE name IN ('a', 'b')").one(&world.services.db).await.unwrap();
    assert_eq!(sum, 4);
}
