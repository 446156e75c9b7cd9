use super::bucket::{keep, noise};
use crate::support::bucket::{Line, TestBucket};
use photovault::{
    platform::storage::{Key, Kind, Side, Storage, StorageSettings},
    shared::{AppError, ImageId, PhotoId, UserId},
};
use std::{path::Path, sync::Arc};

async fn filled(storage: &Storage) -> Vec<(Key, Vec<u8>)> {
    let mut all = vec![];
    for n in 0..20 {
        let bytes = noise(if n == 7 { 20 << 20 } else { 50_000 }, n);
        all.push((keep(storage, &bytes).await, bytes));
        let (key, bytes) = (Key::variant(PhotoId::new(), "web-1024"), noise(3_000, 100 + n));
        storage.put(&key, bytes.clone()).await.unwrap();
        all.push((key, bytes));
    }
    all
}

async fn at(folder: &Path, settings: StorageSettings) -> Storage {
    Storage::open(folder, &settings).await.unwrap()
}

#[tokio::test]
async fn a_studio_moves_into_a_bucket_and_back_while_people_look() {
    let (bucket, folder) = (TestBucket::open().await, tempfile::tempdir().unwrap());
    let near = at(folder.path(), bucket.settings(&[("USE_S3", "0")])).await;
    let files = filled(&near).await;
    for (home, from, to) in [("1", Side::Folder, Side::Bucket), ("0", Side::Bucket, Side::Folder)] {
        let storage = Arc::new(at(folder.path(), bucket.settings(&[("USE_S3", home)])).await);
        let reader = {
            let (storage, files) = (at(folder.path(), bucket.settings(&[("USE_S3", home)])).await, files.clone());
            tokio::spawn(async move {
                for round in 0..3 {
                    for (key, bytes) in &files {
                        assert!(storage.read(key).await.unwrap().as_ref() == Some(bytes), "round {round}: {}", key.as_str());
                    }
                }
            })
        };
        let moved = storage.move_home(|_| ()).await.unwrap();
        reader.await.unwrap();
        assert_eq!((moved.files, moved.damaged.len()), (40, 0), "to {to:?}");
        assert!(storage.list(from, Kind::All, None, 100).await.unwrap().is_empty());
        assert_eq!(storage.list(to, Kind::All, None, 100).await.unwrap().len(), 40);
        for (key, bytes) in &files {
            assert!(storage.read(key).await.unwrap().as_ref() == Some(bytes));
        }
        assert_eq!(storage.move_home(|_| ()).await.unwrap().files, 0, "nothing is left to move");
    }
}

#[tokio::test]
async fn a_move_that_broke_off_goes_on_and_a_damaged_file_stays_and_is_named() {
    let (bucket, folder) = (TestBucket::open().await, tempfile::tempdir().unwrap());
    let near = at(folder.path(), bucket.settings(&[("USE_S3", "0")])).await;
    let files = filled(&near).await;
    std::fs::write(near.local_path(&files[0].0), b"something else").unwrap();
    let storage = at(folder.path(), bucket.settings(&[])).await;
    bucket.set(Line::Cut);
    assert_eq!(storage.move_home(|_| ()).await, Err(AppError::Unavailable));
    bucket.set(Line::Well);
    let storage = at(folder.path(), bucket.settings(&[])).await;
    let moved = storage.move_home(|_| ()).await.unwrap();
    assert_eq!((moved.files, moved.damaged), (39, vec![files[0].0.clone()]));
    assert!(near.local_path(&files[0].0).exists());
    for (key, bytes) in &files[1..] {
        assert!(storage.read(key).await.unwrap().as_ref() == Some(bytes));
    }
}

#[tokio::test]
async fn a_destination_of_the_right_name_and_length_is_not_believed_before_the_source_goes() {
    let (bucket, folder) = (TestBucket::open().await, tempfile::tempdir().unwrap());
    for (home, other, from) in [("1", "0", Side::Folder), ("0", "1", Side::Bucket)] {
        let source = at(folder.path(), bucket.settings(&[("USE_S3", other)])).await;
        let bytes = noise(50_000, if home == "1" { 900 } else { 901 });
        let original = keep(&source, &bytes).await;
        // what an earlier move, or a hand, left on the other side
        let mut wrong = bytes.clone();
        wrong[20_000] ^= 1;
        let there = if home == "1" { bucket.path(original.as_str()) } else { source.local_path(&original) };
        std::fs::create_dir_all(there.parent().unwrap()).unwrap();
        std::fs::write(&there, &wrong).unwrap();
        let storage = at(folder.path(), bucket.settings(&[("USE_S3", home)])).await;
        let moved = storage.move_home(|_| ()).await.unwrap();
        assert!(moved.damaged.is_empty(), "{moved:?}");
        assert_eq!(storage.is_right(&original).await, Ok(Some(true)), "from {from:?}");
        assert!(storage.read(&original).await.unwrap().unwrap() == bytes);
        assert!(storage.list(from, Kind::All, None, 100).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn of_an_image_on_both_sides_the_right_one_stays() {
    for bucket_is_right in [true, false] {
        for home in ["1", "0"] {
            let (bucket, folder) = (TestBucket::open().await, tempfile::tempdir().unwrap());
            let (key, bytes) = (Key::image(UserId::new(), ImageId::new()), noise(30_000, 5));
            let near = at(folder.path(), bucket.settings(&[("USE_S3", "0")])).await;
            let far = at(folder.path(), bucket.settings(&[])).await;
            far.put(&key, bytes.clone()).await.unwrap();
            near.put(&key, bytes.clone()).await.unwrap();
            let spoilt = if bucket_is_right { near.local_path(&key) } else { bucket.path(key.as_str()) };
            let mut wrong = bytes.clone();
            wrong[7] ^= 1;
            std::fs::write(&spoilt, wrong).unwrap();
            let storage = at(folder.path(), bucket.settings(&[("USE_S3", home)])).await;
            let moved = storage.move_home(|_| ()).await.unwrap();
            assert!(moved.damaged.is_empty(), "{moved:?}");
            assert!(storage.read(&key).await.unwrap().unwrap() == bytes, "home {home}, the bucket is right: {bucket_is_right}");
        }
    }
}
