//! Photographs that leave their gallery, and what their buyers keep.
use super::{
    bytes::{bytes, get, thumb},
    stage::{Stage, original},
};
use crate::support::worlds;
use photovault::{
    features::{
        delivery::server::{
            list::{photo_detail, photo_list},
            service::look,
        },
        orders::server::service::{order_page, purchases, studio_order},
        photos::server::ListFilter,
        sharing::{Size, server::service::remove_photos},
    },
    platform::db::sql,
    shared::{AppError, Role},
};

#[tokio::test]
async fn whoever_removes_what_was_sold_is_told_so_first_with_its_name() {
    for world in worlds().await {
        let stage = Stage::set(&world, 3).await;
        let client = stage.client("ada@example.com").await;
        stage.sell(&client, stage.photos[1], "original").await;
        let Err(AppError::Conflict(told)) = remove_photos(&stage.photographer, stage.gallery, &stage.photos, false).await else {
            panic!("nobody was asked: {}", world.engine)
        };
        assert!(told.starts_with("DSC_1.jpg was sold."), "{told}");
        let (_, count) = remove_photos(&stage.photographer, stage.gallery, &[stage.photos[0]], false).await.unwrap();
        assert_eq!(count, 1, "what nobody bought goes without a question");
        let (_, count) = remove_photos(&stage.photographer, stage.gallery, &stage.photos[1..], true).await.unwrap();
        assert_eq!(count, 2);

        // to others there is nothing, not even a warning about their sales
        let other = world.person(Role::Photographer, "other@example.com").await;
        for stranger in [&other, &client] {
            assert_eq!(remove_photos(stranger, stage.gallery, &stage.photos[1..2], false).await.unwrap_err(), AppError::NotFound);
        }
    }
}

#[tokio::test]
async fn a_buyer_keeps_the_picture_the_file_and_the_order() {
    for world in worlds().await {
        let stage = Stage::set(&world, 2).await;
        let photo = stage.photos[0];
        let client = stage.client("ada@example.com").await;
        stage.sell(&client, photo, "original").await;
        stage.change(sql("UPDATE orders SET paid_at = 1")).await;
        remove_photos(&stage.photographer, stage.gallery, &[photo], true).await.unwrap();

        assert_eq!(bytes(get(&client, &thumb(photo)).await).await, b"thumb of 0", "{}", world.engine);
        assert_eq!(bytes(get(&client, &format!("/downloads/{photo}/original")).await).await, original(0));
        let (number,): (String,) = sql("SELECT number FROM orders").one(&client.db).await.unwrap();
        assert_eq!(order_page(&client, &number).await.unwrap().lines[0].photo, photo);
        assert_eq!(studio_order(&stage.photographer, &number).await.unwrap().lines.len(), 1);
        let bought = purchases(&client, None).await.unwrap().items;
        assert_eq!(bought.len(), 1);
        let shape = order_page(&client, &number).await.unwrap().lines[0].shape;
        assert_eq!((shape, bought[0].shape), (Some((6000, 4000)), Some((6000, 4000))), "in its own shape");
        let page = look(&client, stage.gallery, photo).await.unwrap();
        assert!(page.tile.is_bought && page.downloads.contains(&Size::Original), "its page stands");
        let listed = photo_list(&client, &ListFilter::default(), None, 10).await.unwrap();
        assert_eq!(listed.items.iter().filter(|row| row.id == photo).count(), 1, "and its row in a program's list");
        assert_eq!(photo_detail(&client, photo).await.unwrap().0.id, photo);
        let bob = stage.client("bob@example.com").await;
        assert_eq!(get(&bob, &thumb(photo)).await.status(), 404);
        assert_eq!(look(&bob, stage.gallery, photo).await.map(|_| ()), Err(AppError::NotFound));
    }
}
