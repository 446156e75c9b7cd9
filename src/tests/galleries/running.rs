use crate::{
    photos::given::{added, gallery, photographer, run_jobs},
    support::worlds,
};
use photovault::{
    features::{
        galleries::{
            GallerySettings, GalleryStatus, NewGallery, Progress, SortBy, Way,
            server::service::{
                change_gallery, create_gallery, gallery as find, move_photos, overview, page_of_galleries, photo_list, progress,
                publish_gallery, remove_gallery, remove_photos, restore_gallery, restore_photos, set_cover, sort_photos, studio_gallery,
                unpublish_gallery,
            },
        },
        photos::server::{ListFilter, service::Undo},
    },
    platform::{RequestContext, db::sql},
    shared::{AppError, GalleryId, PhotoId, Role},
};

fn titled(title: &str) -> GallerySettings {
    GallerySettings { title: title.into(), ..GallerySettings::default() }
}

#[tokio::test]
async fn a_gallery_begins_as_a_protected_draft() {
    for world in worlds().await {
        let ada = photographer(&world).await;
        let id = create_gallery(
            &ada,
            NewGallery { title: "  Lena &\n Max ".into(), event_date: "2026-06-14".into(), client_name: "Lena".into() },
        )
        .await
        .unwrap();
        let row = find(&ada.db, id).await.unwrap().unwrap();
        assert_eq!(
            (row.title.as_str(), row.status, row.version, row.event_day().as_deref()),
            ("Lena & Max", GalleryStatus::Draft, 1, Some("14 June 2026"))
        );
        assert!(row.shows_prices && row.has_watermark && !row.has_free_downloads);
        for (title, date, field) in
            [("", "", "title"), (&"x".repeat(201)[..], "", "title"), ("a", "2026-02-30", "event_date"), ("a", "tomorrow", "event_date")]
        {
            match create_gallery(&ada, NewGallery { title: title.into(), event_date: date.into(), client_name: String::new() }).await {
                Err(AppError::Invalid(problems)) => assert_eq!(problems[0].field, field),
                other => panic!("{title} {date}: {other:?}"),
            }
        }
    }
}

#[tokio::test]
async fn of_two_people_who_change_a_gallery_the_later_is_told() {
    for world in worlds().await {
        let ada = photographer(&world).await;
        let id = gallery(&ada).await;
        change_gallery(&ada, id, 1, titled("First")).await.unwrap();
        assert!(matches!(change_gallery(&ada, id, 1, titled("Second")).await, Err(AppError::Conflict(_))));
        let row = find(&ada.db, id).await.unwrap().unwrap();
        assert_eq!((row.title.as_str(), row.version, row.has_watermark), ("First", 2, false));
    }
}

#[tokio::test]
async fn publishing_leaves_a_trace_and_can_be_taken_back() {
    for world in worlds().await {
        let ada = photographer(&world).await;
        let id = gallery(&ada).await;
        publish_gallery(&ada, id).await.unwrap();
        publish_gallery(&ada, id).await.unwrap();
        let published = find(&ada.db, id).await.unwrap().unwrap();
        assert_eq!((published.status, published.published_at), (GalleryStatus::Published, Some(ada.now())));
        unpublish_gallery(&ada, id).await.unwrap();
        remove_gallery(&ada, id).await.unwrap();
        assert!(find(&ada.db, id).await.unwrap().is_none());
        assert_eq!(publish_gallery(&ada, id).await, Err(AppError::NotFound));
        restore_gallery(&ada, id).await.unwrap();
        assert_eq!(find(&ada.db, id).await.unwrap().unwrap().status, GalleryStatus::Draft);
        let states: Vec<(String, String)> =
            sql("SELECT from_state, to_state FROM history WHERE entity = 'gallery' ORDER BY id").all(&ada.db).await.unwrap();
        let states: Vec<_> = states.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();
        assert_eq!(states, [("", "draft"), ("draft", "published"), ("published", "draft"), ("draft", "removed"), ("removed", "draft")]);
    }
}

async fn order_of(cx: &RequestContext, gallery: GalleryId) -> Vec<PhotoId> {
    studio_gallery(cx, gallery, None, None).await.unwrap().photos.items.into_iter().map(|tile| tile.id).collect()
}

#[tokio::test]
async fn photographs_are_put_in_order_without_a_pointer() {
    for world in worlds().await {
        let ada = photographer(&world).await;
        let id = gallery(&ada).await;
        let mut p = vec![];
        for seed in [10, 9, 100, 1] {
            world.later(1);
            p.push(added(&ada, id, seed).await);
        }
        move_photos(&ada, id, &[p[2], p[1]], Way::Earlier).await.unwrap();
        assert_eq!(order_of(&ada, id).await, [p[1], p[2], p[0], p[3]]);
        move_photos(&ada, id, &[p[1]], Way::Earlier).await.unwrap();
        move_photos(&ada, id, &[p[2]], Way::Later).await.unwrap();
        assert_eq!(order_of(&ada, id).await, [p[1], p[0], p[2], p[3]]);
        move_photos(&ada, id, &[p[2]], Way::Later).await.unwrap();
        move_photos(&ada, id, &[p[2]], Way::Later).await.unwrap();
        assert_eq!(order_of(&ada, id).await, [p[1], p[0], p[3], p[2]]);
        move_photos(&ada, id, &[p[2], p[3]], Way::First).await.unwrap();
        assert_eq!(order_of(&ada, id).await, [p[3], p[2], p[1], p[0]]);
        move_photos(&ada, id, &[p[3]], Way::Last).await.unwrap();
        assert_eq!(order_of(&ada, id).await, [p[2], p[1], p[0], p[3]]);
        sort_photos(&ada, id, SortBy::Name).await.unwrap();
        assert_eq!(order_of(&ada, id).await, [p[3], p[1], p[0], p[2]]);
        assert!(matches!(move_photos(&ada, id, &[], Way::Last).await, Err(AppError::Invalid(_))));
    }
}

