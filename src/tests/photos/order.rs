use super::given::{added, gallery, photographer, row, run_jobs};
use crate::support::worlds;
use photovault::{
    features::photos::{
        Tally,
        server::{
            ListFilter, NewOrder,
            service::{covers, list, neighbours, page_in_studio, page_of_gallery, remove, reorder, restore, tally},
        },
    },
    platform::RequestContext,
    shared::{AppError, GalleryId, PhotoId, Role},
};

async fn order_of(cx: &RequestContext, gallery: GalleryId) -> Vec<PhotoId> {
    page_in_studio(&cx.db, gallery, None, 100).await.unwrap().items.into_iter().map(|row| row.id).collect()
}

#[tokio::test]
async fn pages_are_stable_while_photographs_come_and_go() {
    for world in worlds().await {
        let ada = photographer(&world).await;
        let gallery = gallery(&ada).await;
        let mut ids = vec![];
        for seed in 0..7 {
            // some arrive within one millisecond
            world.later(i64::from(seed % 2));
            ids.push(added(&ada, gallery, seed).await);
        }
        let first = page_in_studio(&ada.db, gallery, None, 3).await.unwrap();
        assert_eq!(first.items.iter().map(|row| row.id).collect::<Vec<_>>(), ids[..3]);
        remove(&ada, gallery, &[ids[1]]).await.unwrap();
        world.later(5);
        ids.push(added(&ada, gallery, 7).await);
        let second = page_in_studio(&ada.db, gallery, first.next.as_deref(), 3).await.unwrap();
        assert_eq!(second.items.iter().map(|row| row.id).collect::<Vec<_>>(), ids[3..6]);
        let third = page_in_studio(&ada.db, gallery, second.next.as_deref(), 3).await.unwrap();
        assert_eq!((third.items.iter().map(|row| row.id).collect::<Vec<_>>(), third.next), (ids[6..].to_vec(), None));
        assert!(matches!(page_in_studio(&ada.db, gallery, Some("1; DROP TABLE photos"), 3).await, Err(AppError::BadRequest)));
    }
}

#[tokio::test]
async fn the_photographers_order_is_kept_and_new_ones_come_last() {
    for world in worlds().await {
        let ada = photographer(&world).await;
        let gallery = gallery(&ada).await;
        let mut ids = vec![];
        for seed in 0..4 {
            ids.push(added(&ada, gallery, seed).await);
        }
        reorder(&ada, gallery, NewOrder::Before { moved: vec![ids[3], ids[2]], target: Some(ids[0]) }).await.unwrap();
        assert_eq!(order_of(&ada, gallery).await, [ids[3], ids[2], ids[0], ids[1]]);
        reorder(&ada, gallery, NewOrder::Whole(vec![ids[1], ids[0], ids[3], ids[2]])).await.unwrap();
        assert_eq!(order_of(&ada, gallery).await, [ids[1], ids[0], ids[3], ids[2]]);
        world.later(1);
        let late = added(&ada, gallery, 9).await;
        assert_eq!(order_of(&ada, gallery).await.last(), Some(&late));
        let short = reorder(&ada, gallery, NewOrder::Whole(vec![ids[0]])).await;
        assert!(matches!(short, Err(AppError::Conflict(_))));
    }
}

#[tokio::test]
async fn guests_walk_through_the_ready_ones_only() {
    for world in worlds().await {
        let ada = photographer(&world).await;
        let gallery = gallery(&ada).await;
        let ids = [added(&ada, gallery, 0).await, added(&ada, gallery, 1).await, added(&ada, gallery, 2).await];
        run_jobs(&world).await;
        let waiting = added(&ada, gallery, 3).await;
        assert_eq!(page_of_gallery(&ada.db, gallery, None, 10).await.unwrap().items.len(), 3);
        assert_eq!(tally(&ada.db, gallery).await, Ok(Tally { preparing: 1, ready: 3, failed: 0 }));
        let middle = row(&world, ids[1]).await;
        assert_eq!(neighbours(&ada.db, &middle).await, Ok((Some(ids[0]), Some(ids[2]))));
        assert_eq!(neighbours(&ada.db, &row(&world, ids[2]).await).await, Ok((Some(ids[1]), None)));
        for (chosen, shown) in [(None, ids[0]), (Some(ids[2]), ids[2]), (Some(waiting), ids[0]), (Some(PhotoId::new()), ids[0])] {
            assert_eq!(covers(&ada.db, &[(gallery, chosen)]).await.unwrap()[&gallery].id, shown);
        }
    }
}

