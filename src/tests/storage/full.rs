//! A full disk: nothing half, nothing lost, well again by itself.
use crate::{
    photos::given,
    support::{World, worlds},
};
use photovault::{
    features::photos::server::{intake::Outcome, service::tally},
    platform::{
        db::sql,
        storage::{Kind, Side},
    },
    shared::AppError,
};
use std::{
    io::ErrorKind,
    time::{Duration, Instant},
};

async fn originals(world: &World) -> usize {
    world.services.storage.list(Side::Folder, Kind::Originals, None, 1000).await.unwrap().len()
}

#[tokio::test]
async fn a_full_disk_refuses_with_a_plain_word_and_is_well_again_by_itself() {
    for world in worlds().await {
        let ada = given::photographer(&world).await;
        let gallery = given::gallery(&ada).await;
        given::added(&ada, gallery, 1).await;
        for kind in [ErrorKind::StorageFull, ErrorKind::QuotaExceeded, ErrorKind::ReadOnlyFilesystem] {
            world.services.storage.drill().set(Some(kind));
            assert_eq!(ada.storage.receive(1000).await.err(), Some(AppError::Full));
            // full between the first and the last byte
            world.services.storage.drill().set(None);
            let mut incoming = ada.storage.receive(1000).await.unwrap();
            incoming.write(b"first").await.unwrap();
            world.services.storage.drill().set(Some(kind));
            assert_eq!(incoming.write(b"second").await, Err(AppError::Full));
            drop(incoming);
            world.services.storage.drill().set(None);
            // full when the file gets its name
            let received = given::received(&ada, &given::jpeg(2, 60, 40)).await;
            let intake = photovault::features::photos::server::intake::Intake {
                gallery,
                photographer: ada.actor.user().unwrap(),
                filename: "a.jpg".into(),
            };
            world.services.storage.drill().set(Some(kind));
            let refused = photovault::features::photos::server::intake::take_in(&ada, intake, received).await;
            assert_eq!(refused, Err(AppError::Full));
            assert_eq!(AppError::Full.status(), 507);
            // what is there is still given out
            assert_eq!((originals(&world).await, tally(&ada.db, gallery).await.unwrap().preparing), (1, 1), "{}", world.engine);
            assert_eq!(std::fs::read_dir(world.services.config.data.join("media/incoming")).unwrap().count(), 0, "no leftovers");
            world.services.storage.drill().set(None);
        }
        assert!(matches!(given::upload(&ada, gallery, "b.jpg", &given::jpeg(3, 60, 40)).await, Ok(Outcome::Added(_))));
        assert_eq!(originals(&world).await, 2);
    }
}

#[tokio::test]
async fn a_photograph_that_could_not_be_prepared_for_lack_of_room_is_prepared_later() {
    for world in worlds().await {
        let ada = given::photographer(&world).await;
        let gallery = given::gallery(&ada).await;
        given::added(&ada, gallery, 1).await;
        world.services.storage.drill().set(Some(ErrorKind::StorageFull));
        given::run_jobs(&world).await;
        assert_eq!(tally(&ada.db, gallery).await.unwrap().preparing, 1);
        world.services.storage.drill().set(None);
        world.later(60_000);
        given::run_jobs(&world).await;
        assert_eq!(tally(&ada.db, gallery).await.unwrap().ready, 1, "{}", world.engine);
    }
}

#[tokio::test]
async fn a_transaction_that_the_database_took_back_by_itself_does_not_spoil_the_next() {
    let world = worlds().await.remove(0);
    for _ in 0..3 {
        let mut tx = world.services.db.begin().await.unwrap();
        let twice = "INSERT OR ROLLBACK INTO counters (name, value) VALUES ('a', 1)";
        sql(twice).run(&mut tx).await.unwrap();
        // as on a full disk: the whole transaction is gone, and whoever began it undoes it once more
        assert!(sql(twice).run(&mut tx).await.is_err());
        drop(tx);
        let mut tx = world.services.db.begin().await.unwrap();
        sql("INSERT INTO counters (name, value) VALUES ('b', 1) ON CONFLICT (name) DO UPDATE SET value = counters.value + 1")
            .run(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
    let rows: Vec<(String, i64)> = sql("SELECT name, value FROM counters WHERE name IN ('a', 'b')").all(&world.services.db).await.unwrap();
    assert_eq!(rows, vec![("b".to_string(), 3)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_is_broken_off_as_it_begins_leaves_no_file() {
    let world = worlds().await.remove(0);
    for _ in 0..50 {
        tokio::select! {
            biased;
            _ = world.services.storage.receive(1_000) => {}
            () = std::future::ready(()) => {}
        }
    }
    let since = Instant::now();
    while std::fs::read_dir(world.services.config.data.join("media/incoming")).unwrap().count() > 0 {
        assert!(since.elapsed() < Duration::from_secs(10), "a file that nobody knows of");
        tokio::task::yield_now().await;
    }
}
