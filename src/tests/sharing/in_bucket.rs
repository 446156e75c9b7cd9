//! Bytes whose files lie in a bucket: asked for here, fetched there.
use super::{
    bytes::{ask, bytes, counted, get, head},
    stage::{Stage, original},
};
use crate::support::{
    World,
    bucket::{Line, TestBucket},
    worlds_with,
};
use axum::http::Method;
use photovault::platform::db::sql;

async fn worlds_on(bucket: &TestBucket, downloads: &str) -> Vec<World> {
    let settings = bucket.env();
    let mut more: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    more.push(("S3_DOWNLOADS", downloads));
    worlds_with(&more).await
}

#[tokio::test]
async fn an_original_comes_from_the_bucket_under_a_signed_address_and_only_after_a_yes() {
    let bucket = TestBucket::open().await;
    for world in worlds_on(&bucket, "redirect").await {
        let stage = Stage::set(&world, 1).await;
        let client = stage.client("ada@example.com").await;
        let path = format!("/downloads/{}/original", stage.photos[0]);
        assert_eq!(get(&client, &path).await.status(), 404, "not bought");
        stage.sell(&client, stage.photos[0], "original").await;
        let answer = get(&client, &path).await;
        assert_eq!((answer.status().as_u16(), head(&answer, "cache-control")), (302, "private, no-store"));
        let address = head(&answer, "location");
        assert!(
            address.starts_with(&bucket.address) && address.contains("X-Amz-Expires=240") && address.contains("DSC_0.jpg"),
            "{address}"
        );
        assert!(!address.contains("pvtestsecretkey"));
        assert_eq!(counted(&client).await, 1);
        assert_eq!(ask(&client, Method::GET, &path, &[("range", "bytes=5000-")]).await.status(), 302);
        assert_eq!(counted(&client).await, 1, "a later part is the same download");
        stage.change(sql("UPDATE entitlements SET revoked_at = 1")).await;
        assert_eq!(get(&client, &path).await.status(), 404, "taken away");
        // a web copy is small and comes through us
        let web = get(&stage.photographer, &format!("/downloads/{}/web", stage.photos[0])).await;
        assert_eq!((web.status().as_u16(), bytes(web).await), (200, b"web-2048 of 0".to_vec()));
    }
}

#[tokio::test]
async fn the_settings_may_say_that_originals_come_through_us_with_ranges() {
    let bucket = TestBucket::open().await;
    for world in worlds_on(&bucket, "proxy").await {
        let stage = Stage::set(&world, 1).await;
        let path = format!("/downloads/{}/original", stage.photos[0]);
        let whole = get(&stage.photographer, &path).await;
        assert_eq!((whole.status().as_u16(), head(&whole, "content-length")), (200, "100000"));
        assert!(bytes(whole).await == original(0));
        let part = ask(&stage.photographer, Method::GET, &path, &[("range", "bytes=10-19")]).await;
        assert_eq!((part.status().as_u16(), head(&part, "content-range")), (206, "bytes 10-19/100000"));
        assert_eq!(bytes(part).await, original(0)[10..20]);
    }
}

#[tokio::test]
async fn while_the_bucket_is_away_every_path_says_busy_and_nothing_is_cached() {
    for downloads in ["redirect", "proxy"] {
        let bucket = TestBucket::open().await;
        for world in worlds_on(&bucket, downloads).await {
            let stage = Stage::set(&world, 2).await;
            let thumb = format!("/media/{}/thumb", stage.photos[0]);
            // what was made or looked at here is still shown
            assert_eq!(get(&stage.photographer, &thumb).await.status(), 200);
            bucket.set(Line::Cut);
            assert_eq!(get(&stage.photographer, &thumb).await.status(), 200, "from the cache");
            // made by another instance, so that it is in no cache of ours
            let unseen = photovault::shared::PhotoId::new();
            stage.change(sql("UPDATE photos SET id = $1 WHERE position = 20").bind(unseen)).await;
            for path in [format!("/downloads/{}/original", stage.photos[0]), format!("/media/{unseen}/web-1024")] {
                let answer = get(&stage.photographer, &path).await;
                assert_eq!(
                    (answer.status().as_u16(), head(&answer, "cache-control"), head(&answer, "retry-after")),
                    (503, "no-store", "5"),
                    "{path}"
                );
            }
            bucket.set(Line::Well);
        }
    }
}
