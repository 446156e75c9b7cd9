use super::given::{PASSWORD, browser, field, from, letters, links};
use crate::support::worlds;
use photovault::{
    features::accounts::{
        NewClient,
        server::service::{confirm_email, confirmation, person_by_email, send_confirmation, sign_up},
    },
    platform::clock::{DAY, MINUTE},
    shared::{AppError, Role},
};

fn form(email: &str) -> NewClient {
    NewClient { name: "Ada Lovelace".into(), email: email.into(), password: PASSWORD.into(), password2: PASSWORD.into() }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_signs_up_is_a_client_whose_address_is_not_yet_proven() {
    for world in worlds().await {
        let signed_in = sign_up(&world.guest(), form("Ada@example.com")).await.unwrap().unwrap();
        let cx = browser(&world, &signed_in.secret).await;
        let me = cx.actor.person().unwrap();
        assert_eq!((me.role, me.proven_email.as_deref()), (Role::Client, None), "{}", world.engine);
        assert_eq!(person_by_email(&cx.db, "ADA@EXAMPLE.COM").await.unwrap().unwrap().id, me.id);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_taken_address_is_told_beside_the_field_in_whatever_case_it_is_typed() {
    for world in worlds().await {
        sign_up(&world.guest(), form("ada@example.com")).await.unwrap();
        assert_eq!(field(sign_up(&world.guest(), form("ADA@Example.com")).await), "email", "{}", world.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_that_is_wrong_is_said_at_once() {
    for world in worlds().await {
        let bad = NewClient { name: " \r\n ".into(), email: "ada".into(), password: "short".into(), password2: "other".into() };
        assert_eq!(field(sign_up(&world.guest(), bad).await), "name,email,password");
        let differs = NewClient { password2: "correct horse batterie".into(), ..form("ada@example.com") };
        assert_eq!(field(sign_up(&world.guest(), differs).await), "password2");
        let smuggled =
            sign_up(&world.guest(), NewClient { name: "Ada\r\nBcc: x@y.de".into(), ..form("ada@example.com") }).await.unwrap().unwrap();
        assert_eq!(smuggled.person.name, "Ada Bcc: x@y.de");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_accounts_from_one_place_wait() {
    for world in worlds().await {
        let here = from(&world, "203.0.113.9");
        for n in 0..10 {
            sign_up(&here, form(&format!("guest{n}@example.com"))).await.unwrap();
        }
        assert!(matches!(sign_up(&here, form("guest10@example.com")).await.map(|_| ()), Err(AppError::TooMany { .. })), "{}", world.engine);
        world.later(MINUTE);
        assert!(sign_up(&here, form("guest10@example.com")).await.is_ok());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_letter_proves_the_address_once_for_the_person_who_is_signed_in() {
    for world in worlds().await {
        let ada = sign_up(&world.guest(), form("ada@example.com")).await.unwrap().unwrap();
        let eve = sign_up(&world.guest(), form("eve@example.com")).await.unwrap().unwrap();
        let link = links(&world, "ada@example.com", "/confirm/").await.remove(0);

        // the link alone is worth nothing: whoever took somebody's address cannot have them confirm it
        assert_eq!(confirm_email(&world.guest(), &link).await, Err(AppError::SignInNeeded));
        assert_eq!(confirm_email(&browser(&world, &eve.secret).await, &link).await, Err(AppError::NotFound));

        let cx = browser(&world, &ada.secret).await;
        assert!(!confirmation(&cx, &link).await.unwrap().is_over, "looking uses nothing up");
        confirm_email(&cx, &link).await.unwrap();
        let cx = browser(&world, &ada.secret).await;
        assert_eq!(cx.actor.person().unwrap().proven_email.as_deref(), Some("ada@example.com"), "{}", world.engine);
        assert!(matches!(confirm_email(&cx, &link).await, Err(AppError::Conflict(_))));
        assert!(confirmation(&cx, &link).await.unwrap().is_over);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_newest_letter_confirms_and_not_for_ever() {
    for world in worlds().await {
        let ada = sign_up(&world.guest(), form("ada@example.com")).await.unwrap().unwrap();
        world.later(MINUTE);
        send_confirmation(&browser(&world, &ada.secret).await).await.unwrap();
        let both = links(&world, "ada@example.com", "/confirm/").await;
        assert_eq!(both.len(), 2);
        let cx = browser(&world, &ada.secret).await;
        assert!(matches!(confirm_email(&cx, &both[1]).await, Err(AppError::Conflict(_))), "{}", world.engine);
        world.later(3 * DAY);
        assert!(matches!(confirm_email(&cx, &both[0]).await, Err(AppError::Conflict(_))));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_sign_up_writes_no_letter() {
    for world in worlds().await {
        sign_up(&world.guest(), form("ada@example.com")).await.unwrap();
        let _ = sign_up(&world.guest(), form("ada@example.com")).await;
        assert_eq!(letters(&world, "ada@example.com").await.len(), 1, "{}", world.engine);
    }
}
