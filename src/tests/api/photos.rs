//! The studio's photographs by the API: seen by those who may, uploaded and assigned by those who run galleries.
use super::{
    client::{Answer, Program},
    images::EDGE,
};
use crate::support::{
    program::photograph,
    shop::{self, Shop},
    worlds,
};
use axum::{body::Body, http::header};
use photovault::{features::accounts::server::service as accounts, platform::RequestContext, shared::Scope};
use serde_json::json;

/// A program that may everything that this person may.
pub async fn program_of(program: &Program, cx: &RequestContext) -> Program {
    let scopes: Vec<Scope> = Scope::for_programs().collect();
    program.with(&accounts::make_token(cx, "test", &scopes).await.unwrap())
}

fn form(gallery: &str, files: &[(&str, &[u8])], edge: &str) -> Vec<u8> {
    let mut body = format!("--{edge}\r\nContent-Disposition: form-data; name=\"gallery\"\r\n\r\n{gallery}\r\n").into_bytes();
    for (name, bytes) in files {
        body.extend(format!("--{edge}\r\nContent-Disposition: form-data; name=\"photos\"; filename=\"{name}\"\r\n\r\n").bytes());
        body.extend(*bytes);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{edge}--\r\n").bytes());
    body
}

async fn upload(program: &Program, gallery: &str, files: &[(&str, &[u8])], key: Option<&str>, edge: &str) -> Answer {
    let kind = format!("multipart/form-data; boundary={edge}");
    let mut request = program.request("POST", "/api/photos/upload/").header(header::CONTENT_TYPE, kind);
    if let Some(key) = key {
        request = request.header("idempotency-key", key);
    }
    program.send(request.body(Body::from(form(gallery, files, edge))).unwrap()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_finds_what_was_given_and_a_stranger_nothing() {
    for world in worlds().await {
        let shop = Shop::open(&world, 3).await;
        let program = Program::new(&world);
        let ada = program_of(&program, &shop.client(&world, "ada@example.com").await).await;
        let eve = Program::signed_up(&world, "eve").await;
        let list = ada.get("/api/photos/").await;
        assert_eq!((list.status, list.body.as_array().unwrap().len()), (200, 3), "{}", list.body);
        assert_eq!(eve.get("/api/photos/").await.body, json!([]));
        let path = format!("/api/photos/{}/", shop.photos[0]);
        let one = ada.get(&path).await;
        assert_eq!((one.status, one.text("filename"), one.text("gallery_title")), (200, "DSC_0000.jpg".into(), "Ada and Ben".into()));
        let offer = &one.body["offers"].as_array().unwrap().iter().find(|offer| offer["size"] == "original").unwrap().clone();
        assert_eq!(offer["price"], json!({"amount": 2500, "currency": "EUR"}));
        let missing = eve.get("/api/photos/00000000-0000-7000-8000-000000000000/").await;
        let foreign = eve.get(&path).await;
        assert_eq!((foreign.status, &foreign.body), (404, &missing.body));
        assert_eq!(eve.get(&format!("/media/{}/thumb", shop.photos[0])).await.status, 404);
        // an unpublished gallery is gone with the next request
        shop::change(&shop.owner, "UPDATE galleries SET status = 'draft'").await;
        assert_eq!((ada.get("/api/photos/").await.body, ada.get(&path).await.status), (json!([]), 404));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_filtered_and_go_on_by_cursor_for_both_sides() {
    for world in worlds().await {
        let shop = Shop::open(&world, 5).await;
        let program = Program::new(&world);
        let client = program_of(&program, &shop.client(&world, "ada@example.com").await).await;
        let studio = program_of(&program, &shop.photographer).await;
        for who in [&client, &studio] {
            let (mut seen, mut next) = (vec![], Some("/api/v1/photos?limit=2&status=ready".to_string()));
            while let Some(path) = next {
                let page = who.get(&path).await;
                assert_eq!(page.status, 200, "{}", page.body);
                seen.extend(page.body.as_array().unwrap().iter().map(|photo| photo["id"].to_string()));
                next = page.next();
            }
            seen.dedup();
            assert_eq!(seen.len(), 5);
            let along = who.get("/api/v1/photos?sort=uploaded_at&limit=3").await;
            let rest = who.get(&along.next().unwrap()).await;
            let mut oldest: Vec<_> =
                [along, rest].iter().flat_map(|page| page.body.as_array().unwrap().clone()).map(|photo| photo["id"].to_string()).collect();
            oldest.reverse();
            assert_eq!(oldest, seen, "the other way round");
            let named = who.get("/api/v1/photos?name=dsc_0003").await;
            assert_eq!(named.body.as_array().unwrap().len(), 1);
            let elsewhere = who.get(&format!("/api/v1/photos?gallery={}", shop.photos[0])).await;
            assert_eq!(elsewhere.body, json!([]));
            for wrong in ["status=sold", "cursor=%00", "gallery=1", "limit=1000000"] {
                assert_eq!(who.get(&format!("/api/v1/photos?{wrong}")).await.status, 422, "{wrong}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn photographs_are_uploaded_and_assigned_by_who_runs_the_gallery() {
    for world in worlds().await {
        let shop = Shop::open(&world, 1).await;
        let program = Program::new(&world);
        let studio = program_of(&program, &shop.photographer).await;
        let eve = Program::signed_up(&world, "eve").await;
        let gallery = shop.gallery.to_string();
        let (one, two) = (photograph(1), photograph(2));
        let files: [(&str, &[u8]); 2] = [("a.jpg", &one), ("b.jpg", &two)];
        assert_eq!(upload(&eve, &gallery, &files, None, EDGE).await.status, 404);
        let up = upload(&studio, &gallery, &files, Some("k"), EDGE).await;
        assert_eq!((up.status, up.body["files"][1]["outcome"].as_str()), (201, Some("added")), "{}", up.body);
        let again = upload(&studio, &gallery, &files, Some("k"), "another-boundary-of-curl").await;
        assert_eq!((again.status, &again.body), (201, &up.body), "the first answer, whatever the boundary");
        assert_eq!(upload(&studio, &gallery, &files[..1], Some("k"), EDGE).await.status, 422);
        let mixed = upload(&studio, &gallery, &[("a.jpg", &one), ("b.txt", b"hello")], None, EDGE).await;
        assert_eq!((mixed.status, mixed.body["files"][1]["outcome"].as_str()), (207, Some("refused")));
        assert_eq!(upload(&studio, &gallery, &[("b.txt", b"hello")], None, EDGE).await.status, 400);

        let photo = up.body["files"][0]["photo"].clone();
        let me = eve.get("/api/v1/me").await;
        let form = json!({"photos": [photo], "emails": [me.text("email"), "new@example.com"]});
        assert_eq!(eve.put("/api/photos/assign/", &form).await.status, 404);
        let given = studio.put("/api/photos/assign/", &form).await;
        assert_eq!((given.status, &given.body["people"], given.text("gallery")), (200, &json!(2), gallery.clone()), "{}", given.body);
        for (wrong, status) in [
            (json!({}), 400),
            (json!({"photos": ["00000000-0000-7000-8000-000000000000"], "emails": ["a@example.com"]}), 404),
            (json!({"gallery": gallery, "emails": ["no address"]}), 400),
            (json!({"gallery": gallery, "photos": "all"}), 400),
            (json!({"gallery": gallery, "photos": null, "clients": null, "emails": ["new@example.com"]}), 200),
        ] {
            assert_eq!(studio.put("/api/photos/assign/", &wrong).await.status, status, "{wrong}");
        }
    }
}
