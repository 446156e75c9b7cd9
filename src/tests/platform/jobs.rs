use crate::support::{World, worlds};
use photovault::platform::{
    clock::{HOUR, MINUTE},
    db::sql,
    jobs::{self, Handler, Handlers, Job, MOST_ATTEMPTS},
    log,
};
use std::sync::Arc;

/// Notes each run in the table of counters, so that a test can count what really happened.
fn handlers() -> Handlers {
    let note: Handler = Handler {
        run: |services, subject| {
            Box::pin(async move {
                let mut tx = services.db.begin().await?;
                sql("INSERT INTO counters (name, value) VALUES ($1, 1) ON CONFLICT (name) DO UPDATE SET value = counters.value + 1")
                    .bind(subject)
                    .run(&mut tx)
                    .await?;
                tx.commit().await
            })
        },
        gave_up: |_, _, _| Box::pin(async { Ok(()) }),
    };
    let fail = Handler {
        run: |_, _| Box::pin(async { Err(log::internal("test", &"always")) }),
        gave_up: |services, subject, _| {
            Box::pin(async move {
                let mut tx = services.db.begin().await?;
                sql("INSERT INTO counters (name, value) VALUES ($1, 99)").bind(format!("gave up {subject}")).run(&mut tx).await?;
                tx.commit().await
            })
        },
    };
    let panics = Handler { run: |_, _| Box::pin(async { panic!("a worker must survive this") }), ..note };
    Handlers::from([("note", note), ("fail", fail), ("panic", panics)])
}

async fn enqueue(world: &World, kind: &'static str, subject: &str) {
    let mut tx = world.services.db.begin().await.unwrap();
    jobs::enqueue(&mut tx, &world.services.clock, Job::new(kind, subject)).await.unwrap();
    tx.commit().await.unwrap();
}

async fn counted(world: &World) -> Vec<(String, i64)> {
    sql("SELECT name, value FROM counters ORDER BY name").all(&world.services.db).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_jobs_and_four_workers_do_each_exactly_once() {
    for world in worlds().await {
        for n in 0..100 {
            enqueue(&world, "note", &format!("{n:03}")).await;
        }
        let handlers = Arc::new(handlers());
        let crew = (0..4).map(|_| {
            let (services, handlers) = (world.services.clone(), handlers.clone());
            tokio::spawn(async move { jobs::run_due(&services, &handlers).await.unwrap() })
        });
        let mut done = 0;
        for worker in crew.collect::<Vec<_>>() {
            done += worker.await.unwrap();
        }
        let all = counted(&world).await;
        assert_eq!((done, all.len()), (100, 100), "{}", world.engine);
        assert!(all.iter().all(|(_, times)| *times == 1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_of_a_change_that_was_rolled_back_never_runs() {
    for world in worlds().await {
        let mut tx = world.services.db.begin().await.unwrap();
        jobs::enqueue(&mut tx, &world.services.clock, Job::new("note", "lost")).await.unwrap();
        drop(tx);
        assert_eq!(jobs::run_due(&world.services, &handlers()).await.unwrap(), 0, "{}", world.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_failures_end_a_job_and_tell_its_domain_once() {
    for world in worlds().await {
        enqueue(&world, "fail", "a").await;
        let mut runs = 0;
        for _ in 0..MOST_ATTEMPTS + 5 {
            runs += jobs::run_due(&world.services, &handlers()).await.unwrap();
            world.later(HOUR);
        }
        assert_eq!(runs as i64, MOST_ATTEMPTS, "{}", world.engine);
        assert_eq!(counted(&world).await, [("gave up a".to_string(), 99)]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_costs_one_attempt_and_the_queue_goes_on() {
    for world in worlds().await {
        enqueue(&world, "panic", "p").await;
        enqueue(&world, "note", "after").await;
        assert_eq!(jobs::run_due(&world.services, &handlers()).await.unwrap(), 2, "{}", world.engine);
        assert_eq!(counted(&world).await, [("after".to_string(), 1)]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_workers_job_is_taken_over_when_its_lease_ends() {
    for world in worlds().await {
        enqueue(&world, "note", "left").await;
        let mut tx = world.services.db.begin().await.unwrap();
        sql("UPDATE jobs SET status = 'running', locked_by = $1, locked_until = $2, attempts = 1")
            .bind(uuid::Uuid::now_v7())
            .bind(world.services.clock.now() + MINUTE)
            .run(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(jobs::run_due(&world.services, &handlers()).await.unwrap(), 0, "{}", world.engine);
        world.later(2 * MINUTE);
        assert_eq!(jobs::run_due(&world.services, &handlers()).await.unwrap(), 1);
        assert_eq!(counted(&world).await, [("left".to_string(), 1)]);
    }
}

#[tokio::test]
async fn a_job_that_is_asked_for_again_while_it_is_given_up_begins_anew() {
    for world in worlds().await {
        let ask_again: Handler = Handler {
            run: |_, _| Box::pin(async { Err(log::internal("test", &"always")) }),
            gave_up: |services, subject, _| {
                Box::pin(async move {
                    let mut tx = services.db.begin().await?;
                    jobs::enqueue(&mut tx, &services.clock, Job::new("again", subject)).await?;
                    tx.commit().await
                })
            },
        };
        enqueue(&world, "again", "one").await;
        let handlers = Handlers::from([("again", ask_again)]);
        for _ in 0..MOST_ATTEMPTS {
            jobs::run_due(&world.services, &handlers).await.unwrap();
            world.later(6 * MINUTE);
        }
        let (status, attempts): (String, i64) = sql("SELECT status, attempts FROM jobs").one(&world.services.db).await.unwrap();
        assert_eq!(status, "queued", "{}", world.engine);
        assert!(attempts < MOST_ATTEMPTS, "{attempts}");
    }
}
