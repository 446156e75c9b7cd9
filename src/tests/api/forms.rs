//! Forms that never come to an end.
use super::{
    client::Program,
    images::{EDGE, form, upload},
    photos::program_of,
};
use crate::support::{browser::Browser, program::photograph, shop::Shop, worlds};
use axum::{
    body::{Body, Bytes},
    http::Request,
};
use futures::{StreamExt, stream};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

const PIECE: usize = 64 * 1024;

/// Begins like this, and then the same letter for good; counts the pieces that were taken.
fn endless(begins: &str) -> (Body, Arc<AtomicUsize>) {
    let taken = Arc::new(AtomicUsize::new(0));
    let counting = taken.clone();
    let rest = stream::repeat_with(move || {
        counting.fetch_add(1, Ordering::SeqCst);
        Bytes::from(vec![b'a'; PIECE])
    });
    let begins = Bytes::from(begins.to_string());
    // a gigabyte, should nobody stop it
    let body = Body::from_stream(stream::iter([begins]).chain(rest.take(16 * 1024)).map(Ok::<_, std::io::Error>));
    (body, taken)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_without_an_end_is_refused_at_each_door_that_takes_files() {
    for world in worlds().await {
        let shop = Shop::open(&world, 1).await;
        let program = Program::new(&world);
        let studio = program_of(&program, &shop.photographer).await;
        let cookie = Browser::of(&shop.photographer, ([127, 0, 0, 1], 1).into()).await.cookie().to_string();
        let edge = format!("--{EDGE}");
        let gallery = format!("{edge}\r\nContent-Disposition: form-data; name=\"gallery\"\r\n\r\n{}\r\n", shop.gallery);
        for begins in [
            String::new(),
            format!("{edge}\r\n\r\n"),
            format!("{edge}\r\nContent-Disposition: form-data; name=\"image\"; filename=\""),
            format!("{gallery}{edge}\r\nContent-Disposition: form-data; name=\"photos\"; filename=\""),
        ] {
            for path in ["/api/images/upload/", "/api/photos/upload/", "/_fn/upload_photos"] {
                let (body, taken) = endless(&begins);
                let request = match path.starts_with("/api/") {
                    true => studio.request("POST", path),
                    false => Request::builder().method("POST").uri(path).header("cookie", &cookie).header("sec-fetch-site", "same-origin"),
                };
                let request = request.header("content-type", format!("multipart/form-data; boundary={EDGE}")).body(body).unwrap();
                let answer = program.send(request).await;
                assert_eq!(answer.status, 400, "{path} {begins}: {}", answer.body);
                assert!(taken.load(Ordering::SeqCst) < 10, "{path} read on: {}", taken.load(Ordering::SeqCst));
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_nobody_asked_for_is_not_read_for_ever() {
    for world in worlds().await {
        let ada = Program::signed_up(&world, "ada").await;
        let (body, taken) = endless(&format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"more\"\r\n\r\n"));
        let request = ada.request("POST", "/api/images/upload/").header("content-type", format!("multipart/form-data; boundary={EDGE}"));
        assert_eq!(ada.send(request.body(body).unwrap()).await.status, 400);
        assert!(taken.load(Ordering::SeqCst) * PIECE < 25 * 1024 * 1024);
        let more = form(&[("more", &"x".repeat(100_000)), ("title", "x")], Some(("a.jpg", &photograph(1))));
        assert_eq!(upload(&ada, more, None).await.status, 201);
    }
}
