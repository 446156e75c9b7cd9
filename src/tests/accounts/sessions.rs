use super::given::{browser, come_in, is_in, person};
use crate::support::worlds;
use photovault::{
    features::accounts::server::service::{profile, sweep},
    platform::{
        clock::{DAY, HOUR, MINUTE},
        db::sql,
    },
    shared::Role,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_rests_for_an_hour_ends_and_one_in_use_goes_on() {
    for world in worlds().await {
        person(&world, Role::Client, "ada@example.com").await;
        let (used, resting) =
            (come_in(&world, "ada@example.com", false).await.secret, come_in(&world, "ada@example.com", false).await.secret);
        world.later(40 * MINUTE);
        assert!(is_in(&world, &used).await);
        world.later(40 * MINUTE);
        assert!(is_in(&world, &used).await && !is_in(&world, &resting).await, "{}", world.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn however_much_it_is_used_a_session_ends_after_a_day() {
    for world in worlds().await {
        person(&world, Role::Client, "ada@example.com").await;
        let secret = come_in(&world, "ada@example.com", false).await.secret;
        for _ in 0..47 {
            world.later(30 * MINUTE);
            assert!(is_in(&world, &secret).await);
        }
        world.later(30 * MINUTE);
        assert!(!is_in(&world, &secret).await, "{}", world.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_stays_signed_in_may_rest_for_weeks_but_not_for_ever() {
    for world in worlds().await {
        person(&world, Role::Client, "ada@example.com").await;
        let signed_in = come_in(&world, "ada@example.com", true).await;
        assert!(signed_in.stay);
        world.later(29 * DAY);
        assert!(is_in(&world, &signed_in.secret).await);
        world.later(DAY);
        assert!(!is_in(&world, &signed_in.secret).await, "{}", world.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_use_is_written_at_most_once_a_minute() {
    for world in worlds().await {
        let id = person(&world, Role::Client, "ada@example.com").await;
        let secret = come_in(&world, "ada@example.com", false).await.secret;
        let seen =
            async || sql("SELECT seen_at FROM sessions WHERE user_id = $1").bind(id).one::<(i64,)>(&world.services.db).await.unwrap().0;
        let begun = seen().await;
        world.later(MINUTE - 1);
        assert!(is_in(&world, &secret).await);
        assert_eq!(seen().await, begun);
        world.later(1);
        assert!(is_in(&world, &secret).await);
        assert_eq!(seen().await, begun + MINUTE, "{}", world.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_ended_is_swept_away_and_nothing_else() {
    for world in worlds().await {
        person(&world, Role::Client, "ada@example.com").await;
        let stays = come_in(&world, "ada@example.com", true).await.secret;
        come_in(&world, "ada@example.com", false).await;
        world.later(2 * HOUR);
        sweep(&world.services).await.unwrap();
        let left: (i64,) = sql("SELECT COUNT(*) FROM sessions").one(&world.services.db).await.unwrap();
        assert_eq!((left.0, profile(&browser(&world, &stays).await).await.unwrap().sessions.len()), (1, 1), "{}", world.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_holds_no_secret_that_opens_a_session() {
    for world in worlds().await {
        person(&world, Role::Client, "ada@example.com").await;
        let secret = come_in(&world, "ada@example.com", false).await.secret;
        let stored: (Vec<u8>,) = sql("SELECT token_hash FROM sessions").one(&world.services.db).await.unwrap();
        assert_eq!(stored.0.len(), 32);
        assert_ne!(stored.0, secret.as_bytes());
        let hex: String = stored.0.iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(!is_in(&world, &hex).await, "{}", world.engine);
    }
}