#[tokio::test]
async fn the_cover_is_a_ready_photograph_of_the_gallery() {
    for world in worlds().await {
        let ada = photographer(&world).await;
        let (id, other) = (gallery(&ada).await, gallery(&ada).await);
        let (first, second) = (added(&ada, id, 1).await, added(&ada, id, 2).await);
        let foreign = added(&ada, other, 3).await;
        assert!(matches!(set_cover(&ada, id, second).await, Err(AppError::Conflict(_))));
        run_jobs(&world).await;
        set_cover(&ada, id, second).await.unwrap();
        assert_eq!(set_cover(&ada, id, foreign).await, Err(AppError::NotFound));
        let cards = page_of_galleries(&ada, None).await.unwrap().items;
        let cover = |id| cards.iter().find(|card| card.id == id).unwrap().cover.as_ref().unwrap().id;
        assert_eq!((cover(id), cover(other)), (second, foreign));
        remove_photos(&ada, id, &[second]).await.unwrap();
        let cards = page_of_galleries(&ada, None).await.unwrap().items;
        assert_eq!(cards.iter().find(|card| card.id == id).unwrap().cover.as_ref().unwrap().id, first);
    }
}

#[tokio::test]
async fn the_page_learns_which_photographs_became_ready_and_which_arrived() {
    for world in worlds().await {
        let ada = photographer(&world).await;
        let id = gallery(&ada).await;
        let waiting = added(&ada, id, 1).await;
        let page = studio_gallery(&ada, id, None, None).await.unwrap();
        assert_eq!((page.tally.preparing, page.photos.items.len()), (1, 1));
        run_jobs(&world).await;
        world.later(20_000);
        let late = added(&ada, id, 2).await;
        let last = page.photos.items[0].cursor.clone();
        let now = progress(&ada, id, &[waiting], Some(&last)).await.unwrap();
        assert_eq!((now.tally.preparing, now.tally.ready), (1, 1));
        assert_eq!(now.tiles.iter().map(|tile| tile.id).collect::<Vec<_>>(), [waiting, late]);
        let quiet = progress(&ada, id, &[], None).await.unwrap();
        assert!(quiet.tiles.is_empty());
        // an empty page has no last photograph
        assert_eq!(progress(&ada, id, &[], Some(Progress::FROM_THE_START)).await.unwrap().tiles.len(), 2);
        let overview = overview(&ada).await.unwrap();
        assert_eq!((overview.galleries, overview.published, overview.today, overview.tally.all()), (1, 0, 2, 2));
    }
}

#[tokio::test]
async fn to_everybody_else_a_gallery_does_not_exist() {
    for world in worlds().await {
        let ada = photographer(&world).await;
        let id = gallery(&ada).await;
        let photo = added(&ada, id, 1).await;
        let strangers = [(Role::Photographer, "eve@example.com"), (Role::Crew, "crew@example.com"), (Role::Client, "client@example.com")];
        for (role, email) in strangers {
            let cx = world.person(role, email).await;
            assert_nothing(&cx, id, photo, &AppError::NotFound).await;
            let listed = page_of_galleries(&cx, None).await.map(|page| page.items.len());
            assert_eq!(listed, if role == Role::Photographer { Ok(0) } else { Err(AppError::NotFound) }, "{role}");
            assert!(photo_list(&cx, &ListFilter::default(), None).await.map_or(true, |list| list.photos.items.is_empty()));
        }
        assert_nothing(&world.guest(), id, photo, &AppError::SignInNeeded).await;
        assert_nothing(&ada, GalleryId::new(), photo, &AppError::NotFound).await;
        let owner = world.person(Role::Owner, "owner@example.com").await;
        change_gallery(&owner, id, 1, titled("By the owner")).await.unwrap();
        assert_eq!(order_of(&owner, id).await, [photo]);
    }
}

async fn assert_nothing(cx: &RequestContext, id: GalleryId, photo: PhotoId, error: &AppError) {
    let answers = [
        studio_gallery(cx, id, None, None).await.map(drop),
        change_gallery(cx, id, 1, titled("Mine")).await,
        publish_gallery(cx, id).await,
        unpublish_gallery(cx, id).await,
        remove_gallery(cx, id).await.map(drop),
        restore_gallery(cx, id).await.map(drop),
        set_cover(cx, id, photo).await,
        move_photos(cx, id, &[photo], Way::Last).await,
        sort_photos(cx, id, SortBy::Name).await,
        remove_photos(cx, id, &[photo]).await.map(drop),
        restore_photos(cx, Undo { gallery: id, at: 1 }).await.map(drop),
        progress(cx, id, &[photo], None).await.map(drop),
    ];
    for (n, answer) in answers.into_iter().enumerate() {
        assert_eq!(answer.as_ref(), Err(error), "verb {n}");
    }
}
