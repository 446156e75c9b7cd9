use super::given::{PASSWORD, browser, come_in, field, from, is_in, letters, links, person};
use crate::support::worlds;
use photovault::{
    features::accounts::server::service::{forgot_password, reset_link, reset_password, set_active, sign_in},
    platform::{clock::MINUTE, db::sql},
    shared::{AppError, Role},
};

const NEW: &str = "another good password";

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_password_is_replaced_once_and_ends_every_session() {
    for world in worlds().await {
        person(&world, Role::Client, "ada@example.com").await;
        let before = come_in(&world, "ada@example.com", true).await.secret;
        forgot_password(&world.guest(), " ADA@example.com").await.unwrap();
        let link = links(&world, "ada@example.com", "/reset/").await.remove(0);

        assert_eq!(field(reset_password(&world.guest(), &link, "short", "short").await), "password");
        assert!(!reset_link(&world.guest(), &link).await.unwrap().is_over, "a slip uses nothing up");
        let signed_in = reset_password(&world.guest(), &link, NEW, NEW).await.unwrap();

        assert!(!is_in(&world, &before).await && is_in(&world, &signed_in.secret).await, "{}", world.engine);
        let cx = browser(&world, &signed_in.secret).await;
        assert_eq!(cx.actor.person().unwrap().proven_email.as_deref(), Some("ada@example.com"), "who opened the letter has the address");
        assert_eq!(field(sign_in(&world.guest(), "ada@example.com", PASSWORD, false).await), "password");
        assert!(sign_in(&world.guest(), "ada@example.com", NEW, false).await.is_ok());
        assert!(matches!(reset_password(&world.guest(), &link, PASSWORD, PASSWORD).await.map(|_| ()), Err(AppError::Conflict(_))));
        assert_eq!(letters(&world, "ada@example.com").await[0].subject, "Your password was changed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_letters_only_the_newest_works_and_only_for_half_an_hour() {
    for world in worlds().await {
        person(&world, Role::Client, "ada@example.com").await;
        for _ in 0..2 {
            forgot_password(&world.guest(), "ada@example.com").await.unwrap();
            assert!(!links(&world, "ada@example.com", "/reset/").await.is_empty());
            world.later(MINUTE);
        }
        let both = links(&world, "ada@example.com", "/reset/").await;
        assert_eq!(both.len(), 2);
        assert!(reset_link(&world.guest(), &both[1]).await.unwrap().is_over, "{}", world.engine);
        assert!(matches!(reset_password(&world.guest(), &both[1], NEW, NEW).await.map(|_| ()), Err(AppError::Conflict(_))));
        world.later(28 * MINUTE);
        assert!(!reset_link(&world.guest(), &both[0]).await.unwrap().is_over);
        world.later(2 * MINUTE);
        assert!(matches!(reset_password(&world.guest(), &both[0], NEW, NEW).await.map(|_| ()), Err(AppError::Conflict(_))));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_learns_from_the_answer_who_has_an_account() {
    for world in worlds().await {
        person(&world, Role::Client, "ada@example.com").await;
        let off = person(&world, Role::Client, "off@example.com").await;
        set_active(&world.system(), off, false).await.unwrap();
        for email in ["ada@example.com", "nobody@example.com", "off@example.com"] {
            assert_eq!(forgot_password(&world.guest(), email).await, Ok(()));
            // the same was written for everybody: the wish, and nothing else
            let wishes: (i64,) = sql("SELECT COUNT(*) FROM jobs WHERE kind = 'mail_reset' AND subject = $1")
                .bind(email)
                .one(&world.services.db)
                .await
                .unwrap();
            assert_eq!(wishes.0, 1, "{} {email}", world.engine);
        }
        assert_eq!(letters(&world, "ada@example.com").await.len(), 1);
        assert!(letters(&world, "nobody@example.com").await.is_empty() && letters(&world, "off@example.com").await.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn wishes_are_counted_for_the_place_and_for_the_address_known_or_not() {
    for world in worlds().await {
        person(&world, Role::Client, "ada@example.com").await;
        for email in ["ada@example.com", "nobody@example.com"] {
            for n in 0..10 {
                forgot_password(&from(&world, &format!("10.{n}.0.1")), email).await.unwrap();
            }
            assert!(
                matches!(forgot_password(&from(&world, "10.99.0.1"), email).await, Err(AppError::TooMany { .. })),
                "{} {email}",
                world.engine
            );
        }
        for n in 0..10 {
            forgot_password(&from(&world, "203.0.113.9"), &format!("a{n}@example.com")).await.unwrap();
        }
        assert!(matches!(forgot_password(&from(&world, "203.0.113.9"), "a@example.com").await, Err(AppError::TooMany { .. })));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_pressed_twice_at_once_works_once() {
    for world in worlds().await {
        person(&world, Role::Client, "ada@example.com").await;
        forgot_password(&world.guest(), "ada@example.com").await.unwrap();
        let link = links(&world, "ada@example.com", "/reset/").await.remove(0);
        let (one, two) = (world.guest(), world.guest());
        let (one, two) = tokio::join!(reset_password(&one, &link, NEW, NEW), reset_password(&two, &link, PASSWORD, PASSWORD));
        assert!(one.is_ok() != two.is_ok(), "{}", world.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_made_up_link_is_not_found() {
    for world in worlds().await {
        assert_eq!(reset_link(&world.guest(), "made-up").await, Err(AppError::NotFound));
        assert_eq!(reset_password(&world.guest(), "made-up", NEW, NEW).await.map(|_| ()), Err(AppError::NotFound));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_old_password_opens_nothing_however_close_the_race() {
    for world in worlds().await {
        person(&world, Role::Client, "ada@example.com").await;
        forgot_password(&world.guest(), "ada@example.com").await.unwrap();
        let link = links(&world, "ada@example.com", "/reset/").await.remove(0);
        let places: Vec<_> = (0..6).map(|n| from(&world, &format!("10.7.{n}.1"))).collect();
        let tries = futures::future::join_all(places.iter().map(|place| sign_in(place, "ada@example.com", PASSWORD, true)));
        let guest = world.guest();
        let (tried, reset) = tokio::join!(tries, reset_password(&guest, &link, NEW, NEW));
        assert!(reset.is_ok(), "{}", world.engine);
        for signed_in in tried.into_iter().flatten() {
            assert!(!is_in(&world, &signed_in.secret).await, "{}", world.engine);
        }
    }
}
