//! A PostgreSQL that dies, or stands still with every line open: "busy" in time, well again by itself, nothing lost.
use crate::support::{
    World,
    browser::{Browser, served},
    figure,
    postmaster::Postmaster,
    rounds,
    shop::Shop,
};
use photovault::platform::{Clock, db::sql};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{task::JoinSet, time::sleep};

/// Five seconds are promised; the machine of the tests has other things to do.
const IN_TIME: Duration = Duration::from_secs(6);
const NAME: &str = "Mara ";

/// What people saw meanwhile.
#[derive(Default)]
struct Seen {
    fine: usize,
    busy: usize,
    slowest: Duration,
    /// The last change that was acknowledged.
    last: usize,
}

/// Six people who look at pages, and one who changes something again and again, while something happens to the server.
async fn watched(owner: &Browser, happens: impl Future<Output = ()>) -> Seen {
    let over = Arc::new(AtomicBool::new(false));
    let mut people = JoinSet::new();
    for n in 0..7usize {
        let (owner, over) = (owner.clone(), over.clone());
        people.spawn(async move {
            let mut seen = Seen::default();
            for round in 1.. {
                let since = Instant::now();
                let page = match n {
                    0 => owner.call("change_profile", &format!("name={NAME}{round}")).await,
                    _ => owner.visit(["/studio", "/", "/studio/orders", "/admin", "/readyz", "/about"][n - 1]).await,
                };
                let took = since.elapsed();
                assert!(took < IN_TIME, "{n} waited {took:?}: {page:?}");
                seen.slowest = seen.slowest.max(took);
                match page.status {
                    200 if n == 0 => (seen.fine, seen.last) = (seen.fine + 1, round),
                    200 => seen.fine += 1,
                    503 => {
                        assert!(page.head.contains("retry-after:"), "{page:?}");
                        seen.busy += 1;
                    }
                    _ => panic!("{n}: {page:?}"),
                }
                if over.load(Ordering::SeqCst) {
                    break;
                }
                sleep(Duration::from_millis(50)).await;
            }
            seen
        });
    }
    happens.await;
    over.store(true, Ordering::SeqCst);
    let all = people.join_all().await;
    Seen {
        fine: all.iter().map(|seen| seen.fine).sum(),
        busy: all.iter().map(|seen| seen.busy).sum(),
        slowest: all.iter().map(|seen| seen.slowest).max().unwrap_or_default(),
        last: all.iter().map(|seen| seen.last).max().unwrap_or_default(),
    }
}

/// How long it takes until a page is whole again.
async fn well_again(owner: &Browser) -> Duration {
    let since = Instant::now();
    while owner.visit("/studio").await.status != 200 {
        assert!(since.elapsed() < IN_TIME, "well again");
        sleep(Duration::from_millis(20)).await;
    }
    since.elapsed()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_server_that_crashes_or_stands_still_is_answered_for_in_time_and_loses_nothing() {
    if std::env::var("PHOTOVAULT_TEST_DATABASE_URL").is_err() {
        return;
    }
    let postmaster = Postmaster::start();
    let world = World::open("postgres", Some(postmaster.url.clone()), &[], Clock::default()).await;
    // the tests' servers are in a hurry; what this one acknowledges it keeps
    let name = world.services.config.database_url.rsplit_once('/').unwrap().1;
    let durable = sqlx::AssertSqlSafe(format!("ALTER DATABASE {name} SET synchronous_commit = on"));
    let mut admin = <sqlx::PgConnection as sqlx::Connection>::connect(&world.services.config.database_url).await.unwrap();
    sqlx::raw_sql(durable).execute(&mut admin).await.unwrap();
    drop(admin);
    let shop = Shop::open(&world, 1).await;
    let server = served(world.twin().await).await;
    let owner = Browser::of(&shop.owner, server.address).await;

    for crash in 1..=rounds("CRASHES", 1) {
        let before = watched(&owner, sleep(Duration::from_millis(800))).await;
        assert!(before.busy == 0 && before.fine > 0, "well before");
        let seen = watched(&owner, async {
            sleep(Duration::from_millis(500)).await;
            postmaster.crash();
            sleep(Duration::from_secs(2)).await;
        })
        .await;
        assert!(seen.busy > 0 && seen.last > 0);
        postmaster.start_again();
        let again = well_again(&owner).await;
        let (kept,): (String,) = sql("SELECT name FROM users WHERE email = 'owner@example.com'").one(&world.twin().await.db).await.unwrap();
        let kept: usize = kept.strip_prefix(NAME).unwrap().parse().unwrap();
        assert!(kept >= seen.last, "change {} was acknowledged, and only {kept} is there", seen.last);
        figure(
            format!("PostgreSQL killed with kill -9, time {crash}"),
            format!(
                "{} answers \"busy\", the slowest after {:.1} s; well again {:.1} s after its start; no acknowledged change lost",
                seen.busy,
                seen.slowest.as_secs_f32(),
                again.as_secs_f32()
            ),
        );
    }

    let hang = rounds("HANG", 5);
    postmaster.freeze();
    let seen = watched(&owner, sleep(Duration::from_secs(hang as u64))).await;
    assert_eq!(seen.fine, 0);
    assert_eq!(owner.visit("/healthz").await.status, 200, "the program itself is well");
    postmaster.thaw();
    let again = well_again(&owner).await;
    figure(
        format!("PostgreSQL standing still for {hang} s"),
        format!(
            "{} answers \"busy\", the slowest after {:.1} s; well again after {:.1} s",
            seen.busy,
            seen.slowest.as_secs_f32(),
            again.as_secs_f32()
        ),
    );
    server.stop().await;
}
