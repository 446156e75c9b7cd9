use crate::support::bucket::TestBucket;
use photovault::{
    platform::storage::{Key, Kind, Side, Storage},
    shared::PhotoId,
};
use sha2::Digest;
use std::time::{Duration, SystemTime};

pub fn noise(length: usize, seed: u64) -> Vec<u8> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&seed.to_le_bytes());
    let mut bytes = vec![0; length];
    hasher.finalize_xof().fill(&mut bytes);
    bytes
}

pub async fn keep(storage: &Storage, bytes: &[u8]) -> Key {
    let key = Key::original(blake3::hash(bytes).as_bytes());
    let mut incoming = storage.receive(1 << 30).await.unwrap();
    for chunk in bytes.chunks(100_000) {
        incoming.write(chunk).await.unwrap();
    }
    storage.keep(incoming.finish().await.unwrap(), &key).await.unwrap();
    key
}

#[tokio::test]
async fn small_and_large_originals_arrive_whole_and_leave_nothing_on_our_disk() {
    let bucket = TestBucket::open().await;
    let (storage, folder) = bucket.storage(&[("S3_CACHE_MB", "16")]).await;
    for size in [0, 1, 5 << 20, 16 << 20, (16 << 20) + 1, 24 << 20, (33 << 20) + 5] {
        let bytes = noise(size, size as u64);
        let key = keep(&storage, &bytes).await;
        assert!(std::fs::read(bucket.path(key.as_str())).unwrap() == bytes, "{size}");
        assert_eq!(storage.is_right(&key).await.unwrap(), Some(true));
        let here = storage.on_disk(&key).await.unwrap().unwrap();
        assert!(std::fs::read(here.path()).unwrap() == bytes, "{size}");
        let path = here.path().to_path_buf();
        drop(here);
        assert!(!path.exists());
    }
    assert_eq!(std::fs::read_dir(folder.path().join("media/incoming")).unwrap().count(), 0);
    assert!(!folder.path().join("media/originals").exists());
    assert_eq!(bucket.open_uploads(), 0);
    assert!(!bucket.path("incoming").exists() || std::fs::read_dir(bucket.path("incoming")).unwrap().count() == 0);
    assert_eq!(storage.list(Side::Bucket, Kind::All, None, 100).await.unwrap().len(), 7);
}

#[tokio::test]
async fn a_large_original_leaves_while_it_comes_in() {
    let bucket = TestBucket::open().await;
    let (storage, _folder) = bucket.storage(&[]).await;
    let mut incoming = storage.receive(1 << 30).await.unwrap();
    let bytes = noise(40 << 20, 1);
    for chunk in bytes.chunks(1 << 20) {
        incoming.write(chunk).await.unwrap();
    }
    // the record of the upload, and a part of it, while the end is not in sight
    eventually("no part is in the bucket before the end", || bucket.open_uploads() > 1).await;
    // the sender goes away
    drop(incoming);
    eventually("the parts stay in the bucket", || bucket.open_uploads() == 0).await;
}

async fn eventually(otherwise: &str, holds: impl Fn() -> bool) {
    let held = async {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), held).await.expect(otherwise);
}

#[tokio::test]
async fn a_picture_is_fetched_once_and_gone_when_it_is_removed() {
    let bucket = TestBucket::open().await;
    let (storage, _one) = bucket.storage(&[]).await;
    let (other, _two) = bucket.storage(&[]).await;
    let key = Key::variant(PhotoId::new(), "thumb");
    assert_eq!(storage.read(&key).await, Ok(None));
    storage.put(&key, b"picture".to_vec()).await.unwrap();
    assert_eq!(other.read(&key).await.unwrap().unwrap(), b"picture");
    std::fs::remove_file(bucket.path(key.as_str())).unwrap();
    assert_eq!(other.read(&key).await.unwrap().unwrap(), b"picture", "from the cache");
    storage.remove(&key).await.unwrap();
    assert_eq!(storage.read(&key).await, Ok(None));
    storage.probe().await.unwrap();
}

