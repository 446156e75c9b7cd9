use super::stage::Stage;
use crate::support::worlds;
use photovault::{
    features::sharing::{
        Assign,
        server::{jobs::handlers, service},
    },
    platform::{RequestContext, db::sql, jobs::run_due, mail::outbox},
    shared::{AppError, Role},
};

async fn live(cx: &RequestContext) -> i64 {
    let (count,): (i64,) = sql("SELECT COUNT(*) FROM grants WHERE revoked_at IS NULL").one(&cx.db).await.unwrap();
    count
}

async fn letters(cx: &RequestContext) -> Vec<(String, String)> {
    let handlers = handlers().into_iter().collect();
    run_due(&cx.services, &handlers).await.unwrap();
    let mut all: Vec<_> = outbox(&cx.db, 1000)
        .await
        .unwrap()
        .into_iter()
        .map(|letter| (letter.content(cx).unwrap().text(), letter.recipient))
        .map(|(text, to)| (to, text))
        .collect();
    all.reverse();
    all
}

#[tokio::test]
async fn giving_the_same_again_makes_no_second_grant() {
    for world in worlds().await {
        let stage = Stage::set(&world, 3).await;
        let ada = world.person(Role::Client, "ada@example.com").await;
        let first = stage.assign(&[], &[], "ada@example.com, Ada@example.com\nbob@example.com;").await;
        assert_eq!((first.people, live(&ada).await), (2, 2));
        let again = stage.assign(&[], &[], "bob@example.com ada@example.com").await;
        assert_eq!((again.people, again.already, live(&ada).await), (0, 2, 2));
        let photos = stage.assign(&stage.photos[..2], &[], "cyd@example.com").await;
        let more = stage.assign(&stage.photos, &[], "cyd@example.com").await;
        assert_eq!((photos.people, more.people, live(&ada).await), (1, 1, 5));
    }
}

#[tokio::test]
async fn many_at_once_give_each_right_once() {
    for world in worlds().await {
        let stage = Stage::set(&world, 1).await;
        let form = Assign { gallery: stage.gallery, photos: vec![], people: vec![], emails: "ada@example.com".into() };
        let tries = (0..8).map(|_| service::assign(&stage.photographer, form.clone()));
        let done: Vec<_> = futures::future::join_all(tries).await.into_iter().map(|done| done.unwrap().people).collect();
        assert_eq!((done.iter().sum::<usize>(), live(&stage.owner).await), (1, 1));
    }
}

#[tokio::test]
async fn undoing_a_batch_takes_back_exactly_that_batch() {
    for world in worlds().await {
        let stage = Stage::set(&world, 3).await;
        let before = stage.assign(&[], &[], "ada@example.com").await;
        let batch = stage.assign(&stage.photos, &[], "ada@example.com bob@example.com").await;
        let after = stage.assign(&[], &[], "bob@example.com").await;
        assert_eq!(live(&stage.owner).await, 1 + 6 + 1);
        assert_eq!(service::undo_batch(&stage.photographer, batch.batch).await.unwrap().1, 6);
        assert_eq!(live(&stage.owner).await, 2);
        assert_eq!(service::undo_batch(&stage.photographer, batch.batch).await.unwrap_err(), AppError::NotFound);
        for rest in [before, after] {
            assert_eq!(service::undo_batch(&stage.owner, rest.batch).await.unwrap().1, 1);
        }
        // what was undone can be given anew
        assert_eq!(stage.assign(&stage.photos, &[], "bob@example.com").await.people, 1);
    }
}

#[tokio::test]
async fn only_who_runs_the_gallery_gives_and_takes() {
    for world in worlds().await {
        let stage = Stage::set(&world, 1).await;
        let client = stage.client("ada@example.com").await;
        let other = world.person(Role::Photographer, "paul@example.com").await;
        let done = stage.assign(&[], &[], "bob@example.com").await;
        let form = Assign { gallery: stage.gallery, photos: vec![], people: vec![], emails: "x@example.com".into() };
        for (cx, error) in [(&other, AppError::NotFound), (&client, AppError::NotFound), (&world.guest(), AppError::SignInNeeded)] {
            assert_eq!(service::assign(cx, form.clone()).await.unwrap_err(), error);
            assert_eq!(service::undo_batch(cx, done.batch).await.unwrap_err(), error);
            assert_eq!(service::revoke(cx, stage.gallery, None, Some("bob@example.com".into())).await.unwrap_err(), error);
            assert_eq!(service::gallery_access(cx, stage.gallery).await.unwrap_err(), error);
        }
        assert!(service::clients_page(&other).await.unwrap().is_empty(), "other photographers' clients are not theirs");
        assert_eq!(service::clients_page(&client).await.unwrap_err(), AppError::NotFound);
    }
}

