use super::*;
use photovault::{
    features::admin::{Standing, server::service as admin},
    platform::{
        clock::{DAY, MINUTE},
        db::sql,
    },
    shared::Role,
};

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_does_not_exist_bounces_at_once_and_can_be_tried_again_by_hand() {
    let office = PostOffice::open().await;
    for world in worlds(&office, &[]).await {
        post(&world, "bounce@example.com", 1).await;
        carry(&world).await;
        let row = only(&world).await;
        assert_eq!((row.state, row.attempts), (MailState::Bounced, 1), "{}", world.engine);
        assert!(row.failure.unwrap().contains("no such user"));
        world.later(DAY);
        assert_eq!(carry(&world).await, 0, "nobody tries by himself");
        assert!(resend(&world, row.id).await);
        assert!(!resend(&world, row.id).await, "it waits already");
        assert_eq!(carry(&world).await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_greylisted_letter_arrives_with_the_third_try_and_later_letters_wait_for_it() {
    let office = PostOffice::open().await;
    for (n, world) in worlds(&office, &[]).await.into_iter().enumerate() {
        let (before, to) = (office.letters().len(), format!("greylist@{n}.example.com"));
        post(&world, &to, 1).await;
        post(&world, &to, 2).await;
        for _ in 0..3 {
            carry(&world).await;
            world.later(5 * MINUTE);
        }
        let subjects: Vec<_> = office.letters()[before..].iter().map(|letter| letter.header("Subject")).collect();
        assert_eq!(subjects, ["Letter 1", "Letter 2"], "{}", world.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_lost_after_the_last_word_makes_at_most_one_twin_with_the_same_id() {
    let office = PostOffice::open().await;
    for (n, world) in worlds(&office, &[]).await.into_iter().enumerate() {
        let before = office.letters().len();
        post(&world, &format!("drop@{n}.example.com"), 1).await;
        for _ in 0..4 {
            carry(&world).await;
            world.later(5 * MINUTE);
        }
        let twins = office.letters()[before..].to_vec();
        assert_eq!(twins.len(), 2, "{}", world.engine);
        assert_eq!(twins[0].header("Message-ID"), twins[1].header("Message-ID"));
        assert_eq!(twins[0].header("Date"), twins[1].header("Date"));
        assert_eq!(only(&world).await.state, MailState::Sent);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_away_for_half_an_hour_loses_nothing_and_is_not_stormed() {
    let office = PostOffice::open().await;
    for world in worlds(&office, &[]).await {
        let before = office.letters().len();
        office.close(true);
        let knocks = office.knocks();
        for n in 0..30 {
            post(&world, &format!("reader{n}@example.com"), n).await;
            carry(&world).await;
            world.later(MINUTE);
        }
        assert!(office.knocks() - knocks <= 120, "{} knocks on {}", office.knocks() - knocks, world.engine);
        let trouble = mail::summary(&world.services.db).await.unwrap();
        assert_eq!((trouble.waiting, trouble.failed, trouble.trouble.is_some()), (30, 0, true));
        office.close(false);
        for _ in 0..3 {
            world.later(2 * MINUTE);
            carry(&world).await;
        }
        assert_eq!(office.letters().len() - before, 30);
        assert_eq!(mail::summary(&world.services.db).await.unwrap(), Default::default());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_never_goes_is_given_up_after_three_days() {
    let office = PostOffice::open().await;
    for world in worlds(&office, &[]).await {
        post(&world, "tempfail@example.com", 1).await;
        let mut days = 0;
        while only(&world).await.state == MailState::Waiting {
            carry(&world).await;
            world.later(DAY / 4);
            days += 1;
            assert!(days < 20);
        }
        let row = only(&world).await;
        assert_eq!((row.state, days), (MailState::GivenUp, 13), "{}", world.engine);
        assert!(resend(&world, row.id).await);
        carry(&world).await;
        assert_eq!(only(&world).await.state, MailState::Waiting, "it has three new days");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_tls_a_server_that_must_have_it_hears_nothing_of_the_letter() {
    let office = PostOffice::open().await;
    for safety in ["1", "ssl"] {
        for world in worlds(&office, &[("EMAIL_USE_TLS", safety)]).await {
            post(&world, "ada@example.com", 1).await;
            carry(&world).await;
            assert!(office.letters().is_empty(), "{safety} on {}", world.engine);
            let trouble = mail::summary(&world.services.db).await.unwrap();
            assert_eq!((trouble.waiting, trouble.trouble.is_some()), (1, true), "{safety}");
        }
        if safety == "ssl" {
            continue;
        }
        for world in worlds(&office, &[("EMAIL_USE_TLS", "optional")]).await {
            post(&world, "ada@example.com", 1).await;
            carry(&world).await;
            assert_eq!(only(&world).await.state, MailState::Sent, "optional means that it may go in the open");
            office.forget();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_bounces_nothing_and_tells_the_owner() {
    let office = PostOffice::with_wrong_password().await;
    for world in worlds(&office, &[("EMAIL_HOST_USER", "me"), ("EMAIL_HOST_PASSWORD", "wrong-word")]).await {
        post(&world, "ada@example.com", 1).await;
        carry(&world).await;
        let row = only(&world).await;
        assert_eq!(row.state, MailState::Waiting, "{}", world.engine);
        let failure = row.failure.unwrap();
        assert!(failure.contains("not you") && !failure.contains("wrong-word"), "{failure}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_certificate_is_refused_and_told() {
    let office = PostOffice::with_bad_certificate().await;
    for world in worlds(&office, &[("EMAIL_USE_TLS", "ssl")]).await {
        post(&world, "ada@example.com", 1).await;
        carry(&world).await;
        assert!(office.letters().is_empty(), "{}", world.engine);
        let row = only(&world).await;
        assert_eq!(row.state, MailState::Waiting, "it waits until somebody has mended the certificate");
        let failure = row.failure.unwrap();
        assert!(failure.starts_with("The mail server's certificate is not accepted"), "{failure}");
        assert_eq!(mail::summary(&world.services.db).await.unwrap().trouble, Some(failure));
        assert!(world.services.mail.is_reachable().await.is_err_and(|words| words.contains("certificate")));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_cannot_be_opened_any_more_is_given_up_and_not_sent_as_something_else() {
    let office = PostOffice::open().await;
    for world in worlds(&office, &[]).await {
        let before = office.letters().len();
        post(&world, "ada@example.com", 1).await;
        let mut tx = world.services.db.begin().await.unwrap();
        sql("UPDATE mails SET body = 'sealed:00000000:AAAA'").run(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        post(&world, "ada@example.com", 2).await;
        assert_eq!(carry(&world).await, 2, "{}", world.engine);
        assert_eq!(states(&world).await, [MailState::GivenUp, MailState::Sent]);
        let row = rows(&world).await.into_iter().find(|row| row.state == MailState::GivenUp).unwrap();
        assert!(row.failure.unwrap().contains("a key that is not here"));
        assert_eq!(office.letters().len() - before, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_did_not_arrive_stands_first_until_the_owner_is_done_with_it() {
    let office = PostOffice::open().await;
    for world in worlds(&office, &[]).await {
        let owner = world.person(Role::Owner, "owner@example.com").await;
        post(&world, "bounce@example.com", 1).await;
        carry(&world).await;
        let id = only(&world).await.id;
        for n in 0..210 {
            world.later(1000);
            post(&world, &format!("reader{n}@example.com"), n).await;
        }
        let first = admin::outbox(&owner).await.unwrap().letters.remove(0);
        assert_eq!((first.id, first.standing), (id, Standing::Bounced), "{}", world.engine);
        admin::lay_letters_aside(&owner, Some(id)).await.unwrap();
        assert!(admin::outbox(&owner).await.unwrap().letters.iter().all(|letter| letter.id != id));
        assert_eq!(mail::summary(&world.services.db).await.unwrap().failed, 0);
        assert!(resend(&world, id).await, "it can still be sent again");
    }
}
