//! The program killed at any moment, again and again: what it acknowledged is there afterwards, bit for bit.
use crate::support::program::{Program, photograph};
use photovault::{
    features::photos::PhotoStatus,
    platform::{db::sql, storage::Key},
    shared::PhotoId,
};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

const KILLS: u64 = 8;

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_was_acknowledged_is_lost_when_the_program_is_killed_while_it_uploads_and_prepares() {
    let mut program = Program::prepare().await;
    // photo by photo: the bytes whose arrival the program has confirmed
    let confirmed: Arc<Mutex<BTreeMap<PhotoId, Vec<u8>>>> = Arc::default();
    for round in 0..KILLS {
        program.start().await;
        let uploads = (0..3u64).map(|lane| {
            let (door, confirmed) = (program.door(), confirmed.clone());
            tokio::spawn(async move {
                for n in 0.. {
                    let bytes = photograph(round * 1_000 + lane * 100 + n);
                    // the connection breaks when the program dies: this lane is over
                    let Some(photo) = door.upload(&bytes).await else { return };
                    confirmed.lock().unwrap().insert(photo, bytes);
                }
            })
        });
        let uploads: Vec<_> = uploads.collect();
        // another moment each time, so that all steps of taking in and preparing are hit
        tokio::time::sleep(Duration::from_millis(150 + 130 * round)).await;
        program.kill();
        for lane in uploads {
            lane.await.unwrap();
        }
    }
    let services = program.look_inside().await;
    let confirmed = confirmed.lock().unwrap().clone();
    assert!(confirmed.len() > KILLS as usize, "the test uploaded something: {}", confirmed.len());
    for (photo, bytes) in &confirmed {
        let (hash, status): (Vec<u8>, PhotoStatus) =
            sql("SELECT blob_hash, status FROM photos WHERE id = $1").bind(*photo).one(&services.db).await.unwrap();
        assert_eq!(&std::fs::read(services.storage.local_path(&Key::original(&hash))).unwrap(), bytes, "the original of {photo}");
        assert_eq!(status, PhotoStatus::Ready, "{photo} was prepared after all");
        assert!(services.storage.local_path(&Key::variant(*photo, "thumb")).exists());
    }
    let (rows,): (i64,) = sql("SELECT COUNT(*) FROM photos").one(&services.db).await.unwrap();
    assert!(rows >= confirmed.len() as i64);
    let (check,): (String,) = sql("SELECT * FROM pragma_integrity_check").one(&services.db).await.unwrap();
    assert_eq!(check, "ok");
}