#[tokio::test]
async fn photos_of_another_gallery_and_strangers_cannot_be_assigned() {
    for world in worlds().await {
        let stage = Stage::set(&world, 1).await;
        let elsewhere = stage.add_gallery(&stage.owner, "Elsewhere").await;
        let foreign = stage.add_photo(elsewhere, 9).await;
        let stranger = world.person(Role::Client, "stranger@example.com").await;
        let form = Assign { gallery: stage.gallery, photos: vec![foreign], people: vec![], emails: "ada@example.com".into() };
        assert_eq!(service::assign(&stage.photographer, form).await.unwrap_err(), AppError::NotFound);
        let form = Assign { gallery: stage.gallery, photos: vec![], people: vec![stranger.actor.user().unwrap()], emails: String::new() };
        assert!(matches!(service::assign(&stage.photographer, form.clone()).await.unwrap_err(), AppError::Invalid(_)));
        assert_eq!(service::assign(&stage.owner, form).await.unwrap().people, 1);
        for emails in ["", "ada", "ada@example.com, nonsense", "a@example.com\r\nBcc: evil"] {
            let form = Assign { gallery: stage.gallery, photos: vec![], people: vec![], emails: emails.into() };
            assert!(matches!(service::assign(&stage.photographer, form).await.unwrap_err(), AppError::Invalid(_)), "{emails}");
        }
    }
}

#[tokio::test]
async fn letters_wait_for_the_gallery_and_are_written_once() {
    for world in worlds().await {
        let stage = Stage::set(&world, 2).await;
        stage.change(sql("UPDATE galleries SET status = 'draft'")).await;
        let ada = world.person(Role::Client, "ada@example.com").await;
        service::assign(
            &stage.owner,
            Assign { gallery: stage.gallery, photos: vec![], people: vec![ada.actor.user().unwrap()], emails: "new@example.com".into() },
        )
        .await
        .unwrap();
        let undone = stage.assign(&[], &[], "wrong@example.com").await;
        assert!(!undone.is_published && letters(&ada).await.is_empty());
        service::undo_batch(&stage.photographer, undone.batch).await.unwrap();

        stage.change(sql("UPDATE galleries SET status = 'published'")).await;
        let done = stage.assign(&stage.photos, &[], "ada@example.com").await;
        assert_eq!(done.people, 1);
        let sent = letters(&ada).await;
        let recipients: Vec<_> = sent.iter().map(|(to, _)| to.as_str()).collect();
        assert_eq!(recipients.iter().filter(|to| **to == "ada@example.com").count(), 1, "one person, one letter: {recipients:?}");
        assert!(recipients.contains(&"new@example.com") && !recipients.contains(&"wrong@example.com"));
        assert!(sent.iter().any(|(_, body)| body.contains(&format!("/galleries/{}", stage.gallery))));
        stage.assign(&[], &[], "new@example.com").await;
        assert_eq!(letters(&ada).await.len(), sent.len(), "nothing new, no letter");
    }
}

#[tokio::test]
async fn the_list_tells_who_sees_what_and_who_is_waited_for() {
    for world in worlds().await {
        let stage = Stage::set(&world, 3).await;
        stage.client("ada@example.com").await;
        stage.assign(&stage.photos[..2], &[], "new@example.com").await;
        let view = service::gallery_access(&stage.photographer, stage.gallery).await.unwrap();
        let rows: Vec<_> =
            view.access.iter().map(|row| (row.name.as_str(), row.email.as_str(), row.is_whole, row.photos, row.waits)).collect();
        assert_eq!(rows, [("ada", "ada@example.com", true, 0, false), ("", "new@example.com", false, 2, true)]);
        let clients = service::clients_page(&stage.photographer).await.unwrap();
        assert_eq!(clients.len(), 2);
        assert!(clients.iter().all(|client| client.galleries.len() == 1));
    }
}

#[tokio::test]
async fn a_photographer_picks_by_name_whom_they_let_in_by_address_before() {
    for world in worlds().await {
        let stage = Stage::set(&world, 2).await;
        let ada = stage.client("ada@example.com").await;
        stage.assign(&[], &[], "new@example.com").await;
        let other = world.person(Role::Photographer, "paul@example.com").await;
        world.person(Role::Client, "stranger@example.com").await;
        let known = service::known_clients(&stage.photographer).await.unwrap();
        let names: Vec<_> = known.iter().map(|client| client.email.as_str()).collect();
        assert_eq!(names, ["ada@example.com"], "{}: nobody who has not shown that the address is theirs", world.engine);
        assert!(service::known_clients(&other).await.unwrap().is_empty());

        let ada_id = ada.actor.user().unwrap();
        let second = stage.add_gallery(&stage.photographer, "Second").await;
        let form = |gallery, emails: &str| Assign {
            gallery,
            photos: vec![],
            people: if emails.is_empty() { vec![ada_id] } else { vec![] },
            emails: emails.into(),
        };
        assert_eq!(service::assign(&stage.photographer, form(second, "")).await.unwrap().people, 1);
        // who came in one way is not let in a second time the other way
        for (gallery, emails) in [(stage.gallery, ""), (second, "Ada@Example.com")] {
            let again = service::assign(&stage.photographer, form(gallery, emails)).await.unwrap();
            assert_eq!((again.people, again.already), (0, 1), "{} {emails}", world.engine);
        }
        let view = service::gallery_access(&stage.photographer, second).await.unwrap();
        assert_eq!(view.access.len(), 1);
        assert_eq!(service::clients_page(&stage.photographer).await.unwrap().len(), 2);
    }
}
