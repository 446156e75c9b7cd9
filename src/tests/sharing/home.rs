//! The studio's show window: what everybody may see, and how.
use super::{
    bytes::{bytes, get, thumb},
    stage::Stage,
};
use crate::support::worlds;
use photovault::{
    features::sharing::server::home::{home_pictures, of_gallery, show_on_home_page},
    platform::{RequestContext, db::sql},
    shared::{AppError, PhotoId, Role},
};

async fn shown(cx: &RequestContext) -> Vec<PhotoId> {
    home_pictures(&cx.db).await.unwrap().into_iter().map(|picture| picture.photo).collect()
}

fn at(photo: PhotoId) -> String {
    format!("/media/home/{photo}/web-1024")
}

#[tokio::test]
async fn the_home_page_shows_what_was_chosen_and_nothing_else() {
    for world in worlds().await {
        let stage = Stage::set(&world, 3).await;
        let client = stage.client("ada@example.com").await;
        let [first, second, third] = stage.photos[..] else { unreachable!() };
        show_on_home_page(&stage.photographer, stage.gallery, &[second, first, second], true).await.unwrap();
        show_on_home_page(&stage.owner, stage.gallery, &[second], true).await.unwrap();
        assert_eq!(shown(&stage.owner).await, [second, first], "{}", world.engine);
        let guest = world.guest();
        assert_eq!(bytes(get(&guest, &at(first)).await).await, b"web-1024 of 0");
        assert_eq!(get(&guest, &at(third)).await.status(), 404);
        assert_eq!(get(&guest, &thumb(first)).await.status(), 404, "the other door stays closed");
        assert_eq!(show_on_home_page(&client, stage.gallery, &[third], true).await, Err(AppError::NotFound));
        assert_eq!(of_gallery(&stage.photographer, stage.gallery).await.unwrap().pictures.len(), 2);

        stage.change(sql("UPDATE photos SET removed_at = 1 WHERE position = 10")).await;
        assert_eq!(get(&guest, &at(first)).await.status(), 404);
        show_on_home_page(&stage.photographer, stage.gallery, &[second], false).await.unwrap();
        assert!(shown(&stage.owner).await.is_empty());
    }
}

#[tokio::test]
async fn strangers_see_a_marked_gallery_marked_and_never_clean_for_a_moment() {
    for world in worlds().await {
        let stage = Stage::set(&world, 1).await;
        let photo = stage.photos[0];
        show_on_home_page(&stage.photographer, stage.gallery, &[photo], true).await.unwrap();
        let guest = world.guest();
        let clean = get(&guest, &at(photo)).await.headers()["etag"].clone();
        stage.set_gallery("has_watermark", true).await;
        assert_eq!(get(&guest, &at(photo)).await.status(), 404, "there is no marked picture yet");
        stage.put(photo, "marked-1-1024", "marked".into()).await;
        let marked = get(&guest, &at(photo)).await;
        assert_ne!(marked.headers()["etag"], clean, "a browser that kept the clean one asks for this one");
        assert_eq!(bytes(marked).await, b"marked", "{}", world.engine);
        assert!(of_gallery(&stage.photographer, stage.gallery).await.unwrap().is_marked);

        // another watermark: off the wall until its pictures are there
        stage.change(sql("UPDATE studio SET watermark_rev = 2")).await;
        assert_eq!(get(&guest, &at(photo)).await.status(), 404);
        assert!(shown(&stage.owner).await.is_empty());
        stage.change(sql("UPDATE photos SET marked_rev = 2")).await;
        assert_eq!(shown(&stage.owner).await, [photo]);
    }
}

#[tokio::test]
async fn only_own_photos_of_that_gallery_come_to_the_home_page_and_not_without_end() {
    for world in worlds().await {
        let stage = Stage::set(&world, 61).await;
        let other = world.person(Role::Photographer, "other@example.com").await;
        let theirs = stage.add_gallery(&other, "Theirs").await;
        for (cx, gallery) in [(&other, stage.gallery), (&stage.photographer, theirs), (&other, theirs)] {
            assert_eq!(show_on_home_page(cx, gallery, &stage.photos[..1], true).await, Err(AppError::NotFound), "{}", world.engine);
        }
        assert!(matches!(show_on_home_page(&stage.owner, stage.gallery, &[], true).await, Err(AppError::Invalid(_))));
        assert!(matches!(show_on_home_page(&stage.owner, stage.gallery, &stage.photos, true).await, Err(AppError::Conflict(_))));
        assert!(shown(&stage.owner).await.is_empty(), "all or nothing");
        show_on_home_page(&stage.owner, stage.gallery, &stage.photos[..60], true).await.unwrap();
        stage.change(sql("UPDATE galleries SET removed_at = 1")).await;
        assert!(shown(&stage.owner).await.is_empty(), "a removed gallery takes its pictures along");
    }
}
