use super::given::{added, gallery, jpeg, photographer, received, upload};
use crate::support::worlds;
use futures::future::join_all;
use photovault::{
    features::photos::{
        PhotoStatus,
        server::{
            intake::Outcome,
            service::{page_in_studio, photo, sweep_orphans},
        },
    },
    platform::{clock::DAY, storage::Key},
    shared::{AppError, Role},
};
use std::time::{Duration, SystemTime};

#[tokio::test]
async fn the_original_stays_bit_for_bit() {
    for world in worlds().await {
        let ada = photographer(&world).await;
        let gallery = gallery(&ada).await;
        let bytes = jpeg(1, 1200, 800);
        let Outcome::Added(id) = upload(&ada, gallery, "IMG_1.jpg", &bytes).await.unwrap() else { panic!() };
        let row = photo(&ada.db, id).await.unwrap().unwrap();
        assert_eq!(
            (row.status, row.width, row.height, row.format.as_str(), row.size),
            (PhotoStatus::Received, 1200, 800, "image/jpeg", bytes.len() as i64)
        );
        let kept = ada.storage.read(&Key::original(&row.blob_hash)).await.unwrap().unwrap();
        assert!(kept == bytes, "{}", world.engine);
    }
}

#[tokio::test]
async fn the_same_bytes_by_the_same_person_are_one_photograph_of_a_gallery() {
    for world in worlds().await {
        let ada = photographer(&world).await;
        let (one, other) = (gallery(&ada).await, gallery(&ada).await);
        let bytes = jpeg(1, 60, 40);
        let Outcome::Added(first) = upload(&ada, one, "a.jpg", &bytes).await.unwrap() else { panic!() };
        assert_eq!(upload(&ada, one, "b.jpg", &bytes).await, Ok(Outcome::AlreadyThere(first)));
        assert!(matches!(upload(&ada, other, "a.jpg", &bytes).await, Ok(Outcome::Added(_))));
        // side by side too
        let again = jpeg(2, 60, 40);
        let outcomes = join_all((0..8).map(|_| upload(&ada, one, "c.jpg", &again))).await;
        assert_eq!(outcomes.iter().filter(|outcome| matches!(outcome, Ok(Outcome::Added(_)))).count(), 1, "{} {outcomes:?}", world.engine);
        assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    }
}

#[tokio::test]
async fn forty_uploads_of_one_name_are_forty_photographs() {
    for world in worlds().await {
        let ada = photographer(&world).await;
        let gallery = gallery(&ada).await;
        let pictures: Vec<Vec<u8>> = (0..40).map(|seed| jpeg(seed, 40, 30)).collect();
        let outcomes = join_all(pictures.iter().map(|bytes| upload(&ada, gallery, "IMG_0001.jpg", bytes))).await;
        assert!(outcomes.iter().all(|outcome| matches!(outcome, Ok(Outcome::Added(_)))), "{outcomes:?}");
        let page = page_in_studio(&ada.db, gallery, None, 100).await.unwrap();
        assert_eq!(page.items.len(), 40);
        for row in page.items {
            assert_eq!(row.filename, "IMG_0001.jpg");
            let stored = ada.storage.get(&Key::original(&row.blob_hash)).await.unwrap().unwrap();
            assert_eq!(stored.length as i64, row.size);
        }
    }
}

#[tokio::test]
async fn what_is_no_whole_photograph_is_refused_with_a_reason_and_leaves_nothing() {
    for world in worlds().await {
        let ada = photographer(&world).await;
        let gallery = gallery(&ada).await;
        let whole = jpeg(1, 600, 400);
        for (name, bytes) in
            [("empty.jpg", &[][..]), ("page.jpg", b"<html><script>alert(1)</script>"), ("torn.jpg", &whole[..whole.len() / 2])]
        {
            match upload(&ada, gallery, name, bytes).await {
                Err(AppError::Invalid(problems)) => assert!(problems[0].field == name && !problems[0].message.is_empty(), "{problems:?}"),
                other => panic!("{name}: {other:?}"),
            }
        }
        assert!(page_in_studio(&ada.db, gallery, None, 10).await.unwrap().items.is_empty());
        let left = ada.storage.originals_before(SystemTime::now() + Duration::from_secs(60)).await.unwrap();
        assert!(left.is_empty(), "{left:?}");
    }
}

#[tokio::test]
async fn only_the_photographer_and_the_owner_add_to_a_photographers_gallery() {
    for world in worlds().await {
        let ada = photographer(&world).await;
        let gallery = gallery(&ada).await;
        let bytes = jpeg(1, 60, 40);
        for (role, email) in
            [(Role::Photographer, "eve@example.com"), (Role::Crew, "crew@example.com"), (Role::Client, "client@example.com")]
        {
            let stranger = world.person(role, email).await;
            let intake = photovault::features::photos::server::intake::Intake {
                gallery,
                photographer: ada.actor.user().unwrap(),
                filename: "a.jpg".into(),
            };
            let outcome = photovault::features::photos::server::intake::take_in(&stranger, intake, received(&stranger, &bytes).await).await;
            assert_eq!(outcome, Err(AppError::NotFound), "{role}");
        }
    }
}

#[tokio::test]
async fn an_original_without_a_row_is_swept_after_a_day_and_no_other() {
    for world in worlds().await {
        let ada = photographer(&world).await;
        let gallery = gallery(&ada).await;
        let kept = super::given::row(&world, added(&ada, gallery, 1).await).await.blob_hash;
        // the crash: the file has its name, the row was never written
        for seed in [2, 3] {
            let orphan = received(&ada, &jpeg(seed, 60, 40)).await;
            let key = Key::original(&orphan.hash);
            ada.storage.keep(orphan, &key).await.unwrap();
            if seed == 2 {
                age(&ada.storage.local_path(&key));
            }
        }
        age(&ada.storage.local_path(&Key::original(&kept)));
        assert_eq!(sweep_orphans(&world.services).await, Ok(1));
        let left = ada.storage.originals_before(SystemTime::now() + Duration::from_secs(60)).await.unwrap();
        assert!(left.len() == 2 && left.contains(&kept), "{}", world.engine);
    }
}

fn age(path: &std::path::Path) {
    let file = std::fs::File::options().write(true).open(path).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_millis(DAY as u64 + 60_000)).unwrap();
}
