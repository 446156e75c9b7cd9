use super::given::{added, gallery, photographer, row, run_jobs};
use crate::support::{World, worlds};
use photovault::{
    features::photos::server::service::{remove, restore},
    platform::{
        db::sql,
        jobs::{self, Job},
        storage::Key,
    },
};

/// What the settings page does: another text, the next revision, and the request to draw it everywhere.
async fn change_watermark(world: &World) {
    let mut tx = world.services.db.begin().await.unwrap();
    sql("UPDATE studio SET watermark_text = 'Another', watermark_rev = watermark_rev + 1").run(&mut tx).await.unwrap();
    jobs::enqueue(&mut tx, &world.services.clock, Job::new("remark_all", "studio")).await.unwrap();
    tx.commit().await.unwrap();
}

async fn bytes(world: &World, key: &Key) -> Option<Vec<u8>> {
    std::fs::read(world.services.storage.local_path(key)).ok()
}

#[tokio::test]
async fn an_old_mark_never_passes_for_the_current_one() {
    for world in worlds().await {
        let ada = photographer(&world).await;
        let gallery = gallery(&ada).await;
        let id = added(&ada, gallery, 1).await;
        run_jobs(&world).await;
        let old = bytes(&world, &Key::variant(id, "marked-1-thumb")).await.unwrap();
        change_watermark(&world).await;
        // until the new ones are drawn the row says so, and nothing lies under the new name
        assert_eq!(row(&world, id).await.marked_rev, 1);
        assert!(bytes(&world, &Key::variant(id, "marked-2-thumb")).await.is_none());
        assert_eq!(run_jobs(&world).await, 2);
        assert_eq!(row(&world, id).await.marked_rev, 2);
        for name in ["marked-2-thumb", "marked-2-1024", "marked-2-2048"] {
            assert!(bytes(&world, &Key::variant(id, name)).await.is_some_and(|new| new != old), "{name}");
        }
        assert!(bytes(&world, &Key::variant(id, "marked-1-thumb")).await.is_none(), "nobody needs the old one");
        assert!(bytes(&world, &Key::variant(id, "thumb")).await.is_some());
    }
}

#[tokio::test]
async fn a_photograph_that_was_being_prepared_meanwhile_gets_the_new_mark_too() {
    for world in worlds().await {
        let ada = photographer(&world).await;
        let gallery = gallery(&ada).await;
        let id = added(&ada, gallery, 1).await;
        change_watermark(&world).await;
        change_watermark(&world).await;
        run_jobs(&world).await;
        assert_eq!(row(&world, id).await.marked_rev, 3, "{}", world.engine);
    }
}

#[tokio::test]
async fn the_mark_is_drawn_from_the_original_when_the_clean_picture_is_gone() {
    for world in worlds().await {
        let ada = photographer(&world).await;
        let gallery = gallery(&ada).await;
        let id = added(&ada, gallery, 1).await;
        run_jobs(&world).await;
        ada.storage.remove(&Key::variant(id, "web-2048")).await.unwrap();
        change_watermark(&world).await;
        run_jobs(&world).await;
        assert_eq!(row(&world, id).await.marked_rev, 2);
        assert!(bytes(&world, &Key::variant(id, "web-2048")).await.is_some());
    }
}

#[tokio::test]
async fn one_that_was_removed_meanwhile_has_the_new_mark_when_it_comes_back() {
    for world in worlds().await {
        let ada = photographer(&world).await;
        let gallery = gallery(&ada).await;
        let id = added(&ada, gallery, 1).await;
        run_jobs(&world).await;
        let (undo, _) = remove(&ada, gallery, &[id]).await.unwrap();
        change_watermark(&world).await;
        run_jobs(&world).await;
        restore(&ada, undo).await.unwrap();
        run_jobs(&world).await;
        assert_eq!(row(&world, id).await.marked_rev, 2, "{}", world.engine);
        assert!(bytes(&world, &Key::variant(id, "marked-2-1024")).await.is_some());
    }
}
