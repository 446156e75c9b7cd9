use super::stage::Stage;
use crate::support::worlds;
use photovault::{
    features::sharing::server::{Via, galleries_of, may_enter, neighbours, selections_of, visible_photos},
    platform::{RequestContext, db::sql},
    shared::{AppError, PhotoId, Role},
};

async fn walk(cx: &RequestContext, stage: &Stage<'_>, size: usize) -> Vec<PhotoId> {
    let entered = may_enter(cx, stage.gallery).await.unwrap();
    let (mut all, mut after) = (vec![], None);
    loop {
        let page = visible_photos(cx, &entered, after.as_deref(), size).await.unwrap();
        assert!(page.items.len() <= size);
        all.extend(page.items.iter().map(|photo| photo.id));
        let Some(next) = page.next else { return all };
        after = Some(next);
    }
}

#[tokio::test]
async fn pages_follow_the_order_of_the_photographer_and_lose_nothing() {
    for world in worlds().await {
        let stage = Stage::set(&world, 7).await;
        let client = stage.client("ada@example.com").await;
        // two photos at one place are told apart by their ids
        stage.change(sql("UPDATE photos SET position = 30 WHERE position = 40")).await;
        for size in [1, 2, 3, 7, 100] {
            assert_eq!(walk(&client, &stage, size).await, stage.photos, "{size}");
        }
        stage.change(sql("UPDATE photos SET position = 5 WHERE position = 70")).await;
        assert_eq!(walk(&client, &stage, 3).await[0], stage.photos[6]);
        let entered = may_enter(&client, stage.gallery).await.unwrap();
        for junk in ["", "x", "1.2", "1;DROP TABLE photos", "99999999999999999999.0"] {
            assert_eq!(visible_photos(&client, &entered, Some(junk), 10).await.unwrap_err(), AppError::BadRequest, "{junk}");
        }
    }
}

#[tokio::test]
async fn who_was_given_single_photos_walks_past_those_only() {
    for world in worlds().await {
        let stage = Stage::set(&world, 5).await;
        let client = world.person(Role::Client, "ada@example.com").await;
        assert_eq!(may_enter(&client, stage.gallery).await.unwrap_err(), AppError::NotFound);
        let given = [stage.photos[3], stage.photos[1]];
        stage.assign(&given, &[], "ada@example.com").await;
        assert_eq!(walk(&client, &stage, 1).await, [stage.photos[1], stage.photos[3]]);
        let entered = may_enter(&client, stage.gallery).await.unwrap();
        assert!(!entered.sees_all && entered.via == Via::Grant);
        assert_eq!(neighbours(&client, &entered, stage.photos[1]).await.unwrap(), (None, Some(stage.photos[3])));
        assert_eq!(neighbours(&client, &entered, stage.photos[3]).await.unwrap(), (Some(stage.photos[1]), None));

        let selections = selections_of(&client, 1).await.unwrap();
        assert_eq!((selections.len(), selections[0].count, selections[0].photos.len()), (1, 2, 1));
        assert_eq!(selections[0].photos[0].id, stage.photos[1]);
        assert!(galleries_of(&client).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn my_galleries_are_those_i_may_enter_now() {
    for world in worlds().await {
        let stage = Stage::set(&world, 2).await;
        let client = stage.client("ada@example.com").await;
        stage.add_gallery(&stage.owner, "Of others").await;
        let mine = galleries_of(&client).await.unwrap();
        assert_eq!(mine.iter().map(|card| card.id).collect::<Vec<_>>(), [stage.gallery]);
        assert_eq!(mine[0].cover_id, Some(stage.photos[0]), "without a chosen cover the first photo is it");
        assert!(selections_of(&client, 5).await.unwrap().is_empty());
        stage.change(sql("UPDATE galleries SET status = 'draft'")).await;
        assert!(galleries_of(&client).await.unwrap().is_empty());
        assert_eq!(may_enter(&client, stage.gallery).await.unwrap_err(), AppError::NotFound);
        assert!(may_enter(&stage.photographer, stage.gallery).await.is_ok(), "the studio looks at drafts");
        assert_eq!(may_enter(&world.guest(), stage.gallery).await.unwrap_err(), AppError::SignInNeeded);
    }
}

#[tokio::test]
async fn removed_and_unready_photos_leave_the_wall() {
    for world in worlds().await {
        let stage = Stage::set(&world, 4).await;
        let client = stage.client("ada@example.com").await;
        stage.change(sql("UPDATE photos SET removed_at = 1 WHERE position = 20")).await;
        stage.change(sql("UPDATE photos SET status = 'failed' WHERE position = 30")).await;
        assert_eq!(walk(&client, &stage, 1).await, [stage.photos[0], stage.photos[3]]);
        let entered = may_enter(&client, stage.gallery).await.unwrap();
        assert_eq!(neighbours(&client, &entered, stage.photos[0]).await.unwrap(), (None, Some(stage.photos[3])));
    }
}
