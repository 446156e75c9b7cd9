use super::given::{added, gallery, handlers, jpeg, photographer, row, run_jobs, upload};
use crate::support::{World, worlds};
use photovault::{
    features::photos::{
        PhotoStatus,
        server::{intake::Outcome, service::retry},
    },
    platform::{clock::MINUTE, db::sql, jobs::run_due, storage::Key},
    shared::{AppError, PhotoId, Role},
};

const NAMES: [&str; 6] = ["thumb", "web-1024", "web-2048", "marked-1-thumb", "marked-1-1024", "marked-1-2048"];

async fn there(world: &World, id: PhotoId, name: &str) -> bool {
    world.services.storage.get(&Key::variant(id, name)).await.unwrap().is_some()
}

#[tokio::test]
async fn a_photograph_is_ready_when_all_its_pictures_are_there() {
    for world in worlds().await {
        let ada = photographer(&world).await;
        let gallery = gallery(&ada).await;
        let Outcome::Added(id) = upload(&ada, gallery, "IMG_1.jpg", &jpeg(1, 2400, 1600)).await.unwrap() else { panic!() };
        assert_eq!(run_jobs(&world).await, 1);
        let photo = row(&world, id).await;
        assert_eq!((photo.status, photo.marked_rev, photo.width, photo.height), (PhotoStatus::Ready, 1, 2400, 1600), "{:?}", photo.failure);
        assert!(photo.thumbhash.is_some() && photo.placeholder().style().contains("data:image/bmp"));
        for name in NAMES {
            assert!(there(&world, id, name).await, "{name}");
        }
        assert_eq!(run_jobs(&world).await, 0);
    }
}

#[tokio::test]
async fn a_worker_that_died_half_way_is_followed_by_another() {
    for world in worlds().await {
        let ada = photographer(&world).await;
        let gallery = gallery(&ada).await;
        let id = added(&ada, gallery, 1).await;
        // the worker claimed the job, wrote some pictures, and was killed
        let mut tx = ada.db.begin().await.unwrap();
        sql("UPDATE jobs SET status = 'running', attempts = 1, locked_by = $1, locked_until = $2")
            .bind(uuid::Uuid::now_v7())
            .bind(ada.now() + 30_000)
            .run(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        ada.storage.put(&Key::variant(id, "thumb"), b"half of a".to_vec()).await.unwrap();
        assert_eq!(run_jobs(&world).await, 0);
        assert_eq!(row(&world, id).await.status, PhotoStatus::Received);
        world.later(MINUTE);
        assert_eq!(run_jobs(&world).await, 1);
        assert_eq!(row(&world, id).await.status, PhotoStatus::Ready);
        let thumb = ada.storage.get(&Key::variant(id, "thumb")).await.unwrap().unwrap();
        assert!(thumb.length > 100);
        // and once more after it was done: nothing changes
        let before = row(&world, id).await.thumbhash;
        let prepare = handlers()["prepare_photo"].run;
        prepare(world.services.clone(), id.to_string()).await.unwrap();
        assert_eq!(row(&world, id).await.thumbhash, before);
    }
}

#[tokio::test]
async fn a_photograph_that_fails_ten_times_says_why_and_can_be_tried_again() {
    for world in worlds().await {
        let ada = photographer(&world).await;
        let gallery = gallery(&ada).await;
        let (sick, well) = (added(&ada, gallery, 1).await, added(&ada, gallery, 2).await);
        let original = ada.storage.local_path(&Key::original(&row(&world, sick).await.blob_hash));
        let hidden = original.with_extension("hidden");
        std::fs::rename(&original, &hidden).unwrap();
        for _ in 0..10 {
            run_jobs(&world).await;
            world.later(10 * MINUTE);
        }
        assert_eq!(row(&world, well).await.status, PhotoStatus::Ready, "the queue goes on");
        let failed = row(&world, sick).await;
        assert_eq!(failed.status, PhotoStatus::Failed);
        assert!(failed.failure.is_some_and(|reason| !reason.is_empty()));
        assert_eq!(run_due(&world.services, &handlers()).await, Ok(0));
        // somebody else has no button, the photographer has
        let stranger = world.person(Role::Photographer, "eve@example.com").await;
        assert_eq!(retry(&stranger, sick).await.map(|_| ()), Err(AppError::NotFound));
        std::fs::rename(&hidden, &original).unwrap();
        retry(&ada, sick).await.unwrap();
        assert_eq!((row(&world, sick).await.status, row(&world, sick).await.failure), (PhotoStatus::Received, None));
        run_jobs(&world).await;
        assert_eq!(row(&world, sick).await.status, PhotoStatus::Ready, "{}", world.engine);
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_developed_fails_at_once() {
    for world in worlds().await {
        let ada = photographer(&world).await;
        let gallery = gallery(&ada).await;
        let id = added(&ada, gallery, 1).await;
        let original = ada.storage.local_path(&Key::original(&row(&world, id).await.blob_hash));
        std::fs::write(&original, b"what was a photograph").unwrap();
        assert_eq!(run_jobs(&world).await, 1);
        let photo = row(&world, id).await;
        assert_eq!(photo.status, PhotoStatus::Failed);
        assert!(photo.failure.unwrap().contains("not a photograph"));
    }
}
