//! The API's door: the shape of its errors, and whom it believes.
use super::{
    client::{Program, sign_up},
    images::{form, upload},
};
use crate::support::{program::photograph, shop, worlds, worlds_with};
use axum::{body::Body, http::header};
use photovault::{
    platform::{db::sql, token},
    shared::{Role, SessionId},
};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn errors_have_one_shape_and_a_number() {
    for world in worlds().await {
        let program = Program::new(&world);
        let ada = Program::signed_up(&world, "ada").await;
        let none = program.get("/api/auth/profile/").await;
        assert_eq!((none.status, &none.body), (401, &json!({"detail": "Authentication credentials were not provided."})));
        assert!(none.header("www-authenticate").starts_with("Bearer"));
        for (answer, status) in [
            (program.get("/api/nothing").await, 404),
            (program.get("/api").await, 404),
            (program.get("/api//v1/me").await, 404),
            (program.get("/api/v1//me/").await, 404),
            (program.get("/api/auth/login/").await, 405),
            (ada.delete("/api/v1/me").await, 405),
            (program.with("rubbish").get("/api/v1/me").await, 401),
        ] {
            assert_eq!(answer.status, status, "{}", answer.body);
            assert!(answer.body["detail"].is_string(), "{}", answer.body);
            assert_eq!(answer.header("x-request-id").len(), 12);
            assert_eq!(answer.header("content-type"), "application/json");
        }
        assert_eq!(program.get("/api/auth/login/").await.header("allow"), "POST");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_of_every_broken_kind_are_the_senders_fault() {
    for world in worlds().await {
        let program = Program::new(&world);
        let send = |kind: &'static str, body: Vec<u8>| {
            let request = program.request("POST", "/api/auth/login/").header(header::CONTENT_TYPE, kind).body(Body::from(body)).unwrap();
            program.send(request)
        };
        assert_eq!(send("text/plain", b"x".to_vec()).await.status, 415);
        assert_eq!(send("application/json", vec![b' '; 1_100_000]).await.status, 413);
        for body in ["", "{", "null", "[]", "5", "{\"email\": {}}", "{\"email\": \"a\", \"password\": 1e400}", "\u{FEFF}{}"] {
            assert_eq!(send("application/json", body.into()).await.status, 400, "{body}");
        }
        assert_eq!(send("application/json", "[".repeat(90_000).into_bytes()).await.status, 400);
        let nul = json!({"email": "a\u{0}b@example.com", "password": "a\u{0}b"});
        assert_eq!(program.post("/api/auth/login/", &nul).await.status, 401);
        assert!(program.post("/api/auth/signup/", &json!({"email": "a\u{0}@example.com", "username": "a\u{0}b", "password": "SecurePassword123", "password2": "SecurePassword123"})).await.status < 500);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browsers_session_opens_nothing_and_a_foreign_page_changes_nothing() {
    for world in worlds().await {
        let ada = world.person(Role::Client, "ada@example.com").await;
        let session = token::fresh();
        let mut tx = ada.db.begin().await.unwrap();
        sql("INSERT INTO sessions (id, token_hash, user_id, stay, agent, created_at, seen_at, ends_at) VALUES ($1, $2, $3, TRUE, 'test', $4, $4, $5)")
            .bind(SessionId::new())
            .bind(session.hash)
            .bind(shop::id(&ada))
            .bind(ada.now())
            .bind(ada.now() + 86_400_000)
            .run(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let program = Program::new(&world);
        let cookie = format!("pv_session={}", session.secret);
        let request = program.request("GET", "/api/v1/me").header(header::COOKIE, &cookie).body(Body::empty()).unwrap();
        assert_eq!(program.send(request).await.status, 401);
        for (site, status) in [("cross-site", 403), ("same-site", 403), ("same-origin", 201)] {
            let request = program.request("POST", "/api/auth/signup/").header(header::COOKIE, &cookie).header("sec-fetch-site", site);
            let request = request.header(header::CONTENT_TYPE, "application/json").body(Body::from(sign_up("eve").to_string())).unwrap();
            assert_eq!(program.send(request).await.status, status, "{site}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_answered_with_and_without_its_slash() {
    for world in worlds().await {
        let ada = Program::signed_up(&world, "ada").await;
        for path in ["/api/auth/profile", "/api/auth/profile/", "/api/v1/me", "/api/v1/me/"] {
            assert_eq!(ada.get(path).await.status, 200, "{path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_known_already_is_not_sent_again() {
    for world in worlds().await {
        let ada = Program::signed_up(&world, "ada").await;
        let first = ada.get("/api/v1/me").await;
        let tag = first.header("etag").to_string();
        let again =
            |tag: String| ada.send(ada.request("GET", "/api/v1/me").header(header::IF_NONE_MATCH, tag).body(Body::empty()).unwrap());
        let same = again(tag.clone()).await;
        assert_eq!((same.status, same.header("etag")), (304, tag.as_str()));
        assert_eq!(again("\"other\"".into()).await.status, 200);
        ada.put("/api/v1/me", &json!({"name": "Ada Lovelace"})).await;
        assert_eq!(again(tag).await.status, 200);
    }
}

/// What a browser is told that asks on behalf of a page of `origin`.
async fn asked_by(program: &Program, method: &str, origin: &str) -> super::client::Answer {
    let request = program.request(method, "/api/v1/me").header("origin", origin).header("access-control-request-method", "PUT");
    program.send(request.header("access-control-request-headers", "authorization").body(Body::empty()).unwrap()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn other_sites_are_let_in_by_the_settings_and_never_with_cookies() {
    for world in worlds().await {
        let closed = Program::new(&world);
        for method in ["OPTIONS", "GET"] {
            let answer = asked_by(&closed, method, "https://app.example.com").await;
            assert_eq!(answer.header("access-control-allow-origin"), "", "{method}");
        }
    }
    for world in worlds_with(&[("CORS_ORIGINS", "https://app.example.com,http://localhost:5173")]).await {
        let open = Program::new(&world);
        for origin in ["https://app.example.com", "http://localhost:5173"] {
            let preflight = asked_by(&open, "OPTIONS", origin).await;
            assert_eq!((preflight.status, preflight.header("access-control-allow-origin")), (200, origin));
            assert!(preflight.header("access-control-allow-headers").contains("authorization"));
            assert_eq!(asked_by(&open, "GET", origin).await.header("access-control-allow-origin"), origin, "errors can be read too");
        }
        for foreign in [
            "null",
            "https://evil.example",
            "https://app.example.com.evil.example",
            "https://sub.app.example.com",
            "http://app.example.com",
        ] {
            for method in ["OPTIONS", "GET"] {
                let answer = asked_by(&open, method, foreign).await;
                assert_eq!(answer.header("access-control-allow-origin"), "", "{foreign}");
                assert_eq!(answer.header("access-control-allow-credentials"), "");
            }
        }
    }
    for world in worlds_with(&[("CORS_ORIGINS", "https://app.example.com")]).await {
        let ada = Program::signed_up(&world, "ada").await;
        let up = upload(&ada, form(&[], Some(("a.jpg", &photograph(1)))), None).await;
        let nothing = "00000000-0000-7000-8000-000000000000";
        for (path, status) in
            [(up.text("image"), 200), (format!("/media/{nothing}/thumb"), 404), (format!("/downloads/{nothing}/original"), 404)]
        {
            let asked = |method: &str| ada.request(method, &path).header("origin", "https://app.example.com");
            let preflight =
                asked("OPTIONS").header("access-control-request-method", "GET").header("access-control-request-headers", "range");
            let preflight = ada.send(preflight.body(Body::empty()).unwrap()).await;
            assert_eq!((preflight.status, preflight.header("access-control-allow-origin")), (200, "https://app.example.com"), "{path}");
            assert!(preflight.header("access-control-allow-headers").contains("range"));
            let bytes = ada.send(asked("GET").body(Body::empty()).unwrap()).await;
            assert_eq!((bytes.status, bytes.header("access-control-allow-origin")), (status, "https://app.example.com"), "{path}");
            assert_eq!(bytes.header("access-control-allow-credentials"), "");
            assert!(bytes.header("access-control-expose-headers").contains("idempotent-replayed"));
        }
    }
    for world in worlds_with(&[("CORS_ORIGINS", "*")]).await {
        let answer = asked_by(&Program::new(&world), "GET", "https://anybody.example").await;
        assert_eq!((answer.header("access-control-allow-origin"), answer.header("access-control-allow-credentials")), ("*", ""));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_name_of_anything_is_not_found() {
    for world in worlds().await {
        let ada = Program::signed_up(&world, "ada").await;
        for path in [
            "/api/images/1/",
            "/api/images/%ff/",
            "/api/images/%00/",
            "/api/photos/..%2f..%2fetc/",
            "/api/orders/PV-2026-000001%00/",
            "/api/orders/%F0%9F%98%80/",
        ] {
            let answer = ada.get(path).await;
            assert_eq!((answer.status, answer.body["detail"].as_str()), (404, Some("Not found.")), "{path}");
        }
    }
}
