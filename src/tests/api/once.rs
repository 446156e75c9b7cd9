//! A key stands for one request, whatever happens to whoever asked.
use super::{
    client::Program,
    images::{EDGE, form, upload},
    orders::Scene,
};
use crate::support::{World, program::photograph, worlds};
use axum::{body::Body, http::Request};
use photovault::{boot::router::router, platform::db::sql};
use serde_json::json;
use std::time::Duration;
use tower::ServiceExt;

async fn claimed(world: &World) -> i64 {
    let (count,): (i64,) = sql("SELECT COUNT(*) FROM api_answers").one(&world.services.db).await.unwrap();
    count
}

/// Asks, and hangs up as soon as the key is taken; false when the answer was faster.
async fn hung_up(world: &World, request: Request<Body>) -> bool {
    let before = claimed(world).await;
    let taken = async {
        while claimed(world).await == before {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        _ = router(world.services.clone(), "nowhere").oneshot(request) => false,
        () = taken => true,
    }
}

fn upload_request(ada: &Program, body: &[u8], key: &str) -> Request<Body> {
    let kind = format!("multipart/form-data; boundary={EDGE}");
    let request = ada.request("POST", "/api/images/upload/").header("content-type", kind).header("idempotency-key", key);
    request.body(Body::from(body.to_vec())).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_hangs_up_finds_the_first_answer_and_one_image() {
    for world in worlds().await {
        let ada = Program::signed_up(&world, "ada").await;
        let mut uploads = 0;
        loop {
            uploads += 1;
            let (key, body) = (format!("key-{uploads}"), form(&[("title", "one")], Some(("a.jpg", &photograph(uploads)))));
            let early = hung_up(&world, upload_request(&ada, &body, &key)).await;
            let again = loop {
                let again = upload(&ada, body.clone(), Some(&key)).await;
                if again.status != 409 {
                    break again;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            };
            assert_eq!((again.status, again.header("idempotent-replayed")), (201, "true"), "{}", again.body);
            let images = ada.get("/api/images/").await.body;
            assert_eq!(images.as_array().unwrap().len() as u64, uploads, "{}", world.engine);
            assert_eq!(images[0]["id"], again.body["id"]);
            if early || uploads == 20 {
                assert!(early, "nobody was ever fast enough");
                break;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_hangs_up_after_ordering_finds_the_order() {
    for world in worlds().await {
        let scene = Scene::set(&world).await;
        let form = json!({"items": scene.items(&[0])});
        let request = scene.ada.request("POST", "/api/v1/orders").header("content-type", "application/json").header("idempotency-key", "k");
        hung_up(&world, request.body(Body::from(form.to_string())).unwrap()).await;
        let again = loop {
            let again = scene.ada.with_body("POST", "/api/v1/orders", &form, Some("k")).await;
            if again.status != 409 {
                break again;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        };
        assert_eq!((again.status, again.header("idempotent-replayed")), (201, "true"), "{}", again.body);
        assert_eq!(scene.ada.get("/api/v1/orders").await.body[0]["number"], again.body["number"]);
    }
}
