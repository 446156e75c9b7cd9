use crate::{
    photos::given::{self, run_jobs},
    support::{World, worlds},
};
use photovault::{
    boot::doctor::{Finding, Level, Visit, examine},
    platform::{
        clock::{DAY, HOUR},
        db::sql,
        storage::Key,
    },
    shared::PhotoId,
};

async fn troubles(world: &World, visit: Visit) -> Vec<Finding> {
    examine(&world.services, visit).await.into_iter().filter(|finding| finding.level == Level::Trouble).collect()
}

async fn of(world: &World, about: &str) -> String {
    let found = troubles(world, Visit::default()).await;
    assert!(found.iter().all(|finding| finding.about == about), "{found:?}");
    found.into_iter().map(|finding| finding.words).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn each_illness_is_found_and_named() {
    for world in worlds().await {
        let ada = given::photographer(&world).await;
        let gallery = given::gallery(&ada).await;
        let (one, two) = (given::added(&ada, gallery, 1).await, given::added(&ada, gallery, 2).await);
        run_jobs(&world).await;
        assert_eq!(troubles(&world, Visit::default()).await, vec![], "{}", world.engine);

        let path = |row: &photovault::features::photos::server::PhotoRow| world.services.storage.local_path(&Key::original(&row.blob_hash));
        let (first, second) = (path(&given::row(&world, one).await), path(&given::row(&world, two).await));
        let (right, other) = (std::fs::read(&first).unwrap(), std::fs::read(&second).unwrap());
        let mut wrong = right.clone();
        wrong[50] ^= 4;
        std::fs::write(&first, wrong).unwrap();
        std::fs::remove_file(&second).unwrap();
        let words = of(&world, "originals").await;
        assert!(words.contains("is damaged") && words.contains("is missing"), "{words}");
        let quick = troubles(&world, Visit { quick: true, repair: false }).await;
        assert_eq!(quick.len(), 1, "the length is right, so only reading finds it: {quick:?}");
        std::fs::write(&first, right).unwrap();
        std::fs::write(&second, other).unwrap();

        world.services.storage.remove(&Key::variant(one, "web-1024")).await.unwrap();
        assert!(of(&world, "pictures").await.contains("lacks 1"));
        troubles(&world, Visit { quick: true, repair: true }).await;
        run_jobs(&world).await;
        assert_eq!(troubles(&world, Visit::default()).await, vec![], "repaired");

        let stray = Key::variant(PhotoId::new(), "thumb");
        world.services.storage.put(&stray, b"x".to_vec()).await.unwrap();
        assert!(of(&world, "orphans").await.contains("pictures of"));
        world.services.storage.remove(&stray).await.unwrap();

        let mut tx = world.services.db.begin().await.unwrap();
        sql("INSERT INTO jobs (id, kind, subject, priority, status, attempts, run_at, rerun) VALUES ($1, 'send_mail', 'x', 0, 'failed', 10, 0, FALSE)")
            .bind(uuid::Uuid::now_v7())
            .run(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert!(of(&world, "jobs").await.contains("send_mail"));
        let mut tx = world.services.db.begin().await.unwrap();
        sql("DELETE FROM jobs").run(&mut tx).await.unwrap();
        sql("INSERT INTO mails (id, recipient, subject, body, once_key, created_at, attempts, state) VALUES ($1, 'a', 'b', 'c', 'd', $2, 3, 'waiting')")
            .bind(uuid::Uuid::now_v7())
            .bind(world.services.clock.now())
            .run(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        world.later(2 * HOUR);
        assert!(of(&world, "mail").await.contains("1 letters"));
        world.later(-4 * HOUR - DAY);
        assert!(troubles(&world, Visit::default()).await.iter().any(|finding| finding.about == "clock"), "set back");
    }
}

#[tokio::test]
async fn a_storage_that_takes_nothing_is_named_first() {
    let world = worlds().await.remove(0);
    world.services.storage.drill().set(Some(std::io::ErrorKind::StorageFull));
    let words = of(&world, "storage").await;
    assert!(words.contains("no room"), "{words}");
}
