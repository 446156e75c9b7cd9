use crate::support::worlds;
use photovault::{
    platform::{
        clock::MINUTE,
        limits::{self, Limit},
    },
    shared::AppError,
};

#[tokio::test(flavor = "multi_thread")]
async fn the_eleventh_try_in_a_minute_waits_and_the_next_minute_is_free() {
    for world in worlds().await {
        let s = &world.services;
        for _ in 0..10 {
            limits::take(&s.db, &s.clock, "x", 10, MINUTE).await.unwrap();
        }
        world.later(MINUTE / 2);
        assert_eq!(limits::take(&s.db, &s.clock, "x", 10, MINUTE).await, Err(AppError::TooMany { retry_after: 30 }), "{}", world.engine);
        assert!(limits::take(&s.db, &s.clock, "another", 10, MINUTE).await.is_ok());
        world.later(MINUTE);
        assert!(limits::take(&s.db, &s.clock, "x", 10, MINUTE).await.is_ok());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn forty_tries_at_once_are_all_counted() {
    for world in worlds().await {
        let tries = (0..40).map(|_| {
            let s = world.services.clone();
            tokio::spawn(async move { limits::take(&s.db, &s.clock, "x", 10, MINUTE).await.is_ok() })
        });
        let mut passed = 0;
        for one in tries.collect::<Vec<_>>() {
            passed += usize::from(one.await.unwrap());
        }
        assert_eq!(passed, 10, "{}", world.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_limit_refuses_does_not_count_for_the_next() {
    for world in worlds().await {
        let s = &world.services;
        let limit = |bucket: &str, most| Limit { bucket: bucket.into(), most, window: MINUTE };
        for n in 0..20 {
            let passed = limits::take_each(&s.db, &s.clock, &[limit("door", 3), limit("account", 5)]).await.is_ok();
            assert_eq!(passed, n < 3, "{}", world.engine);
        }
        for n in 0..3 {
            assert_eq!(limits::take(&s.db, &s.clock, "account", 5, MINUTE).await.is_ok(), n < 2, "{}", world.engine);
        }
    }
}
