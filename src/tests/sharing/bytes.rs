use super::stage::{Stage, original};
use crate::support::worlds;
use axum::{
    Extension, Router,
    body::{Body, to_bytes},
    http::{Method, Request, Response},
};
use photovault::{
    features::sharing::server::rest,
    platform::{RequestContext, db::sql, storage::Key},
    shared::PhotoId,
};
use tower::ServiceExt;

pub async fn ask(cx: &RequestContext, method: Method, path: &str, headers: &[(&str, &str)]) -> Response<Body> {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let router = rest::routes().into_iter().fold(Router::new(), |router, (path, methods)| router.route(path, methods));
    router.layer(Extension(cx.clone())).oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

pub async fn get(cx: &RequestContext, path: &str) -> Response<Body> {
    ask(cx, Method::GET, path, &[]).await
}

pub async fn bytes(response: Response<Body>) -> Vec<u8> {
    to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()
}

pub fn head<'a>(response: &'a Response<Body>, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

pub fn thumb(photo: PhotoId) -> String {
    format!("/media/{photo}/thumb")
}

pub async fn counted(cx: &RequestContext) -> i64 {
    let (count,): (i64,) = sql("SELECT COUNT(*) FROM downloads").one(&cx.db).await.unwrap();
    count
}

#[tokio::test]
async fn a_picture_is_kept_privately_and_asked_about_each_time() {
    for world in worlds().await {
        let stage = Stage::set(&world, 1).await;
        let client = stage.client("ada@example.com").await;
        let path = thumb(stage.photos[0]);
        let first = get(&client, &path).await;
        assert_eq!(first.status(), 200);
        assert_eq!(
            (head(&first, "content-type"), head(&first, "cache-control"), head(&first, "x-content-type-options")),
            ("image/jpeg", "private, no-cache", "nosniff")
        );
        assert!(first.headers().get("set-cookie").is_none());
        let tag = head(&first, "etag").to_string();
        assert!(tag.starts_with('"'), "a strong tag");
        assert_eq!(bytes(first).await, b"thumb of 0");

        let again = ask(&client, Method::GET, &path, &[("if-none-match", &tag)]).await;
        assert_eq!((again.status().as_u16(), bytes(again).await.len()), (304, 0));
        stage.change(sql("UPDATE grants SET revoked_at = 1")).await;
        let gone = ask(&client, Method::GET, &path, &[("if-none-match", &tag)]).await;
        assert_eq!((gone.status().as_u16(), head(&gone, "cache-control")), (404, "no-store"));
    }
}

#[tokio::test]
async fn no_is_the_same_answer_for_foreign_missing_and_nonsense() {
    for world in worlds().await {
        let stage = Stage::set(&world, 1).await;
        let client = world.person(photovault::shared::Role::Client, "bob@example.com").await;
        let mut answers = vec![];
        for path in [
            thumb(stage.photos[0]),
            thumb(PhotoId::new()),
            "/media/nonsense/thumb".into(),
            format!("/media/{}/original", stage.photos[0]),
            format!("/media/{}/web-9999", stage.photos[0]),
            format!("/media/home/{}/thumb", stage.photos[0]),
            format!("/downloads/{}/original", stage.photos[0]),
            format!("/downloads/{}/web", PhotoId::new()),
            format!("/downloads/{}/thumb", stage.photos[0]),
        ] {
            for cx in [&client, &world.guest()] {
                let answer = get(cx, &path).await;
                answers.push((answer.status().as_u16(), head(&answer, "cache-control").to_string(), bytes(answer).await));
            }
        }
        assert!(answers.iter().all(|answer| *answer == answers[0] && answer.0 == 404), "{answers:?}");
    }
}

#[tokio::test]
async fn a_marked_picture_is_never_replaced_by_a_clean_one() {
    for world in worlds().await {
        let stage = Stage::set(&world, 1).await;
        let photo = stage.photos[0];
        let client = stage.client("ada@example.com").await;
        let clean = head(&get(&client, &thumb(photo)).await, "etag").to_string();
        stage.set_gallery("has_watermark", true).await;
        for size in ["thumb", "web-1024", "web-2048"] {
            let path = format!("/media/{photo}/{size}");
            let answer = ask(&client, Method::GET, &path, &[("if-none-match", &clean)]).await;
            assert_eq!((answer.status().as_u16(), head(&answer, "cache-control")), (404, "no-store"), "not made yet");
        }
        for (size, name) in [("thumb", "marked-1-thumb"), ("web-1024", "marked-1-1024"), ("web-2048", "marked-1-2048")] {
            stage.put(photo, name, format!("{name}!")).await;
            assert_eq!(bytes(get(&client, &format!("/media/{photo}/{size}")).await).await, format!("{name}!").into_bytes());
        }
        // another watermark: the old one is not current, the clean one not allowed
        stage.change(sql("UPDATE studio SET watermark_rev = 2")).await;
        assert_eq!(get(&client, &thumb(photo)).await.status(), 404);
        assert_eq!(bytes(get(&stage.photographer, &thumb(photo)).await).await, b"thumb of 0");
        // who has bought it sees it clean
        stage.sell(&client, photo, "web").await;
        assert_eq!(bytes(get(&client, &thumb(photo)).await).await, b"thumb of 0");
    }
}

#[tokio::test]
async fn an_original_leaves_as_it_came_whole_or_in_parts() {
    for world in worlds().await {
        let stage = Stage::set(&world, 1).await;
        let client = stage.client("ada@example.com").await;
        let path = format!("/downloads/{}/original", stage.photos[0]);
        assert_eq!(get(&client, &path).await.status(), 404, "seeing is not having");
        stage.sell(&client, stage.photos[0], "original").await;

        let whole = get(&client, &path).await;
        assert_eq!(
            (whole.status().as_u16(), head(&whole, "cache-control"), head(&whole, "accept-ranges")),
            (200, "private, no-store", "bytes")
        );
        assert_eq!((head(&whole, "content-length"), head(&whole, "content-type")), ("100000", "image/jpeg"));
        let tag = head(&whole, "etag").to_string();
        assert_eq!(bytes(whole).await, original(0));

        let file = original(0);
        for (range, expected, place) in [
            ("bytes=0-9", &file[..10], "bytes 0-9/100000"),
            ("bytes=99990-", &file[99_990..], "bytes 99990-99999/100000"),
            ("bytes=-5", &file[99_995..], "bytes 99995-99999/100000"),
            ("bytes=50000-60000", &file[50_000..=60_000], "bytes 50000-60000/100000"),
        ] {
            let part = ask(&client, Method::GET, &path, &[("range", range), ("if-range", &tag)]).await;
            assert_eq!((part.status().as_u16(), head(&part, "content-range")), (206, place));
            assert_eq!(head(&part, "content-length"), expected.len().to_string());
            assert_eq!(bytes(part).await, expected, "{range}");
        }
        let beyond = ask(&client, Method::GET, &path, &[("range", "bytes=100000-")]).await;
        assert_eq!((beyond.status().as_u16(), head(&beyond, "content-range")), (416, "bytes */100000"));
        for other in ["\"another\"", "Sat, 14 Jun 2026 12:00:00 GMT"] {
            let changed = ask(&client, Method::GET, &path, &[("range", "bytes=0-9"), ("if-range", other)]).await;
            assert_eq!((changed.status().as_u16(), bytes(changed).await.len()), (200, 100_000));
        }
        let only_head = ask(&client, Method::HEAD, &path, &[]).await;
        assert_eq!((only_head.status().as_u16(), head(&only_head, "content-length")), (200, "100000"));
        assert!(bytes(only_head).await.is_empty());
    }
}

#[tokio::test]
async fn a_download_counts_once_however_many_parts_it_takes() {
    for world in worlds().await {
        let stage = Stage::set(&world, 1).await;
        let client = stage.client("ada@example.com").await;
        stage.sell(&client, stage.photos[0], "original").await;
        let path = format!("/downloads/{}/original", stage.photos[0]);
        for range in ["bytes=0-999", "bytes=1000-1999", "bytes=2000-", "bytes=-10"] {
            assert_eq!(ask(&client, Method::GET, &path, &[("range", range)]).await.status(), 206);
        }
        assert_eq!(ask(&client, Method::HEAD, &path, &[]).await.status(), 200);
        assert_eq!(ask(&client, Method::GET, &path, &[("range", "bytes=999999-")]).await.status(), 416);
        assert_eq!(counted(&client).await, 1);
        assert_eq!(get(&client, &path).await.status(), 200);
        assert_eq!(get(&client, &format!("/downloads/{}/web", stage.photos[0])).await.status(), 200);
        assert_eq!(counted(&client).await, 3);
    }
}

#[tokio::test]
async fn a_download_is_named_like_the_camera_file_and_nothing_else() {
    for world in worlds().await {
        let stage = Stage::set(&world, 1).await;
        let path = format!("/downloads/{}/original", stage.photos[0]);
        for (name, expected) in [
            ("DSC 1.jpg", "attachment; filename=\"DSC 1.jpg\"; filename*=UTF-8''DSC%201.jpg"),
            ("a\"b\r\nX: y.jpg", "attachment; filename=\"a_b  X_ y.jpg\"; filename*=UTF-8''a_b%20%20X_%20y.jpg"),
            ("x\u{202E}gpj.jpg", "attachment; filename=\"xgpj.jpg\"; filename*=UTF-8''xgpj.jpg"),
            ("🎉.jpg", "attachment; filename=\"_.jpg\"; filename*=UTF-8''%F0%9F%8E%89.jpg"),
            ("../../etc/passwd", "attachment; filename=\"passwd\"; filename*=UTF-8''passwd"),
        ] {
            stage.change(sql("UPDATE photos SET filename = $1").bind(name)).await;
            let answer = get(&stage.photographer, &path).await;
            assert_eq!(head(&answer, "content-disposition"), expected);
        }
    }
}

#[tokio::test]
async fn a_file_that_is_missing_or_cut_is_never_answered_with_wrong_bytes() {
    for world in worlds().await {
        let stage = Stage::set(&world, 1).await;
        let path = format!("/downloads/{}/original", stage.photos[0]);
        let key = Key::original(blake3::hash(&original(0)).as_bytes());
        std::fs::write(world.services.storage.local_path(&key), b"cut").unwrap();
        assert_eq!(get(&stage.photographer, &path).await.status(), 503);
        std::fs::remove_file(world.services.storage.local_path(&key)).unwrap();
        let missing = get(&stage.photographer, &path).await;
        assert_eq!((missing.status().as_u16(), head(&missing, "cache-control")), (503, "no-store"));
        assert_eq!(counted(&stage.photographer).await, 0);
    }
}

/// A disk that forgets one bit: found before the first byte leaves, also when only a part is asked for.
#[tokio::test]
async fn an_original_with_one_changed_bit_is_not_given_out() {
    for world in worlds().await {
        let stage = Stage::set(&world, 1).await;
        let path = format!("/downloads/{}/original", stage.photos[0]);
        let file = world.services.storage.local_path(&Key::original(blake3::hash(&original(0)).as_bytes()));
        let mut changed = original(0);
        changed[99_999] ^= 0x20;
        std::fs::write(&file, &changed).unwrap();
        for headers in [&[][..], &[("range", "bytes=0-9")]] {
            let answer = ask(&stage.photographer, Method::GET, &path, headers).await;
            assert_eq!((answer.status().as_u16(), head(&answer, "retry-after")), (503, "5"));
        }
        let (asked,): (i64,) = sql("SELECT COUNT(*) FROM jobs WHERE kind = 'check_original'").one(&world.services.db).await.unwrap();
        assert_eq!(asked, 1, "somebody will look and tell the owners");
        std::fs::write(&file, original(0)).unwrap();
        assert_eq!(bytes(get(&stage.photographer, &path).await).await, original(0));
        // it changes while it is known to be right: the whole never arrives
        std::fs::write(&file, &changed).unwrap();
        let answer = get(&stage.photographer, &path).await;
        assert!(to_bytes(answer.into_body(), usize::MAX).await.is_err(), "{}", world.engine);
    }
}

#[tokio::test]
async fn free_downloads_are_for_the_guests_of_the_gallery() {
    for world in worlds().await {
        let stage = Stage::set(&world, 1).await;
        let client = stage.client("ada@example.com").await;
        stage.set_gallery("has_free_downloads", true).await;
        stage.set_gallery("has_watermark", true).await;
        let web = format!("/downloads/{}/web", stage.photos[0]);
        let answer = get(&client, &web).await;
        assert_eq!(head(&answer, "content-disposition"), "attachment; filename=\"DSC_0-web.jpg\"; filename*=UTF-8''DSC_0-web.jpg");
        assert_eq!(bytes(answer).await, b"web-2048 of 0", "a file to keep is clean");
        assert_eq!(get(&world.guest(), &web).await.status(), 404);
    }
}
