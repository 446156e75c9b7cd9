use crate::{
    photos::given::{self, run_jobs},
    support::{
        World,
        postoffice::PostOffice,
        shop::Shop,
        stripe::{Bank, CARDS, order_by_card},
        worlds, worlds_with,
    },
};
use photovault::{
    boot::doctor::{Finding, Level, Visit, examine},
    platform::{
        clock::{DAY, HOUR},
        db::{sql, sql_built},
        mail,
        storage::Key,
    },
    shared::PhotoId,
};

async fn troubles(world: &World, visit: Visit) -> Vec<Finding> {
    examine(&world.services, visit).await.into_iter().filter(|finding| finding.level == Level::Trouble).collect()
}

async fn of(world: &World, about: &str) -> String {
    let found = troubles(world, Visit::default()).await;
    assert!(found.iter().all(|finding| finding.about == about), "{found:?}");
    found.into_iter().map(|finding| finding.words).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn each_illness_is_found_and_named() {
    for world in worlds().await {
        let ada = given::photographer(&world).await;
        let gallery = given::gallery(&ada).await;
        let (one, two) = (given::added(&ada, gallery, 1).await, given::added(&ada, gallery, 2).await);
        run_jobs(&world).await;
        assert_eq!(troubles(&world, Visit::default()).await, vec![], "{}", world.engine);

        let path = |row: &photovault::features::photos::server::PhotoRow| world.services.storage.local_path(&Key::original(&row.blob_hash));
        let (first, second) = (path(&given::row(&world, one).await), path(&given::row(&world, two).await));
        let (right, other) = (std::fs::read(&first).unwrap(), std::fs::read(&second).unwrap());
        let mut wrong = right.clone();
        wrong[50] ^= 4;
        std::fs::write(&first, wrong).unwrap();
        std::fs::remove_file(&second).unwrap();
        let words = of(&world, "originals").await;
        assert!(words.contains("is damaged") && words.contains("is missing"), "{words}");
        let quick = troubles(&world, Visit { quick: true, repair: false }).await;
        assert_eq!(quick.len(), 1, "the length is right, so only reading finds it: {quick:?}");
        std::fs::write(&first, right).unwrap();
        std::fs::write(&second, other).unwrap();

        world.services.storage.remove(&Key::variant(one, "web-1024")).await.unwrap();
        assert!(of(&world, "pictures").await.contains("lacks 1"));
        troubles(&world, Visit { quick: true, repair: true }).await;
        run_jobs(&world).await;
        assert_eq!(troubles(&world, Visit::default()).await, vec![], "repaired");

        let path = world.services.storage.local_path(&Key::variant(one, "web-1024"));
        let picture = std::fs::read(&path).unwrap();
        std::fs::write(&path, b"").unwrap();
        assert!(of(&world, "pictures").await.contains("lacks 1"), "an empty picture is none");
        std::fs::write(&path, picture).unwrap();

        let stray = Key::variant(PhotoId::new(), "thumb");
        world.services.storage.put(&stray, b"x".to_vec()).await.unwrap();
        assert!(of(&world, "orphans").await.contains("pictures of"));
        world.services.storage.remove(&stray).await.unwrap();

        let mut tx = world.services.db.begin().await.unwrap();
        sql("INSERT INTO jobs (id, kind, subject, priority, status, attempts, run_at, rerun) VALUES ($1, 'send_mail', 'x', 0, 'failed', 10, 0, FALSE)")
            .bind(uuid::Uuid::now_v7())
            .run(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert!(of(&world, "jobs").await.contains("send_mail"));
        let mut tx = world.services.db.begin().await.unwrap();
        sql("DELETE FROM jobs").run(&mut tx).await.unwrap();
        sql("INSERT INTO mails (id, recipient, subject, body, once_key, created_at, attempts, state) VALUES ($1, 'a', 'b', 'c', 'd', $2, 3, 'waiting')")
            .bind(uuid::Uuid::now_v7())
            .bind(world.services.clock.now())
            .run(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        world.later(2 * HOUR);
        assert!(of(&world, "mail").await.contains("1 letters"));
        let mut tx = world.services.db.begin().await.unwrap();
        sql("UPDATE mails SET state = 'bounced'").run(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        assert!(of(&world, "mail").await.contains("1 letters"));
        let mut tx = world.services.db.begin().await.unwrap();
        assert_eq!(mail::lay_aside(&mut tx, None).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert_eq!(troubles(&world, Visit::default()).await, vec![], "what was laid aside troubles nobody");
        world.later(-4 * HOUR - DAY);
        assert!(troubles(&world, Visit::default()).await.iter().any(|finding| finding.about == "clock"), "set back");
    }
}

#[tokio::test]
async fn a_storage_that_takes_nothing_is_named_first() {
    let world = worlds().await.remove(0);
    world.services.storage.drill().set(Some(std::io::ErrorKind::StorageFull));
    let words = of(&world, "storage").await;
    assert!(words.contains("no room"), "{words}");
}

/// What the doctor says about something, well or not.
async fn said(world: &World, about: &str) -> (Level, String) {
    let quick = Visit { quick: true, repair: false };
    let finding = examine(&world.services, quick).await.into_iter().rfind(|finding| finding.about == about).unwrap();
    (finding.level, finding.words)
}

#[tokio::test]
async fn the_mail_server_is_tried_up_to_name_and_password() {
    let office = PostOffice::open().await;
    let settings = office.settings();
    let mut settings: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    for world in worlds_with(&settings).await {
        assert_eq!(said(&world, "mail").await.0, Level::Well);
        assert!(office.letters().is_empty(), "nothing is sent");
        office.close(true);
        let (level, words) = said(&world, "mail").await;
        assert!(level == Level::Trouble && words.contains("cannot leave"), "{words}");
        office.close(false);
    }
    let strict = PostOffice::with_wrong_password().await;
    let port = strict.address.port().to_string();
    settings.extend([("EMAIL_PORT", port.as_str()), ("EMAIL_HOST_USER", "studio"), ("EMAIL_HOST_PASSWORD", "not-the-right-one")]);
    let world = worlds_with(&settings).await.remove(0);
    let (level, words) = said(&world, "mail").await;
    assert!(level == Level::Trouble && words.contains("not you") && !words.contains("not-the-right-one"), "{words}");
    // encryption that is asked for and not offered is no way out
    settings.extend([("EMAIL_USE_TLS", "1")]);
    let world = worlds_with(&settings).await.remove(0);
    assert_eq!(said(&world, "mail").await.0, Level::Trouble);
    assert_eq!(said(&worlds().await.remove(0), "mail").await.0, Level::Note, "a folder is fine on a laptop");
}

#[tokio::test]
async fn the_keys_for_payments_are_tried_without_changing_anything() {
    let bank = Bank::default();
    let address = bank.open().await;
    // the sandbox beside it would only be a note
    let settings = [&CARDS[..], &[("STRIPE_API_BASE", address.as_str()), ("PAYMENT_SANDBOX", "0")]].concat();
    for world in worlds_with(&settings).await {
        bank.reset();
        let shop = Shop::open(&world, 1).await;
        let ada = shop.client_with(&world, "ada@example.com", &shop.photos).await;
        assert_eq!(said(&world, "payment").await.0, Level::Well, "no payment yet");
        let (_, intent) = order_by_card(&ada).await;
        assert_eq!(said(&world, "payment").await.0, Level::Well);
        assert!(bank.books(|books| books.calls.pop()).unwrap().starts_with("GET "));
        bank.books(|books| books.intents.get_mut(&intent).unwrap()["livemode"] = true.into());
        let (level, words) = said(&world, "payment").await;
        assert!(level == Level::Trouble && words.contains("another mode"), "{words}");
    }
    let mut wrong = settings.clone();
    wrong.push(("STRIPE_SECRET_KEY", "sk_test_2"));
    let (level, words) = said(&worlds_with(&wrong).await.remove(0), "payment").await;
    assert!(level == Level::Trouble && words.contains("STRIPE_SECRET_KEY") && !words.contains("sk_test"), "{words}");
    let mut nobody = settings.clone();
    nobody.push(("STRIPE_API_BASE", "http://127.0.0.1:1"));
    let (level, words) = said(&worlds_with(&nobody).await.remove(0), "payment").await;
    assert!(level == Level::Trouble && words.contains("does not answer"), "{words}");
}

#[tokio::test]
async fn a_database_in_another_time_is_named() {
    let Some(world) = worlds().await.into_iter().find(|world| world.engine == "postgres") else { return };
    let name = world.services.config.database_url.rsplit_once('/').unwrap().1;
    let minute_ahead = "CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql
                        AS 'SELECT pg_catalog.clock_timestamp() + interval ''1 minute'''";
    let mut tx = world.services.db.begin().await.unwrap();
    sql(minute_ahead).run(&mut tx).await.unwrap();
    sql_built(format!("ALTER DATABASE {name} SET search_path = public, pg_catalog")).run(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    let found = examine(&*world.twin().await, Visit::default()).await;
    let clock = found.into_iter().find(|finding| finding.about == "clock").unwrap();
    assert!(clock.level == Level::Trouble && clock.words.contains("s apart"), "{clock:?}");
}
