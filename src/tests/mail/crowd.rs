//! Very many letters, and a restart among them.
use super::*;
use std::collections::BTreeSet;
use tokio::sync::watch;

/// A short round of it; `PHOTOVAULT_TEST_LETTERS=10000` for the long one.
fn letters() -> usize {
    std::env::var("PHOTOVAULT_TEST_LETTERS").ok().and_then(|n| n.parse().ok()).unwrap_or(400)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_very_many_letters_none_is_lost_and_none_arrives_twice_with_a_restart_among_them() {
    let office = PostOffice::open().await;
    for world in worlds(&office, &[("EMAIL_PER_MINUTE", "0")]).await {
        office.forget();
        let all = letters();
        let mut tx = world.services.db.begin().await.unwrap();
        for n in 0..all {
            let letter = Letter::new(&format!("reader{}@example.com", n % (all / 4)), format!("Letter {n}"), format!("crowd {n}"));
            mail::post(&mut tx, &world.services, letter.words("your photographs are ready.")).await.unwrap();
        }
        tx.commit().await.unwrap();
        let begun = std::time::Instant::now();
        let (stop, stopping) = watch::channel(false);
        let round = mail::start(world.services.clone(), stopping);
        while office.count() < all / 3 {
            tokio::task::yield_now().await;
        }
        stop.send_replace(true);
        round.await.unwrap();
        let first = office.count();
        assert!(first < all, "the restart came too late to be one");
        // another program on the same database, twice at the same time
        let twin = world.twin().await;
        let (_stop, going) = watch::channel(false);
        let rounds = [mail::start(twin.clone(), going.clone()), mail::start(world.services.clone(), going)];
        while mail::summary(&world.services.db).await.unwrap().waiting > 0 {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        rounds.iter().for_each(|round| round.abort());
        let arrived = office.letters();
        let ids: BTreeSet<_> = arrived.iter().map(|letter| letter.header("Message-ID")).collect();
        assert_eq!((arrived.len(), ids.len()), (all, all), "{}", world.engine);
        eprintln!("{all} letters on {} in {:?}, {first} before the restart", world.engine, begun.elapsed());
    }
}
