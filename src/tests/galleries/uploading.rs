use crate::{
    photos::given::{gallery, jpeg, photographer},
    support::{World, worlds},
};
use bytes::Bytes;
use futures::{StreamExt, stream};
use multer::Multipart;
use photovault::{
    features::{
        galleries::{
            UploadOutcome,
            server::{service::studio_gallery, upload::upload_photos},
        },
        photos::server::service::tally,
    },
    shared::{AppError, GalleryId, Role},
};
use std::{
    convert::Infallible,
    path::{Path, PathBuf},
};

const EDGE: &str = "----edge";

fn head(name: &str, file: Option<&str>) -> Vec<u8> {
    let file = file.map(|file| format!("; filename=\"{file}\"\r\nContent-Type: application/octet-stream")).unwrap_or_default();
    format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").into_bytes()
}

fn body(gallery: GalleryId, files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = head("gallery", None);
    body.extend(gallery.to_string().as_bytes());
    for (name, bytes) in files {
        body.extend(b"\r\n");
        body.extend(head("photos", Some(name)));
        body.extend(*bytes);
    }
    body.extend(format!("\r\n--{EDGE}--\r\n").as_bytes());
    body
}

fn form(body: Vec<u8>) -> Multipart<'static> {
    let chunks: Vec<_> = body.chunks(30_000).map(|chunk| Ok::<_, Infallible>(Bytes::copy_from_slice(chunk))).collect();
    Multipart::new(stream::iter(chunks), EDGE)
}

fn incoming(world: &World) -> PathBuf {
    world.services.config.data.join("media/incoming")
}

fn size_of(folder: &Path) -> u64 {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().metadata().map_or(0, |data| data.len())).sum()
}

#[tokio::test]
async fn one_bad_file_never_fails_the_batch() {
    for world in worlds().await {
        let ada = photographer(&world).await;
        let id = gallery(&ada).await;
        let (one, two) = (jpeg(1, 60, 40), jpeg(2, 60, 40));
        let files: [(&str, &[u8]); 5] = [("a.jpg", &one), ("notes.txt", b"hello"), ("b.jpg", &two), ("again.jpg", &one), ("zero.jpg", b"")];
        let report = upload_photos(&ada, form(body(id, &files))).await.unwrap().report;
        let outcomes: Vec<_> = report.files.iter().map(|file| (file.name.as_str(), file.outcome)).collect();
        use UploadOutcome::{Added, AlreadyThere, Refused};
        assert_eq!(
            outcomes,
            [("a.jpg", Added), ("notes.txt", Refused), ("b.jpg", Added), ("again.jpg", AlreadyThere), ("zero.jpg", Refused)]
        );
        assert_eq!(report.sentence(), "2 photographs added. One was here already.");
        assert!(report.problems().iter().all(|problem| problem.message.len() > 8), "{:?}", report.problems());
        assert_eq!(tally(&ada.db, id).await.unwrap().preparing, 2);
        assert_eq!(size_of(&incoming(&world)), 0);
    }
}

#[tokio::test]
async fn a_batch_in_which_nothing_was_kept_is_an_error_that_names_each_file() {
    for world in worlds().await {
        let ada = photographer(&world).await;
        let id = gallery(&ada).await;
        match upload_photos(&ada, form(body(id, &[("../a.txt", b"hello"), ("b.svg", b"<svg onload=alert(1)>")]))).await.map(|_| ()) {
            Err(AppError::Invalid(problems)) => {
                assert_eq!(problems.iter().map(|p| p.field.as_str()).collect::<Vec<_>>(), ["a.txt", "b.svg"])
            }
            other => panic!("{other:?}"),
        }
        // a form that was sent without choosing anything
        assert!(matches!(upload_photos(&ada, form(body(id, &[("", b"")]))).await.map(|_| ()), Err(AppError::Invalid(_))));
        assert!(matches!(upload_photos(&ada, form(body(id, &[]))).await.map(|_| ()), Err(AppError::Invalid(_))));
    }
}

