use crate::{
    accounts::given::{field, from, is_in},
    support::{World, worlds},
};
use photovault::{
    features::{
        accounts::{NewStudio, server::service::set_up},
        site::server::{
            service::{is_set_up, studio},
            setup_code::code,
        },
    },
    platform::{clock::MINUTE, db::sql},
    shared::{AppError, Role},
};

async fn emptied(world: &World) {
    let mut tx = world.services.db.begin().await.unwrap();
    sql("DELETE FROM studio").run(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
}

fn form(code: &str) -> NewStudio {
    NewStudio {
        code: code.into(),
        studio: "Lindenlicht".into(),
        name: "Mara Linden".into(),
        email: "mara@example.com".into(),
        password: "correct horse battery".into(),
        password2: "correct horse battery".into(),
        time_zone: "Europe/Vienna".into(),
        currency: "chf".into(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_the_code_from_the_log_opens_the_studio_once_and_owns_it() {
    for world in worlds().await {
        emptied(&world).await;
        let code = code(&world.services).await.unwrap();
        let spoken = format!(" {}-{} ", code[..6].to_lowercase(), &code[6..]);
        let owner = set_up(&world.guest(), form(&spoken)).await.unwrap();
        assert!(is_in(&world, &owner.secret).await);
        assert_eq!(owner.person.role, Role::Owner);
        let studio = studio(&world.services.db).await.unwrap();
        assert_eq!(
            (studio.name.as_str(), studio.time_zone.as_str(), studio.currency.code(), studio.watermark_text.as_str()),
            ("Lindenlicht", "Europe/Vienna", "CHF", "Lindenlicht"),
            "{}",
            world.engine
        );
        assert_eq!(set_up(&world.guest(), form(&code)).await.map(|_| ()), Err(AppError::NotFound), "there is no such page any more");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_without_the_code_gets_nowhere_and_soon_has_to_wait() {
    for world in worlds().await {
        emptied(&world).await;
        let here = from(&world, "203.0.113.9");
        for n in 0..20 {
            assert_eq!(field(set_up(&here, form(&format!("GUESS{n}"))).await), "code");
        }
        let code = code(&world.services).await.unwrap();
        assert!(matches!(set_up(&here, form(&code)).await.map(|_| ()), Err(AppError::TooMany { .. })), "{}", world.engine);
        assert!(!is_set_up(&world.services.db).await.unwrap());
        world.later(15 * MINUTE);
        assert!(set_up(&here, form(&code)).await.is_ok());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_that_is_wrong_is_said_at_once_and_nothing_is_half_made() {
    for world in worlds().await {
        emptied(&world).await;
        let code = code(&world.services).await.unwrap();
        let bad = NewStudio {
            studio: " ".into(),
            name: String::new(),
            email: "mara".into(),
            password: "short".into(),
            time_zone: "Mars/Olympus".into(),
            currency: "euro".into(),
            ..form(&code)
        };
        assert_eq!(field(set_up(&world.guest(), bad).await), "studio,time_zone,currency,name,email,password");
        // an address that is taken takes the studio back with it
        crate::accounts::given::person(&world, Role::Client, "mara@example.com").await;
        assert_eq!(field(set_up(&world.guest(), form(&code)).await), "email");
        assert!(!is_set_up(&world.services.db).await.unwrap(), "{}", world.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_open_the_studio_at_once_one_owns_it() {
    for world in worlds().await {
        emptied(&world).await;
        let code = code(&world.services).await.unwrap();
        let (one, two) = (world.guest(), world.guest());
        let other = NewStudio { email: "other@example.com".into(), ..form(&code) };
        let (one, two) = tokio::join!(set_up(&one, form(&code)), set_up(&two, other));
        assert!(one.is_ok() != two.is_ok(), "{}", world.engine);
        let owners: (i64,) = sql("SELECT COUNT(*) FROM users WHERE role = 'owner'").one(&world.services.db).await.unwrap();
        assert_eq!(owners.0, 1);
    }
}

#[tokio::test]
async fn the_code_is_the_same_for_all_who_ask_at_once_and_later() {
    for world in worlds().await {
        let asked = futures::future::join_all((0..8).map(|_| code(&world.services))).await;
        let first = code(&world.services).await.unwrap();
        assert!(asked.into_iter().all(|code| code.unwrap() == first), "{}", world.engine);
    }
}
