use super::stage::Stage;
use crate::support::worlds;
use photovault::{
    features::sharing::{
        Capability::{self, Buy, DownloadOriginal, DownloadWeb, View},
        server::{authorise, authorise_all, may_enter, service},
    },
    platform::{Actor, RequestContext, db::sql},
    shared::{AppError, PhotoId, Role},
};

async fn allowed(cx: &RequestContext, photo: PhotoId) -> Vec<Capability> {
    let mut all = vec![];
    for wanted in Capability::ALL.iter().copied() {
        match authorise(cx, wanted, photo).await {
            Ok(_) => all.push(wanted),
            Err(error) => assert_eq!(error, AppError::NotFound, "no is always the same no"),
        }
        let many = authorise_all(&cx.db, &cx.actor, wanted, &[photo]).await.unwrap();
        assert_eq!(many.len(), usize::from(all.contains(&wanted)), "one and many agree");
    }
    all
}

#[tokio::test]
async fn everybody_gets_what_their_part_in_the_studio_allows() {
    for world in worlds().await {
        let stage = Stage::set(&world, 1).await;
        let photo = stage.photos[0];
        let client = stage.client("ada@example.com").await;
        let staff = vec![View, DownloadWeb, DownloadOriginal];
        assert_eq!(allowed(&stage.owner, photo).await, staff);
        assert_eq!(allowed(&stage.photographer, photo).await, staff);
        assert_eq!(allowed(&client, photo).await, [View, Buy]);
        for other in [(Role::Photographer, "paul@example.com"), (Role::Crew, "crew@example.com"), (Role::Client, "bob@example.com")] {
            assert_eq!(allowed(&world.person(other.0, other.1).await, photo).await, [], "{other:?}");
        }
        assert_eq!(allowed(&world.guest(), photo).await, []);
        assert_eq!(allowed(&client, PhotoId::new()).await, [], "missing looks like foreign");
    }
}

#[tokio::test]
async fn what_is_taken_away_is_gone_with_the_next_question() {
    for world in worlds().await {
        let stage = Stage::set(&world, 1).await;
        let photo = stage.photos[0];
        let client = stage.client("ada@example.com").await;
        for (away, back) in [
            ("UPDATE galleries SET status = 'draft'", "UPDATE galleries SET status = 'published'"),
            ("UPDATE galleries SET removed_at = 1", "UPDATE galleries SET removed_at = NULL"),
            ("UPDATE photos SET removed_at = 1", "UPDATE photos SET removed_at = NULL"),
            ("UPDATE photos SET status = 'received'", "UPDATE photos SET status = 'ready'"),
            ("UPDATE grants SET revoked_at = 1", "UPDATE grants SET revoked_at = NULL"),
        ] {
            stage.change(sql(away)).await;
            assert_eq!(allowed(&client, photo).await, [], "{away}");
            stage.change(sql(back)).await;
            assert_eq!(allowed(&client, photo).await, [View, Buy], "{back}");
        }
        service::revoke(&stage.photographer, stage.gallery, None, Some("ada@example.com".into())).await.unwrap();
        assert_eq!(allowed(&client, photo).await, []);
        assert_eq!(may_enter(&client, stage.gallery).await.unwrap_err(), AppError::NotFound);
    }
}

#[tokio::test]
async fn an_address_that_is_not_proven_opens_nothing() {
    for world in worlds().await {
        let stage = Stage::set(&world, 1).await;
        let proven = stage.client("ada@example.com").await;
        let Actor::Person(mut person) = proven.actor.clone() else { unreachable!() };
        person.proven_email = None;
        let unproven = proven.acting_as(Actor::Person(person));
        assert_eq!(allowed(&unproven, stage.photos[0]).await, []);
        assert_eq!(may_enter(&unproven, stage.gallery).await.unwrap_err(), AppError::NotFound);
        assert_eq!(allowed(&proven, stage.photos[0]).await, [View, Buy]);
    }
}

#[tokio::test]
async fn an_address_counts_in_every_spelling() {
    for world in worlds().await {
        let stage = Stage::set(&world, 1).await;
        let client = world.person(Role::Client, "ada@example.com").await;
        stage.assign(&[], &[], "ADA@Example.com").await;
        assert_eq!(allowed(&client, stage.photos[0]).await, [View, Buy]);
    }
}

#[tokio::test]
async fn buyers_keep_what_they_bought_whatever_happens_to_the_gallery() {
    for world in worlds().await {
        let stage = Stage::set(&world, 2).await;
        let client = stage.client("ada@example.com").await;
        stage.sell(&client, stage.photos[0], "original").await;
        stage.sell(&client, stage.photos[1], "web").await;
        assert_eq!(allowed(&client, stage.photos[0]).await, [View, DownloadWeb, DownloadOriginal, Buy]);
        for away in [
            "UPDATE galleries SET status = 'draft'",
            "UPDATE photos SET removed_at = 1",
            "UPDATE galleries SET removed_at = 1",
            "UPDATE grants SET revoked_at = 1",
        ] {
            stage.change(sql(away)).await;
            assert_eq!(allowed(&client, stage.photos[0]).await, [View, DownloadWeb, DownloadOriginal], "{away}");
            assert_eq!(allowed(&client, stage.photos[1]).await, [View, DownloadWeb], "{away}");
        }
        let bob = world.person(Role::Client, "bob@example.com").await;
        assert_eq!(allowed(&bob, stage.photos[0]).await, []);
        stage.change(sql("UPDATE entitlements SET revoked_at = 1")).await;
        assert_eq!(allowed(&client, stage.photos[0]).await, []);
    }
}

#[tokio::test]
async fn a_single_photo_opens_nothing_beside_it() {
    for world in worlds().await {
        let stage = Stage::set(&world, 2).await;
        let client = world.person(Role::Client, "ada@example.com").await;
        stage.assign(&stage.photos[..1], &[], "ada@example.com").await;
        assert_eq!(allowed(&client, stage.photos[0]).await, [View, Buy]);
        assert_eq!(allowed(&client, stage.photos[1]).await, []);
    }
}
