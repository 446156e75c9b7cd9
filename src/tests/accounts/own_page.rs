use super::given::{PASSWORD, browser, come_in, field, is_in, letters, person};
use crate::support::worlds;
use photovault::{
    features::accounts::server::service::{change_password, change_profile, end_other_sessions, end_session, profile, sign_in},
    platform::{Client, RequestContext, clock::MINUTE},
    shared::{AppError, Role, SessionId},
};

const NEW: &str = "another good password";

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_asks_for_the_old_one_and_signs_out_every_other_browser() {
    for world in worlds().await {
        person(&world, Role::Client, "ada@example.com").await;
        let (here, there) = (come_in(&world, "ada@example.com", true).await.secret, come_in(&world, "ada@example.com", true).await.secret);
        let cx = browser(&world, &here).await;
        assert_eq!(field(change_password(&cx, "not the password", NEW, NEW).await), "old_password");
        assert_eq!(field(change_password(&cx, PASSWORD, "ada@example.com", "ada@example.com").await), "password");
        change_password(&cx, PASSWORD, NEW, NEW).await.unwrap();
        assert!(is_in(&world, &here).await && !is_in(&world, &there).await, "{}", world.engine);
        assert_eq!(field(sign_in(&world.guest(), "ada@example.com", PASSWORD, false).await), "password");
        assert!(sign_in(&world.guest(), "ada@example.com", NEW, false).await.is_ok());
        assert_eq!(letters(&world, "ada@example.com").await[0].subject, "Your password was changed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_browser_is_no_place_to_guess_the_old_password() {
    for world in worlds().await {
        person(&world, Role::Client, "ada@example.com").await;
        let cx = browser(&world, &come_in(&world, "ada@example.com", false).await.secret).await;
        for _ in 0..10 {
            assert_eq!(field(change_password(&cx, "not the password", NEW, NEW).await), "old_password");
        }
        assert!(matches!(change_password(&cx, PASSWORD, NEW, NEW).await, Err(AppError::TooMany { .. })), "{}", world.engine);
        world.later(15 * MINUTE);
        change_password(&cx, PASSWORD, NEW, NEW).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_are_listed_with_this_device_and_can_be_ended() {
    for world in worlds().await {
        person(&world, Role::Client, "ada@example.com").await;
        let phone = RequestContext {
            client: Client { agent: "Mozilla/5.0 (iPhone) Version/18.0 Safari/604.1".into(), ..world.guest().client.clone() },
            ..world.guest()
        };
        let phone = sign_in(&phone, "ada@example.com", PASSWORD, true).await.unwrap().secret;
        world.later(MINUTE);
        let here = come_in(&world, "ada@example.com", false).await.secret;
        let third = come_in(&world, "ada@example.com", false).await.secret;
        let cx = browser(&world, &here).await;
        let listed = profile(&cx).await.unwrap().sessions;
        assert_eq!((listed.len(), listed.iter().filter(|row| row.is_this).count()), (3, 1), "{}", world.engine);
        let row = listed.iter().find(|row| row.device == "Safari on iPhone").unwrap();
        assert_eq!(row.since, "14 June 2026, 14:00", "in the studio's time zone");
        assert_eq!(end_session(&cx, row.id).await, Ok(false));
        assert!(!is_in(&world, &phone).await && is_in(&world, &third).await);
        assert_eq!(end_other_sessions(&cx).await, Ok(1));
        assert!(!is_in(&world, &third).await && is_in(&world, &here).await);
        let own = profile(&cx).await.unwrap().sessions.remove(0).id;
        assert_eq!(end_session(&cx, own).await, Ok(true));
        assert!(!is_in(&world, &here).await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_elses_session_does_not_exist() {
    for world in worlds().await {
        person(&world, Role::Client, "ada@example.com").await;
        person(&world, Role::Owner, "eve@example.com").await;
        let ada = come_in(&world, "ada@example.com", false).await.secret;
        let id = profile(&browser(&world, &ada).await).await.unwrap().sessions[0].id;
        let eve = browser(&world, &come_in(&world, "eve@example.com", false).await.secret).await;
        assert_eq!(end_session(&eve, id).await, Err(AppError::NotFound));
        assert_eq!(end_session(&eve, SessionId::new()).await, Err(AppError::NotFound));
        assert!(is_in(&world, &ada).await, "{}", world.engine);
        for guest in [
            profile(&world.guest()).await.map(|_| ()),
            change_profile(&world.guest(), "X").await,
            end_session(&world.guest(), id).await.map(|_| ()),
        ] {
            assert_eq!(guest, Err(AppError::SignInNeeded));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_one_line_and_changes_nothing_else() {
    for world in worlds().await {
        person(&world, Role::Client, "ada@example.com").await;
        let secret = come_in(&world, "ada@example.com", false).await.secret;
        change_profile(&browser(&world, &secret).await, "Ada\r\nKing <script>").await.unwrap();
        let me = profile(&browser(&world, &secret).await).await.unwrap();
        assert_eq!(
            (me.name.as_str(), me.role, me.email.as_str()),
            ("Ada King <script>", Role::Client, "ada@example.com"),
            "{}",
            world.engine
        );
        assert_eq!(field(change_profile(&browser(&world, &secret).await, "  ").await), "name");
    }
}
