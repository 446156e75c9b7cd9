//! A disk that is full now and then, at any moment of any upload: no half photograph, no row without its file.
use crate::support::{
    NOON, World,
    browser::{Browser, served},
    figure,
    program::photograph,
    rounds,
    shop::Shop,
};
use photovault::{
    boot::handlers::handlers,
    features::photos::PhotoStatus,
    platform::{
        Clock,
        clock::HOUR,
        db::sql,
        jobs::run_due,
        log,
        storage::{Key, Kind, Side},
    },
    shared::PhotoId,
};
use std::{
    collections::BTreeMap,
    fs::OpenOptions,
    io::{ErrorKind, Write},
    path::PathBuf,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use tokio::time::sleep;

/// `make chaos` mounts a small one, on which the database of SQLite lies too; otherwise the folder is told to fail.
struct Disk {
    ballast: Option<PathBuf>,
}

impl Disk {
    /// Full but for so many bytes.
    fn fill(&self, world: &World, slack: u64) {
        let Some(ballast) = &self.ballast else { return world.services.storage.drill().set(Some(ErrorKind::StorageFull)) };
        let mut file = OpenOptions::new().create(true).append(true).open(ballast).unwrap();
        while file.write_all(&[7; 64 * 1024]).is_ok() {}
        let length = file.metadata().unwrap().len();
        file.set_len(length.saturating_sub(slack)).unwrap();
    }

    fn free(&self, world: &World) {
        match &self.ballast {
            Some(ballast) => std::fs::remove_file(ballast).unwrap(),
            None => world.services.storage.drill().set(None),
        }
    }
}

async fn world_on(engine: &'static str, server: Option<String>) -> (World, Disk) {
    let Ok(mount) = std::env::var("PHOTOVAULT_TEST_SMALL_DISK") else {
        return (World::open(engine, server, &[], Clock::fixed(NOON)).await, Disk { ballast: None });
    };
    let data = format!("{mount}/{engine}");
    std::fs::create_dir_all(&data).unwrap();
    let world = World::open(engine, server, &[("PHOTOVAULT_DATA", &data)], Clock::fixed(NOON)).await;
    (world, Disk { ballast: Some(format!("{mount}/ballast").into()) })
}

type Confirmed = Arc<Mutex<BTreeMap<PhotoId, Vec<u8>>>>;

async fn lane(
    photographer: Browser,
    gallery: photovault::shared::GalleryId,
    first: u64,
    confirmed: Confirmed,
    mut over: tokio::sync::watch::Receiver<bool>,
) -> usize {
    let mut refused = 0;
    for n in first.. {
        let bytes = photograph(n);
        let page = photographer.try_upload(gallery, &bytes).await.unwrap();
        assert!(page.status != 500, "a full disk is no fault: {:?}", log::take_faults());
        match page.photo() {
            Some(photo) if page.status == 200 => drop(confirmed.lock().unwrap().insert(photo, bytes)),
            _ => refused += 1,
        }
        if *over.borrow_and_update() {
            break;
        }
        // the small disk has room for a few hundred
        sleep(Duration::from_millis(60)).await;
    }
    refused
}

async fn full_now_and_then(engine: &'static str, server: Option<String>) {
    let moments = rounds("FULL", 5) as u64;
    let (world, disk) = world_on(engine, server).await;
    let shop = Shop::open(&world, 0).await;
    let running = served(world.services.clone()).await;
    let photographer = Browser::of(&shop.photographer, running.address).await;
    let confirmed = Confirmed::default();
    let (stop, over) = tokio::sync::watch::channel(false);
    let lanes: Vec<_> =
        (0..3).map(|n| tokio::spawn(lane(photographer.clone(), shop.gallery, n * 10_000, confirmed.clone(), over.clone()))).collect();
    for moment in 0..moments {
        sleep(Duration::from_millis(60 + moment * 97 % 300)).await;
        disk.fill(&world, moment * 7_919 % 150_000);
        sleep(Duration::from_millis(40 + moment * 53 % 200)).await;
        disk.free(&world);
    }
    stop.send(true).unwrap();
    let mut refused = 0;
    for lane in lanes {
        refused += lane.await.unwrap();
    }
    let since = Instant::now();
    while photographer.try_upload(shop.gallery, &photograph(99_999)).await.unwrap().status != 200 {
        assert!(since.elapsed() < Duration::from_secs(6), "well again without a restart");
    }
    let again = since.elapsed();
    running.stop().await;
    // what could not be prepared for lack of room is prepared when its time comes
    for _ in 0..3 {
        world.later(HOUR);
        run_due(&world.services, &handlers()).await.unwrap();
    }
    let (storage, confirmed) = (&world.services.storage, confirmed.lock().unwrap().clone());
    assert!(!confirmed.is_empty() && refused > 0, "{} taken, {refused} refused", confirmed.len());
    let rows: Vec<(PhotoId, Vec<u8>, PhotoStatus)> = sql("SELECT id, blob_hash, status FROM photos").all(&world.services.db).await.unwrap();
    for (photo, hash, status) in &rows {
        assert_eq!(storage.is_right(&Key::original(hash)).await, Ok(Some(true)), "a row without its file on {engine}");
        assert_eq!(*status, PhotoStatus::Ready, "{photo} on {engine}");
        if let Some(bytes) = confirmed.get(photo) {
            assert_eq!(&std::fs::read(storage.local_path(&Key::original(hash))).unwrap(), bytes);
        }
    }
    assert!(confirmed.keys().all(|photo| rows.iter().any(|(row, ..)| row == photo)), "a confirmed photograph was lost on {engine}");
    let files = storage.list(Side::Folder, Kind::Originals, None, 10_000).await.unwrap();
    for file in &files {
        assert_eq!(storage.is_right(&file.key).await, Ok(Some(true)), "half a photograph on {engine}");
    }
    let left = std::fs::read_dir(world.services.config.data.join("media/incoming")).unwrap().count();
    assert_eq!(left, 0, "leftovers on {engine}");
    figure(
        format!("{} disk, {engine}", if disk.ballast.is_some() { "a full" } else { "a drilled full" }),
        format!(
            "full at {moments} moments: {} uploads taken, {refused} refused, 0 half, 0 rows without a file; well again after {} ms",
            confirmed.len(),
            again.as_millis()
        ),
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_disk_that_is_full_at_any_moment_leaves_nothing_half() {
    full_now_and_then("sqlite", None).await;
    if let Ok(server) = std::env::var("PHOTOVAULT_TEST_DATABASE_URL") {
        full_now_and_then("postgres", Some(server)).await;
    }
}