#[tokio::test]
async fn a_removal_is_taken_back_as_a_whole() {
    for world in worlds().await {
        let ada = photographer(&world).await;
        let gallery = gallery(&ada).await;
        let ids = [added(&ada, gallery, 0).await, added(&ada, gallery, 1).await, added(&ada, gallery, 2).await];
        let (first, count) = remove(&ada, gallery, &ids[..1]).await.unwrap();
        assert_eq!(count, 1);
        world.later(10);
        let (undo, count) = remove(&ada, gallery, &ids).await.unwrap();
        assert_eq!((count, order_of(&ada, gallery).await.len()), (2, 0));
        assert!(matches!(remove(&ada, gallery, &ids).await, Err(AppError::NotFound)));
        let stranger = world.person(Role::Photographer, "eve@example.com").await;
        assert_eq!(restore(&stranger, undo).await, Err(AppError::NotFound));
        // one of them is uploaded again before the removal is taken back: it is not doubled
        world.later(10);
        let again = added(&ada, gallery, 1).await;
        assert_eq!(restore(&ada, undo).await, Ok(1));
        assert_eq!(order_of(&ada, gallery).await, [ids[2], again]);
        assert_eq!(restore(&ada, first).await, Ok(1));
        assert_eq!(order_of(&ada, gallery).await[0], ids[0]);
    }
}

#[tokio::test]
async fn the_studios_list_is_filtered_and_everybody_finds_their_own() {
    for world in worlds().await {
        let ada = photographer(&world).await;
        let gallery = gallery(&ada).await;
        for seed in 0..3 {
            world.later(1);
            added(&ada, gallery, seed).await;
        }
        let names = |page: photovault::shared::Page<photovault::features::photos::server::PhotoRow>| {
            page.items.into_iter().map(|row| row.filename).collect::<Vec<_>>()
        };
        let filter = ListFilter::default();
        let first = list(&ada, &filter, None, 2).await.unwrap();
        let next = first.next.clone();
        assert_eq!(names(first), ["IMG_2.jpg", "IMG_1.jpg"]);
        assert_eq!(names(list(&ada, &filter, next.as_deref(), 2).await.unwrap()), ["IMG_0.jpg"]);
        let named = |name: &str| ListFilter { name: name.into(), ..ListFilter::default() };
        assert_eq!(names(list(&ada, &named("img_1"), None, 9).await.unwrap()), ["IMG_1.jpg"]);
        for nothing in ["%", "' OR 1=1 --", "IMG-1"] {
            assert!(names(list(&ada, &named(nothing), None, 9).await.unwrap()).is_empty(), "{nothing}");
        }
        let ready = ListFilter { status: Some(photovault::features::photos::PhotoStatus::Ready), ..ListFilter::default() };
        assert!(names(list(&ada, &ready, None, 9).await.unwrap()).is_empty());
        let eve = world.person(Role::Photographer, "eve@example.com").await;
        assert!(names(list(&eve, &filter, None, 9).await.unwrap()).is_empty());
        let owner = world.person(Role::Owner, "owner@example.com").await;
        assert_eq!(names(list(&owner, &filter, None, 9).await.unwrap()).len(), 3);
        let client = world.person(Role::Client, "client@example.com").await;
        assert!(matches!(list(&client, &filter, None, 9).await, Err(AppError::NotFound)));
    }
}
