use super::given::{added, gallery, photographer, row, run_jobs, upload};
use crate::support::worlds;
use photovault::{
    features::photos::server::{
        intake::Outcome,
        integrity::{check_some, doubt},
    },
    platform::{
        clock::DAY,
        db::{Db, sql},
        storage::Key,
    },
    shared::Role,
};

async fn letters(db: &Db) -> Vec<(String, String)> {
    sql("SELECT recipient, subject FROM mails WHERE once_key LIKE 'original-%' ORDER BY created_at").all(db).await.unwrap()
}

#[tokio::test]
async fn an_original_that_the_disk_changed_or_lost_is_reported_once_and_heals() {
    for world in worlds().await {
        world.person(Role::Owner, "owner@example.com").await;
        let ada = photographer(&world).await;
        let gallery = gallery(&ada).await;
        let (one, two) = (added(&ada, gallery, 1).await, added(&ada, gallery, 2).await);
        run_jobs(&world).await;
        let path = |hash: &[u8]| world.services.storage.local_path(&Key::original(hash));
        let (one, two) = (row(&world, one).await.blob_hash, row(&world, two).await.blob_hash);
        let right = std::fs::read(path(&one)).unwrap();
        let mut wrong = right.clone();
        wrong[100] ^= 1;
        std::fs::write(path(&one), wrong).unwrap();
        check_some(&world.services).await.unwrap();
        assert!(letters(&world.services.db).await.is_empty(), "it was looked at when it came, a month is not over");
        std::fs::remove_file(path(&two)).unwrap();
        world.later(31 * DAY);
        check_some(&world.services).await.unwrap();
        let told = letters(&world.services.db).await;
        assert_eq!(told.len(), 2, "{} {told:?}", world.engine);
        assert!(told.iter().all(|(to, _)| to == "owner@example.com"));
        world.later(31 * DAY);
        check_some(&world.services).await.unwrap();
        assert_eq!(letters(&world.services.db).await.len(), 2, "told once");
        std::fs::write(path(&one), right).unwrap();
        doubt(&world.services, &one).await.unwrap();
        run_jobs(&world).await;
        let (troubles,): (i64,) = sql("SELECT COUNT(*) FROM blobs WHERE trouble IS NOT NULL").one(&world.services.db).await.unwrap();
        assert_eq!(troubles, 1, "the one that is right again is well again");
    }
}

#[tokio::test]
async fn uploading_the_same_file_again_mends_it_in_the_same_gallery_and_in_another() {
    for world in worlds().await {
        world.person(Role::Owner, "owner@example.com").await;
        let ada = photographer(&world).await;
        let (here, there) = (gallery(&ada).await, gallery(&ada).await);
        let id = added(&ada, here, 1).await;
        run_jobs(&world).await;
        let hash = row(&world, id).await.blob_hash;
        let path = world.services.storage.local_path(&Key::original(&hash));
        let right = std::fs::read(&path).unwrap();
        let ailing =
            async || sql("SELECT COUNT(*) FROM blobs WHERE trouble IS NOT NULL").one::<(i64,)>(&world.services.db).await.unwrap().0;
        for (gallery, is_lost) in [(here, true), (here, false), (there, false)] {
            std::fs::remove_file(&path).unwrap();
            if !is_lost {
                std::fs::write(&path, vec![0; right.len()]).unwrap();
            }
            doubt(&world.services, &hash).await.unwrap();
            run_jobs(&world).await;
            assert_eq!(ailing().await, 1, "{}", world.engine);
            upload(&ada, gallery, "again.jpg", &right).await.unwrap();
            assert!(std::fs::read(&path).unwrap() == right, "{}", world.engine);
            run_jobs(&world).await;
            assert_eq!(ailing().await, 0, "{}: the owner is not told of it again", world.engine);
        }
        // one that nobody has missed yet
        std::fs::remove_file(&path).unwrap();
        assert_eq!(upload(&ada, here, "again.jpg", &right).await, Ok(Outcome::AlreadyThere(id)));
        assert!(std::fs::read(&path).unwrap() == right);
    }
}