#[tokio::test]
async fn a_range_and_the_whole_come_as_they_were_kept() {
    use futures::StreamExt;
    let bucket = TestBucket::open().await;
    let (storage, _folder) = bucket.storage(&[]).await;
    let bytes = noise(3 << 20, 3);
    let key = keep(&storage, &bytes).await;
    for (first, length) in [(0, bytes.len()), (0, 10), (1_000_000, 500), (bytes.len() - 1, 1)] {
        let stored = storage.get(&key).await.unwrap().unwrap();
        assert_eq!(stored.length, bytes.len() as u64);
        let chunks: Vec<_> = stored.read(first as u64, length as u64).await.unwrap().collect().await;
        let got: Vec<u8> = chunks.into_iter().flat_map(Result::unwrap).collect();
        assert!(got == bytes[first..first + length]);
    }
}

#[tokio::test]
async fn a_listing_goes_on_where_it_stopped_on_both_sides() {
    let bucket = TestBucket::open().await;
    let (far, _folder) = bucket.storage(&[]).await;
    let (near, _other) = bucket.storage(&[("USE_S3", "0")]).await;
    for storage in [&far, &near] {
        for n in 0..12 {
            keep(storage, &[n]).await;
            storage.put(&Key::variant(PhotoId::new(), "thumb"), vec![n]).await.unwrap();
        }
    }
    for (storage, side) in [(&far, Side::Bucket), (&near, Side::Folder)] {
        let whole: Vec<_> = storage.list(side, Kind::All, None, 100).await.unwrap().into_iter().map(|listed| listed.key).collect();
        let (mut pieces, mut after) = (vec![], None);
        while let Some(last) = {
            let page = storage.list(side, Kind::All, after.take(), 5).await.unwrap();
            pieces.extend(page.iter().map(|listed| listed.key.clone()));
            page.last().map(|listed| listed.key.as_str().to_string())
        } {
            after = Some(last);
        }
        assert_eq!((whole.len(), &whole), (24, &pieces), "{side:?}");
    }
    let now = SystemTime::now() + Duration::from_secs(60);
    assert_eq!(far.originals_before(now).await.unwrap().len(), 12);
}

#[tokio::test]
async fn a_signed_address_gives_this_file_for_minutes_and_no_other() {
    let bucket = TestBucket::open().await;
    let (storage, _folder) = bucket.storage(&[]).await;
    let (one, two) = (keep(&storage, b"the one").await, keep(&storage, b"the other").await);
    let address = storage.address(&one, "attachment; filename=\"a b.jpg\"", "image/jpeg").await.unwrap().unwrap();
    assert!(address.contains("X-Amz-Expires=240"), "{address}");
    let answer = fetch(&address).await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("the one"), "{answer}");
    // the server of the tests does not answer with it, but it is signed
    assert!(address.contains("response-content-disposition=attachment") && address.contains("response-content-type=image"), "{address}");
    for tampered in [
        address.replace(one.as_str(), two.as_str()),
        address.replace("Expires=240", "Expires=9999"),
        address.replace("X-Amz-Signature=", "X-Amz-Signature=0"),
        address.split('?').next().unwrap().to_string(),
        bucket.address.clone() + "/photovault?list-type=2",
    ] {
        let answer = fetch(&tampered).await;
        assert!(answer.starts_with("HTTP/1.1 40"), "{tampered}: {answer}");
    }
    let (proxy, _other) = bucket.storage(&[("S3_DOWNLOADS", "proxy")]).await;
    assert_eq!(proxy.address(&one, "", "").await, Ok(None));
}

async fn fetch(address: &str) -> String {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let (host, path) = address.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
    let request = format!("GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = vec![];
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn each_write_carries_its_checksum() {
    let bucket = TestBucket::open().await;
    let (storage, _folder) = bucket.storage(&[]).await;
    let key = keep(&storage, b"bytes").await;
    let sum = sha2::Sha256::digest(b"bytes").iter().map(|b| format!("{b:02x}")).collect::<String>();
    let kept: String = std::fs::read_dir(bucket.path("").parent().unwrap())
        .unwrap()
        .filter_map(|entry| std::fs::read_to_string(entry.unwrap().path()).ok())
        .collect();
    assert!(kept.contains(&sum), "the sum is not beside {}", key.as_str());
}
