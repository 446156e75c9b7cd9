//! Orders and payments by the API: the same prices, the same rights, and once only.
use super::{
    client::{Answer, Program},
    photos::program_of,
};
use crate::support::{World, shop::Shop, worlds};
use photovault::shared::Role;
use serde_json::{Value, json};

pub struct Scene {
    shop: Shop,
    program: Program,
    pub ada: Program,
    owner: Program,
}

impl Scene {
    pub async fn set(world: &World) -> Self {
        let shop = Shop::open(world, 3).await;
        let program = Program::new(world);
        let ada = program_of(&program, &shop.client(world, "ada@example.com").await).await;
        let owner = program_of(&program, &shop.owner).await;
        Self { shop, program, ada, owner }
    }

    pub fn items(&self, photos: &[usize]) -> Value {
        photos.iter().map(|n| json!({"photo": self.shop.photos[*n].0, "size": "original"})).collect()
    }

    async fn order(&self, photos: &[usize], payment: &str) -> Answer {
        self.ada.post("/api/orders/create/", &json!({"items": self.items(photos), "payment": payment})).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_placed_listed_paid_by_the_studio_and_downloaded() {
    for world in worlds().await {
        let scene = Scene::set(&world).await;
        let placed = scene.order(&[0, 1], "offline").await;
        assert_eq!((placed.status, placed.text("status")), (201, "awaiting_payment".into()), "{}", placed.body);
        assert_eq!(placed.body["total"], json!({"amount": 5000, "currency": "EUR"}));
        assert_eq!(placed.text("created_at"), "2026-06-14T12:00:00Z");
        let number = placed.text("number");
        assert_eq!(placed.header("location"), format!("/api/v1/orders/{number}"));
        for (who, path) in [(&scene.ada, "/api/orders/"), (&scene.owner, "/api/orders/?status=awaiting_payment")] {
            let list = who.get(path).await;
            assert_eq!((list.status, &list.body[0]["id"], list.body.as_array().unwrap().len()), (200, &json!(number), 1));
        }
        assert_eq!(scene.ada.get("/api/orders/?status=paid").await.body, json!([]));
        let path = format!("/api/orders/{number}/");
        assert_eq!(scene.ada.get(&path).await.body, placed.body);
        let paid = json!({"status": "paid", "paid_on": "2026-06-14", "reference": "bank 7"});
        assert_eq!(scene.ada.put(&format!("{path}status/"), &paid).await.status, 404, "a client doesn't say that the money came");
        let done = scene.owner.put(&format!("{path}status/"), &paid).await;
        assert_eq!((done.status, done.text("status")), (200, "paid".into()), "{}", done.body);
        let mine = scene.ada.get(&path).await;
        assert!(mine.body["items"][0]["download"].as_str().unwrap().starts_with("/downloads/"));
        let history = scene.ada.get("/api/payments/history/").await;
        assert_eq!((&history.body[0]["order"], &history.body[0]["amount"]["amount"]), (&json!(number), &json!(5000)));
        for wrong in [
            json!({"status": "shipped"}),
            json!({}),
            json!({"status": "cancelled"}),
            json!({"status": "paid", "paid_on": "soon", "reference": "x"}),
        ] {
            let answer = scene.owner.put(&format!("{path}status/"), &wrong).await;
            assert!(matches!(answer.status, 400 | 409), "{wrong}: {}", answer.status);
        }
        assert_eq!(scene.order(&[0], "offline").await.status, 409, "owned already");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_under_one_key_is_placed_once() {
    for world in worlds().await {
        let scene = Scene::set(&world).await;
        let form = json!({"items": scene.items(&[0])});
        let place = || scene.ada.with_body("POST", "/api/v1/orders", &form, Some("key-1"));
        let (first, again) = (place().await, place().await);
        assert_eq!((first.status, again.status, &first.body), (201, 201, &again.body));
        assert_eq!(again.header("location"), first.header("location"));
        let other = scene.ada.with_body("POST", "/api/v1/orders", &json!({"items": scene.items(&[1])}), Some("key-1")).await;
        assert_eq!(other.status, 422);
        // a refusal is an answer, too
        let form = json!({"items": []});
        let one = scene.ada.with_body("POST", "/api/v1/orders", &form, Some("key-2")).await;
        let two = scene.ada.with_body("POST", "/api/v1/orders", &form, Some("key-2")).await;
        assert_eq!((one.status, two.status, two.header("idempotent-replayed")), (400, 400, "true"));
        assert_eq!(scene.ada.get("/api/v1/orders").await.body.as_array().unwrap().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_of_the_same_request_places_one_order() {
    for world in worlds().await {
        let scene = Scene::set(&world).await;
        let form = json!({"items": scene.items(&[0])});
        let place = || scene.ada.with_body("POST", "/api/v1/orders", &form, Some("key-1"));
        let answers = futures::future::join_all((0..12).map(|_| place())).await;
        assert!(
            answers.iter().all(|answer| matches!(answer.status, 201 | 409)),
            "{:?}",
            answers.iter().map(|a| a.status).collect::<Vec<_>>()
        );
        assert_eq!(scene.ada.get("/api/v1/orders").await.body.as_array().unwrap().len(), 1, "{}", world.engine);
        assert_eq!(place().await.status, 201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_price_is_the_studios_whatever_a_program_writes() {
    for world in worlds().await {
        let scene = Scene::set(&world).await;
        let photo = scene.shop.photos[0].0;
        for (form, status) in [
            (json!({"items": scene.items(&[0]), "expected_total": {"amount": 1, "currency": "EUR"}}), 409),
            (json!({"items": scene.items(&[0]), "expected_total": {"amount": 2500, "currency": "USD"}}), 409),
            (json!({"items": scene.items(&[0]), "expected_total": {"amount": 25.0, "currency": "EUR"}}), 400),
            (json!({"items": [{"photo": photo, "size": "huge"}]}), 400),
            (json!({"items": [{"photo": "x", "size": "web"}]}), 400),
            (json!({"items": scene.items(&[0, 0])}), 400),
            (json!({"items": []}), 400),
            (json!({"items": [{"photo": "00000000-0000-7000-8000-000000000000", "size": "web"}]}), 404),
            (json!({"items": scene.items(&[0]), "payment": "gold"}), 400),
            (json!({"items": scene.items(&[0]), "payment": "card"}), 409),
            (json!({}), 409),
        ] {
            let answer = scene.ada.post("/api/v1/orders", &form).await;
            assert_eq!(answer.status, status, "{form}: {}", answer.body);
        }
        let right = json!({"items": scene.items(&[0]), "expected_total": {"amount": 2500, "currency": "EUR"}, "price": 1, "total": 1});
        assert_eq!(scene.ada.post("/api/v1/orders", &right).await.status, 201);
        // a stranger cannot order what they may not see
        let eve = program_of(&scene.program, &world.person(Role::Client, "eve@example.com").await).await;
        assert_eq!(eve.post("/api/v1/orders", &json!({"items": scene.items(&[1])})).await.status, 404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn paying_is_asked_of_the_provider_and_believed_of_nobody_else() {
    for world in worlds().await {
        let scene = Scene::set(&world).await;
        let number = scene.order(&[0], "offline").await.text("number");
        let intent = |method: &str| json!({"order": number, "method": method});
        let card = scene.ada.post("/api/payments/create-intent/", &intent("card")).await;
        assert_eq!((card.status, card.text("detail").contains("not configured")), (409, true), "{}", card.body);
        let claimed = scene.ada.post("/api/payments/confirm/", &json!({"order": number, "status": "succeeded", "paid": true})).await;
        assert_eq!((claimed.status, claimed.text("status")), (200, "awaiting_payment".into()));
        let sandbox = scene.ada.with_body("POST", "/api/payments/create-intent/", &intent("sandbox"), Some("k")).await;
        assert_eq!((sandbox.status, sandbox.text("status")), (201, "paid".into()), "{}", sandbox.body);
        assert_eq!(sandbox.body["amount"], json!({"amount": 2500, "currency": "EUR"}));
        let other = scene.ada.with_body("POST", "/api/payments/create-intent/", &json!({"order": "PV-2026-000009"}), Some("k")).await;
        assert_eq!(other.status, 422);
        let eve = program_of(&scene.program, &world.person(Role::Client, "eve@example.com").await).await;
        for path in ["/api/payments/create-intent/", "/api/payments/confirm/"] {
            assert_eq!(eve.post(path, &intent("card")).await.status, 404, "{path}");
        }
        assert_eq!(eve.get("/api/payments/history/").await.body, json!([]));
        let studio = program_of(&scene.program, &scene.shop.photographer).await;
        let history = studio.get("/api/payments/history/?limit=1").await;
        assert_eq!((&history.body[0]["method"], &history.body[0]["reference"]), (&json!("sandbox"), &json!("")));
        for (asked, found) in [
            (format!("order={number}"), 1),
            ("order=PV-2026-000999".into(), 0),
            ("method=sandbox&kind=payment".into(), 1),
            ("method=card".into(), 0),
            ("kind=refund".into(), 0),
        ] {
            let list = studio.get(&format!("/api/payments/history/?{asked}")).await;
            assert_eq!((list.status, list.body.as_array().unwrap().len()), (200, found), "{asked}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_and_payments_are_listed_in_both_directions_piece_by_piece() {
    for world in worlds().await {
        let scene = Scene::set(&world).await;
        let mut numbers = vec![];
        for n in 0..3 {
            world.later(1_000);
            let number = scene.order(&[n], "sandbox").await.text("number");
            numbers.push(number);
        }
        for who in [&scene.ada, &scene.owner] {
            for (path, field) in [("/api/orders/?sort=created_at", "number"), ("/api/payments/history/?sort=at", "order")] {
                for (path, backwards) in [(path.to_string(), false), (path.replace('=', "=-"), true)] {
                    let (mut seen, mut next) = (vec![], Some(format!("{path}&limit=2")));
                    while let Some(path) = next {
                        let page = who.get(&path).await;
                        assert_eq!(page.status, 200, "{path}: {}", page.body);
                        seen.extend(page.body.as_array().unwrap().iter().map(|row| row[field].as_str().unwrap().to_string()));
                        next = page.next();
                    }
                    if backwards {
                        seen.reverse();
                    }
                    assert_eq!(seen, numbers, "{path}");
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_list_does_not_know_it_refuses() {
    for world in worlds().await {
        let scene = Scene::set(&world).await;
        for list in ["/api/orders/", "/api/payments/history/", "/api/photos/", "/api/images/"] {
            for wrong in ["sort=password_hash", "sort=", "page=-1", "x=(SELECT+1)", "offset=1"] {
                let answer = scene.owner.get(&format!("{list}?{wrong}")).await;
                let name = wrong.split('=').next().unwrap();
                assert_eq!((answer.status, answer.body[name].is_array()), (422, true), "{list}?{wrong}: {}", answer.body);
            }
        }
        for wrong in ["method=gold", "kind=gift"] {
            assert_eq!(scene.owner.get(&format!("/api/payments/history/?{wrong}")).await.status, 422, "{wrong}");
        }
        // nothing that somebody writes for a number is more than a number
        let list = scene.owner.get("/api/payments/history/?order=(SELECT+number+FROM+orders)").await;
        assert_eq!((list.status, list.body), (200, json!([])));
    }
}
