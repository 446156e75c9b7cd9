use crate::{
    photos::given,
    support::{World, bucket::TestBucket, figure, rounds, shop::Shop, worlds, worlds_with},
};
use photovault::{
    boot::{
        doctor::{Level, Visit, examine},
        handlers::handlers,
    },
    features::{photos::server::service::photo, site::server::service::is_set_up},
    platform::{
        backup,
        db::{sql, sql_built},
        jobs::run_due,
        storage::{Key, Kind},
    },
    shared::Role,
};
use std::{
    collections::BTreeMap,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

/// A studio with photographs, orders and letters; everything prepared.
async fn lived_in(world: &World) {
    let shop = Shop::open(world, 2).await;
    let client = shop.client_with(world, "ada@example.com", &shop.photos).await;
    drop(client);
    let pia = world.person(Role::Photographer, "pia@example.com").await;
    let gallery = given::gallery(&pia).await;
    for seed in 0..4 {
        given::added(&pia, gallery, seed).await;
    }
    run_due(&world.services, &handlers()).await.unwrap();
    // the shop's photographs are rows without files: not here
    let mut tx = world.services.db.begin().await.unwrap();
    sql("UPDATE photos SET status = 'received', purged_at = 1 WHERE gallery_id = $1").bind(shop.gallery).run(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
}

/// An installation that nobody has used yet.
async fn blank(world: World) -> World {
    let mut tx = world.services.db.begin().await.unwrap();
    sql("DELETE FROM studio").run(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    world
}

async fn files(world: &World) -> BTreeMap<Key, [u8; 32]> {
    let mut all = BTreeMap::new();
    for side in world.services.storage.sides() {
        for listed in world.services.storage.list(side, Kind::All, None, 10_000).await.unwrap() {
            let bytes = world.services.storage.read(&listed.key).await.unwrap().unwrap();
            all.insert(listed.key, *blake3::hash(&bytes).as_bytes());
        }
    }
    all
}

async fn rows(world: &World) -> Vec<(String, i64)> {
    let mut all = vec![];
    for table in ["users", "galleries", "photos", "blobs", "prices", "grants", "history", "mails", "jobs", "studio"] {
        let (count,): (i64,) = sql_built(format!("SELECT COUNT(*) FROM {table}")).one(&world.services.db).await.unwrap();
        all.push((table.to_string(), count));
    }
    all
}

async fn troubles(world: &World) -> Vec<String> {
    let found = examine(&world.services, Visit::default()).await;
    found
        .into_iter()
        .filter(|finding| finding.level == Level::Trouble)
        .map(|finding| format!("{}: {}", finding.about, finding.words))
        .collect()
}

async fn save(world: &World, shelf: &Path) -> backup::Saved {
    backup::back_up(&world.services, shelf, None).await.unwrap()
}

#[tokio::test]
async fn a_restored_studio_is_the_same_on_either_engine() {
    for world in worlds().await {
        lived_in(&world).await;
        assert_eq!(troubles(&world).await, Vec::<String>::new(), "{}", world.engine);
        let shelf = tempfile::tempdir().unwrap();
        let saved = save(&world, shelf.path()).await;
        assert_eq!((saved.files.files, saved.files.fresh, saved.files.damaged.len()), (4 * 7, 4 * 7, 0));
        for target in worlds().await {
            let target = blank(target).await;
            assert!(!is_set_up(&target.services.db).await.unwrap());
            let (_, restored) = backup::restore(&target.services, shelf.path(), None).await.unwrap();
            let route = format!("{} → {}", world.engine, target.engine);
            assert_eq!((restored.files, restored.damaged.len()), (4 * 7, 0), "{route}");
            assert_eq!(rows(&target).await, rows(&world).await, "{route}");
            assert_eq!(files(&target).await, files(&world).await, "{route}");
            assert_eq!(troubles(&target).await, Vec::<String>::new(), "{route}");
            // what came back can be saved again, and is the same
            let again = tempfile::tempdir().unwrap();
            let second = save(&target, again.path()).await;
            assert_eq!(tables(&second), tables(&saved), "{route}");
        }
    }
}

/// The hashes of the saved tables, without the engine's own order of rows.
fn tables(saved: &backup::Saved) -> BTreeMap<String, Vec<String>> {
    let folder = std::fs::read_dir(saved.snapshot.join("tables")).unwrap();
    folder
        .map(|entry| {
            let path = entry.unwrap().path();
            let mut lines: Vec<String> = std::fs::read_to_string(&path).unwrap().lines().map(String::from).collect();
            lines.sort();
            (path.file_name().unwrap().to_string_lossy().into_owned(), lines)
        })
        .collect()
}

#[tokio::test]
async fn a_studio_in_a_bucket_comes_back_into_the_folder_and_the_other_way() {
    let bucket = TestBucket::open().await;
    let settings = bucket.env();
    let more: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let far = worlds_with(&more).await.remove(0);
    lived_in(&far).await;
    assert_eq!(troubles(&far).await, Vec::<String>::new());
    let shelf = tempfile::tempdir().unwrap();
    save(&far, shelf.path()).await;
    let near = blank(worlds().await.remove(0)).await;
    backup::restore(&near.services, shelf.path(), None).await.unwrap();
    assert_eq!(files(&near).await, files(&far).await);
    assert_eq!(troubles(&near).await, Vec::<String>::new());
    let other = TestBucket::open().await;
    let settings = other.env();
    let more: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let back = blank(worlds_with(&more).await.remove(0)).await;
    backup::restore(&back.services, shelf.path(), None).await.unwrap();
    assert_eq!(files(&back).await, files(&far).await);
}

#[tokio::test]
async fn the_next_backup_copies_only_what_is_new_and_old_ones_can_go() {
    for world in worlds().await {
        lived_in(&world).await;
        let shelf = tempfile::tempdir().unwrap();
        let first = save(&world, shelf.path()).await;
        let pia = world.person(Role::Photographer, "new@example.com").await;
        let gallery = given::gallery(&pia).await;
        let photo_id = given::added(&pia, gallery, 9).await;
        world.later(60_000);
        let second = save(&world, shelf.path()).await;
        assert_eq!((second.files.files, second.files.fresh), (first.files.files + 1, 1), "{}", world.engine);
        // the first snapshot still restores to what it was
        let name = first.snapshot.file_name().unwrap().to_str().unwrap();
        let target = blank(worlds().await.remove(0)).await;
        backup::restore(&target.services, shelf.path(), Some(name)).await.unwrap();
        assert!(photo(&target.services.db, photo_id).await.unwrap().is_none());
        world.later(60_000);
        backup::back_up(&world.services, shelf.path(), Some(1)).await.unwrap();
        assert_eq!(std::fs::read_dir(shelf.path().join("snapshots")).unwrap().count(), 1);
        let target = blank(worlds().await.remove(0)).await;
        backup::restore(&target.services, shelf.path(), None).await.unwrap();
        assert!(photo(&target.services.db, photo_id).await.unwrap().is_some());
    }
}

#[tokio::test]
async fn a_damaged_file_is_named_and_neither_saved_nor_restored() {
    for world in worlds().await {
        lived_in(&world).await;
        let shelf = tempfile::tempdir().unwrap();
        let sick = files(&world).await.into_keys().find(|key| key.hash().is_some()).unwrap();
        let path = world.services.storage.local_path(&sick);
        let right = std::fs::read(&path).unwrap();
        let mut wrong = right.clone();
        wrong[100] ^= 1;
        std::fs::write(&path, &wrong).unwrap();
        let saved = save(&world, shelf.path()).await;
        assert_eq!(saved.files.damaged, vec![sick.as_str().to_string()]);
        std::fs::write(&path, &right).unwrap();
        save(&world, shelf.path()).await;
        // the shelf's disk forgets too
        let name = photovault::platform::storage::hex(&sick.hash().unwrap());
        std::fs::write(shelf.path().join("files").join(&name[..2]).join(&name), &wrong).unwrap();
        let target = blank(worlds().await.remove(0)).await;
        let (_, restored) = backup::restore(&target.services, shelf.path(), None).await.unwrap();
        assert_eq!(restored.damaged.len(), 1);
        assert!(!files(&target).await.contains_key(&sick));
    }
}

#[tokio::test]
async fn a_cut_list_or_table_is_refused_whole() {
    let world = worlds().await.remove(0);
    lived_in(&world).await;
    let shelf = tempfile::tempdir().unwrap();
    let saved = save(&world, shelf.path()).await;
    for name in ["files.jsonl", "tables/photos.jsonl"] {
        let path = saved.snapshot.join(name);
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(&path, &whole[..whole.len() - 10]).unwrap();
        let target = blank(worlds().await.remove(0)).await;
        let error = backup::restore(&target.services, shelf.path(), None).await.unwrap_err();
        assert!(error.contains("damaged"), "{error}");
        assert!(!is_set_up(&target.services.db).await.unwrap());
        std::fs::write(&path, whole).unwrap();
    }
}

/// Two tables that are always changed together: a snapshot never shows one without the other.
#[tokio::test]
async fn a_backup_under_fifty_writes_a_second_is_one_instant() {
    for world in worlds().await {
        lived_in(&world).await;
        let stop = Arc::new(AtomicBool::new(false));
        let (services, stopped) = (world.services.clone(), stop.clone());
        let writer = tokio::spawn(async move {
            let mut pace = tokio::time::interval(Duration::from_millis(20));
            let mut written = 0;
            while !stopped.load(Ordering::SeqCst) {
                pace.tick().await;
                written += 1;
                let mut tx = services.db.begin().await.unwrap();
                sql("INSERT INTO counters (name, value) VALUES ('test', 1) ON CONFLICT (name) DO UPDATE SET value = counters.value + 1")
                    .run(&mut tx)
                    .await
                    .unwrap();
                sql("INSERT INTO history (id, entity, entity_id, from_state, to_state, actor_id, reason, at) VALUES ($1, 'test', '', '', '', NULL, '', 0)")
                    .bind(uuid::Uuid::now_v7())
                    .run(&mut tx)
                    .await
                    .unwrap();
                tx.commit().await.unwrap();
            }
            written
        });
        let shelf = tempfile::tempdir().unwrap();
        let mut counts = vec![];
        let (backups, since) = (rounds("BACKUPS", 5), Instant::now());
        for _ in 0..backups {
            tokio::time::sleep(Duration::from_millis(200)).await;
            world.later(1_000);
            let saved = save(&world, shelf.path()).await;
            let lines = |name: &str, word: &str| {
                let text = std::fs::read_to_string(saved.snapshot.join("tables").join(name)).unwrap();
                text.lines().filter(|line| line.contains(word)).map(String::from).collect::<Vec<_>>()
            };
            let counter: Vec<String> = serde_json::from_str(&lines("counters.jsonl", "\"test\"")[0]).unwrap();
            assert_eq!(counter[1], lines("history.jsonl", "\"test\"").len().to_string(), "{}", world.engine);
            counts.push(counter[1].parse::<u64>().unwrap());
        }
        stop.store(true, Ordering::SeqCst);
        let written: u64 = writer.await.unwrap();
        let pace = written as f64 / since.elapsed().as_secs_f64();
        assert!(counts.is_sorted_by(|a, b| a < b) && *counts.last().unwrap() <= written, "{counts:?} {written}");
        figure(
            format!("backup while it is written to, {}", world.engine),
            format!("{backups} backups under {pace:.0} writes a second, each of one instant"),
        );
    }
}

#[tokio::test]
async fn a_snapshot_names_what_it_lacks_and_lets_nobody_else_look_in() {
    use std::os::unix::fs::PermissionsExt;
    for world in worlds().await {
        lived_in(&world).await;
        let outside = tempfile::tempdir().unwrap();
        let shelf = outside.path().join("backups/photovault");
        let saved = save(&world, &shelf).await;
        let key = files(&world).await.into_keys().find(|key| key.hash().is_some()).unwrap();
        let lost = Key::original(&[3; 32]);
        assert_eq!(saved.lacks(&[key, lost.clone()]).unwrap(), [lost]);
        assert_eq!(std::fs::metadata(&shelf).unwrap().permissions().mode() & 0o777, 0o700);
    }
}

#[tokio::test]
async fn the_rows_of_a_snapshot_may_take_longer_than_any_request() {
    for world in worlds().await.into_iter().filter(|world| world.engine == "postgres") {
        let mut tx = world.services.db.snapshot().await.unwrap();
        let (limit,): (String,) = sql("SELECT current_setting('statement_timeout')").one(&mut tx).await.unwrap();
        assert_eq!(limit, "0");
        drop(tx);
        let (limit,): (String,) = sql("SELECT current_setting('statement_timeout')").one(&world.services.db).await.unwrap();
        assert_eq!(limit, "30s");
    }
}
