//! Images of a person, by the documented addresses and field by field.
use super::client::{Answer, Program};
use crate::support::{World, program::photograph, worlds, worlds_with};
use axum::{body::Body, http::header};
use futures::future::join_all;
use photovault::{
    platform::{
        db::sql,
        storage::{Kind, Side},
    },
    shared::Role,
};
use serde_json::json;
use std::path::Path;

pub const EDGE: &str = "------------------------edge";

/// A form as curl sends it: texts, then the file, unless the file is none.
pub fn form(texts: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Vec<u8> {
    let mut body = vec![];
    if let Some((name, bytes)) = file {
        body.extend(
            format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"image\"; filename=\"{name}\"\r\nContent-Type: image/jpeg\r\n\r\n")
                .bytes(),
        );
        body.extend(bytes);
        body.extend(b"\r\n");
    }
    for (name, text) in texts {
        body.extend(format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n").bytes());
    }
    body.extend(format!("--{EDGE}--\r\n").bytes());
    body
}

pub async fn upload(program: &Program, body: Vec<u8>, key: Option<&str>) -> Answer {
    let kind = format!("multipart/form-data; boundary={EDGE}");
    let mut request = program.request("POST", "/api/images/upload/").header(header::CONTENT_TYPE, kind);
    if let Some(key) = key {
        request = request.header("idempotency-key", key);
    }
    program.send(request.body(Body::from(body)).unwrap()).await
}

async fn uploaded(program: &Program, seed: u64) -> Answer {
    let answer = upload(program, form(&[("title", "My Image")], Some(("image.jpg", &photograph(seed)))), None).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    answer
}

/// Files below the folder in which people's images lie.
fn objects(world: &World) -> usize {
    fn below(folder: &Path) -> usize {
        let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
        entries.map(|entry| entry.unwrap().path()).map(|path| if path.is_dir() { below(&path) } else { 1 }).sum()
    }
    below(&world.services.config.data.join("media/images"))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_is_uploaded_listed_looked_at_and_deleted() {
    for world in worlds().await {
        let ada = Program::signed_up(&world, "johndoe").await;
        let bytes = photograph(1);
        let texts = [("title", "My Image"), ("description", "A beautiful landscape")];
        let up = upload(&ada, form(&texts, Some(("image.jpg", &bytes))), None).await;
        assert_eq!(up.status, 201, "{}", up.body);
        let keys: Vec<_> = up.body.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["description", "id", "image", "title", "uploaded_at"]);
        let (id, image) = (up.text("id"), up.text("image"));
        assert!(image.starts_with("/media/images/") && image.ends_with("-image.jpg"), "{image}");
        assert_eq!((up.text("title"), up.text("uploaded_at")), ("My Image".into(), "2026-06-14T12:00:00Z".into()));

        let list = ada.get("/api/images/").await;
        let one = ada.get(&format!("/api/images/{id}/")).await;
        assert_eq!((list.status, one.status), (200, 200));
        assert_eq!(list.body, json!([one.body]));
        let keys: Vec<_> = one.body.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["description", "id", "image", "image_url", "title", "updated_at", "uploaded_at", "user"]);
        let keys: Vec<_> = one.body["user"].as_object().unwrap().keys().collect();
        assert_eq!(keys, ["date_joined", "email", "id", "username"]);
        assert_eq!(one.text("image_url"), format!("http://127.0.0.1:3000{image}"));
        assert_eq!((one.text("image"), one.text("description")), (image.clone(), "A beautiful landscape".into()));

        let file = ada.send(ada.request("GET", &image).body(Body::empty()).unwrap()).await;
        assert_eq!(
            (file.status, file.header("content-type"), file.header("content-length")),
            (200, "image/jpeg", bytes.len().to_string().as_str())
        );
        assert_eq!(objects(&world), 1);
        let gone = ada.delete(&format!("/api/images/{id}/delete/")).await;
        assert_eq!((gone.status, gone.body.as_str()), (204, Some("")));
        assert_eq!(objects(&world), 0, "the bytes are gone from the storage");
        for path in [format!("/api/images/{id}/"), image] {
            assert_eq!(ada.get(&path).await.status, 404);
        }
        assert_eq!(ada.delete(&format!("/api/images/{id}/delete/")).await.status, 404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_reaches_an_image_not_even_the_owner_of_the_studio() {
    for world in worlds().await {
        let ada = Program::signed_up(&world, "ada").await;
        let up = uploaded(&ada, 1).await;
        let (id, image) = (up.text("id"), up.text("image"));
        let eve = Program::signed_up(&world, "eve").await;
        let mut tx = world.services.db.begin().await.unwrap();
        sql("UPDATE users SET role = $1 WHERE username = 'eve'").bind(Role::Owner).run(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        let missing = eve.get("/api/images/00000000-0000-7000-8000-000000000000/").await;
        let foreign = eve.get(&format!("/api/images/{id}/")).await;
        assert_eq!((foreign.status, &foreign.body), (404, &missing.body));
        assert_eq!(eve.delete(&format!("/api/images/{id}/delete/")).await.status, 404);
        assert_eq!(eve.get(&image).await.status, 404);
        assert_eq!(eve.get("/api/images/").await.body, json!([]));
        let guest = eve.nobody();
        assert_eq!(guest.get(&image).await.status, 401);
        for path in ["/api/images/".to_string(), format!("/api/images/{id}/")] {
            assert_eq!(guest.get(&path).await.status, 401, "{path}");
        }
        assert_eq!(upload(&guest, form(&[], Some(("a.jpg", &photograph(2)))), None).await.status, 401);
        assert_eq!(ada.get(&image).await.status, 200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_megabytes_are_taken_and_one_byte_more_is_not() {
    for world in worlds().await {
        let ada = Program::signed_up(&world, "ada").await;
        // a comment makes a small picture as large as one likes
        let sized = |size: usize| {
            let picture = photograph(3);
            let mut bytes = picture[..2].to_vec();
            while bytes.len() + picture.len() - 2 < size {
                let rest = size - (bytes.len() + picture.len() - 2);
                let segment = if rest > 70_000 { 60_000 } else { rest.min(65_537) };
                let segment = if rest > segment && rest - segment < 4 { segment - 4 } else { segment };
                bytes.extend([0xFF, 0xFE]);
                bytes.extend(((segment - 2) as u16).to_be_bytes());
                bytes.extend(vec![b' '; segment - 4]);
            }
            bytes.extend(&picture[2..]);
            assert_eq!(bytes.len(), size);
            bytes
        };
        let most = 10 * 1024 * 1024;
        let full = upload(&ada, form(&[], Some(("full.jpg", &sized(most)))), None).await;
        assert_eq!(full.status, 201, "{}", full.body);
        assert_eq!((full.text("title"), full.text("description")), (String::new(), String::new()));
        for size in [most + 1, most + 3_000_000] {
            let more = upload(&ada, form(&[("title", "x")], Some(("more.jpg", &sized(size)))), None).await;
            assert_eq!((more.status, more.body["image"].is_array()), (400, true), "{}", more.body);
        }
        assert_eq!(objects(&world), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_picture_is_refused_with_its_field() {
    for world in worlds().await {
        let ada = Program::signed_up(&world, "ada").await;
        let picture = photograph(1);
        for (body, field) in [
            (form(&[], None), "image"),
            (form(&[("title", "x")], None), "image"),
            (form(&[("image", "text")], None), "image"),
            (form(&[], Some(("empty.jpg", b""))), "image"),
            (form(&[], Some(("a.jpg", b"hello"))), "image"),
            (form(&[], Some(("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"))), "image"),
            (form(&[], Some(("cut.jpg", &picture[..picture.len() / 2]))), "image"),
            (form(&[("title", &"x".repeat(256))], Some(("a.jpg", &picture))), "title"),
        ] {
            let answer = upload(&ada, body, None).await;
            assert_eq!((answer.status, answer.body[field].is_array()), (400, true), "{}", answer.body);
        }
        let send = |kind: &'static str, body: Vec<u8>| {
            ada.send(ada.request("POST", "/api/images/upload/").header(header::CONTENT_TYPE, kind).body(Body::from(body)).unwrap())
        };
        assert_eq!(send("application/json", b"{}".to_vec()).await.status, 415);
        assert_eq!(send("multipart/form-data", b"x".to_vec()).await.status, 400);
        let torn = form(&[], Some(("a.jpg", &picture)));
        assert_eq!(send("multipart/form-data; boundary=------------------------edge", torn[..torn.len() / 2].to_vec()).await.status, 400);
        assert_eq!(send("multipart/form-data; boundary=x", vec![b'-'; 100_000]).await.status, 400);
        assert_eq!(objects(&world), 0);
        let left = world.services.config.data.join("media/incoming");
        assert_eq!(std::fs::read_dir(left).unwrap().count(), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_go_on_where_they_stopped_whatever_arrives_meanwhile() {
    for world in worlds().await {
        let ada = Program::signed_up(&world, "ada").await;
        let mut ids = vec![];
        for n in 0..7 {
            world.later(1_000);
            ids.push(uploaded(&ada, n).await.text("id"));
        }
        ids.reverse();
        let (mut seen, mut next) = (vec![], Some("/api/images/?limit=3".to_string()));
        while let Some(path) = next {
            let page = ada.get(&path).await;
            assert_eq!(page.status, 200, "{path}");
            seen.extend(page.body.as_array().unwrap().iter().map(|image| image["id"].as_str().unwrap().to_string()));
            next = page.next();
            // one more arrives in front, the oldest seen one goes
            world.later(1_000);
            uploaded(&ada, 100 + seen.len() as u64).await;
            ada.delete(&format!("/api/images/{}/delete/", seen[seen.len() - 1])).await;
        }
        assert_eq!(seen, ids);
        let oldest = ada.get("/api/v1/images?sort=uploaded_at&limit=1&q=my+im").await;
        assert_eq!(oldest.body.as_array().unwrap().len(), 1);
        let later = ada.get("/api/v1/images?uploaded_after=2026-06-14T12:00:08Z").await;
        assert!(later.body.as_array().unwrap().len() < ids.len());
        assert_eq!(ada.get("/api/v1/images?q=%25_%25").await.body, json!([]));
        for wrong in [
            "limit=0",
            "limit=101",
            "limit=x",
            "limit=-1",
            "cursor=x",
            "cursor=1.x",
            "sort=password_hash",
            "uploaded_after=soon",
            "limit=1&limit=2",
        ] {
            let answer = ada.get(&format!("/api/images/?{wrong}")).await;
            assert_eq!((answer.status, answer.body.is_object()), (422, true), "{wrong}: {}", answer.body);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_under_one_key_happens_once() {
    for world in worlds().await {
        let ada = Program::signed_up(&world, "ada").await;
        let body = form(&[("title", "one")], Some(("a.jpg", &photograph(1))));
        let (first, again) = (upload(&ada, body.clone(), Some("k1")).await, upload(&ada, body.clone(), Some("k1")).await);
        assert_eq!((first.status, again.status, &first.body), (201, 201, &again.body));
        assert_eq!(again.header("idempotent-replayed"), "true");
        let other = upload(&ada, form(&[("title", "two")], Some(("a.jpg", &photograph(1)))), Some("k1")).await;
        assert_eq!(other.status, 422, "{}", other.body);
        assert_eq!(ada.get("/api/images/").await.body.as_array().unwrap().len(), 1);
        // a key is one person's
        let eve = Program::signed_up(&world, "eve").await;
        assert_eq!(upload(&eve, body.clone(), Some("k1")).await.status, 201);
        world.later(25 * 3_600_000);
        let ada = {
            let login = ada.nobody().post("/api/auth/login/", &json!({"email": "ada@example.com", "password": "SecurePassword123"})).await;
            ada.with(&login.text("access"))
        };
        assert_eq!(upload(&ada, body, Some("k1")).await.header("idempotent-replayed"), "");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_interruption_leaves_is_tidied_up() {
    for world in worlds().await {
        let ada = Program::signed_up(&world, "ada").await;
        uploaded(&ada, 1).await;
        let mut tx = world.services.db.begin().await.unwrap();
        sql("UPDATE images SET is_here = FALSE").run(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        photovault::features::images::server::service::sweep(&world.services).await.unwrap();
        assert_eq!(objects(&world), 1, "it may still be on its way");
        world.later(2 * 3_600_000);
        photovault::features::images::server::service::sweep(&world.services).await.unwrap();
        assert_eq!(objects(&world), 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_signed_up_keeps_so_much_and_no_more_also_with_ten_uploads_at_once() {
    for world in worlds_with(&[("IMAGES_PER_PERSON_MB", "1")]).await {
        let ada = Program::signed_up(&world, "ada").await;
        // a picture of 300 kB: what comes after its end belongs to the file
        let mut bytes = photograph(1);
        bytes.resize(300 * 1024, 0);
        let sent = join_all((0..10).map(|_| upload(&ada, form(&[], Some(("a.jpg", &bytes))), None))).await;
        let kept: Vec<_> = sent.iter().filter(|answer| answer.status == 201).collect();
        assert_eq!((kept.len(), objects(&world)), (3, 3), "{}", world.engine);
        let refused = sent.iter().find(|answer| answer.status != 201).unwrap();
        assert_eq!(
            (refused.status, &refused.body),
            (413, &json!({"image": ["Your room of 1 MB is full: delete images that you no longer need."]}))
        );
        // what is deleted makes room
        assert_eq!(ada.delete(&format!("/api/images/{}/delete/", kept[0].text("id"))).await.status, 204);
        assert_eq!(upload(&ada, form(&[], Some(("a.jpg", &bytes))), None).await.status, 201);
        let (counted, summed): (i64, i64) =
            sql("SELECT (SELECT CAST(SUM(bytes) AS BIGINT) FROM image_rooms), (SELECT CAST(SUM(size) AS BIGINT) FROM images)")
                .one(&world.services.db)
                .await
                .unwrap();
        assert_eq!((counted, summed), (3 * 300 * 1024, 3 * 300 * 1024));
        // others have their own room, and the studio's people need none
        let ben = Program::signed_up(&world, "ben").await;
        let mut tx = world.services.db.begin().await.unwrap();
        sql("UPDATE users SET role = $1 WHERE username = 'ben'").bind(Role::Photographer).run(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        for _ in 0..5 {
            assert_eq!(upload(&ben, form(&[], Some(("a.jpg", &bytes))), None).await.status, 201);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_whose_bytes_have_changed_is_not_given_out() {
    for world in worlds().await {
        let ada = Program::signed_up(&world, "johndoe").await;
        let image = uploaded(&ada, 1).await.text("image");
        let stored = &world.services.storage.list(Side::Folder, Kind::All, None, 10).await.unwrap()[0];
        let path = world.services.storage.local_path(&stored.key);
        let right = std::fs::read(&path).unwrap();
        let mut wrong = right.clone();
        wrong[500] ^= 1;
        std::fs::write(&path, wrong).unwrap();
        let got = async || ada.send(ada.request("GET", &image).body(Body::empty()).unwrap()).await.status;
        assert_eq!(got().await, 503, "{}", world.engine);
        std::fs::write(&path, right).unwrap();
        assert_eq!(got().await, 200);
    }
}