#[tokio::test]
async fn a_torn_request_keeps_the_whole_files_and_nothing_half() {
    for world in worlds().await {
        let ada = photographer(&world).await;
        let id = gallery(&ada).await;
        let (one, two) = (jpeg(1, 60, 40), jpeg(2, 1000, 800));
        let mut torn = body(id, &[("a.jpg", &one), ("b.jpg", &two)]);
        torn.truncate(torn.len() - two.len() / 2);
        assert_eq!(upload_photos(&ada, form(torn)).await.map(|_| ()), Err(AppError::BadRequest));
        assert_eq!(tally(&ada.db, id).await.unwrap().all(), 1);
        assert_eq!(size_of(&incoming(&world)), 0);
    }
}

#[tokio::test]
async fn the_gallery_comes_first_and_must_be_theirs() {
    for world in worlds().await {
        let ada = photographer(&world).await;
        let id = gallery(&ada).await;
        let picture = jpeg(1, 60, 40);
        let whole = body(id, &[("a.jpg", &picture)]);
        for (cx, error) in [
            (world.guest(), AppError::SignInNeeded),
            (world.person(Role::Client, "client@example.com").await, AppError::NotFound),
            (world.person(Role::Photographer, "eve@example.com").await, AppError::NotFound),
        ] {
            assert_eq!(upload_photos(&cx, form(whole.clone())).await.map(|_| ()), Err(error));
        }
        let mut headless = head("photos", Some("a.jpg"));
        headless.extend(&picture);
        headless.extend(format!("\r\n--{EDGE}--\r\n").as_bytes());
        assert!(matches!(upload_photos(&ada, form(headless)).await.map(|_| ()), Err(AppError::Invalid(_))));
        assert!(studio_gallery(&ada, id, None, None).await.unwrap().photos.items.is_empty());
    }
}

#[tokio::test]
async fn more_parts_than_anybody_needs_are_not_read() {
    for world in worlds().await {
        let ada = photographer(&world).await;
        let id = gallery(&ada).await;
        let picture = jpeg(1, 60, 40);
        let files: Vec<(&str, &[u8])> = (0..1200).map(|_| ("a.jpg", &picture[..])).collect();
        let report = upload_photos(&ada, form(body(id, &files))).await.unwrap().report;
        assert_eq!((report.count(UploadOutcome::Added), report.files.len()), (1, 1000), "{}", world.engine);
        assert!(report.files.last().unwrap().reason.as_deref().unwrap().contains("1000"));
    }
}

/// What the sender has sent and the disk has not got yet lies in memory.
#[tokio::test]
async fn a_large_file_goes_to_the_disk_as_it_comes() {
    const CHUNK: usize = 64 * 1024;
    const CHUNKS: usize = 800;
    for world in worlds().await {
        let ada = photographer(&world).await;
        let id = gallery(&ada).await;
        let mut start = head("gallery", None);
        start.extend(format!("{id}\r\n").as_bytes());
        start.extend(head("photos", Some("huge.bin")));
        let folder = incoming(&world);
        let middle = stream::iter(0..CHUNKS).then(move |n| {
            let on_disk = size_of(&folder);
            let sent = (n * CHUNK) as u64;
            assert!(sent.saturating_sub(on_disk) < 4 << 20, "{sent} sent, {on_disk} on the disk");
            // a network makes one wait between two chunks
            async {
                tokio::task::yield_now().await;
                Bytes::from_static(&[7; CHUNK])
            }
        });
        let end = format!("\r\n--{EDGE}--\r\n").into_bytes();
        let whole = stream::iter([Bytes::from(start)]).chain(middle).chain(stream::iter([Bytes::from(end)])).map(Ok::<_, Infallible>);
        let answer = upload_photos(&ada, Multipart::new(whole, EDGE)).await.map(|_| ());
        assert!(matches!(answer, Err(AppError::Invalid(_))), "{answer:?}");
        assert_eq!(size_of(&incoming(&world)), 0);
    }
}
