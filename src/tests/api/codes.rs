//! The code by mail that proves an address, where the studio asks for it.
use super::client::{Answer, Program, sign_up};
use crate::support::{World, shop, worlds, worlds_with};
use photovault::{
    platform::{db::sql, mail::outbox},
    shared::Role,
};
use serde_json::{Value, json};

async fn asking() -> Vec<World> {
    worlds_with(&[("EMAIL_VERIFICATION", "1")]).await
}

async fn post(program: &Program, path: &str, body: Value) -> Answer {
    program.post(path, &body).await
}

/// The six digits of the latest letter.
async fn code(world: &World) -> String {
    let letter = outbox(&world.services.db, 100).await.unwrap().into_iter().find(|letter| letter.subject == "Your code").unwrap();
    letter
        .content(&world.services)
        .unwrap()
        .text()
        .lines()
        .map(str::trim)
        .find(|line| line.len() == 6 && line.bytes().all(|b| b.is_ascii_digit()))
        .unwrap()
        .to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_comes_in_before_the_code_was_typed() {
    for world in asking().await {
        let program = Program::new(&world);
        let login = || post(&program, "/api/auth/login/", json!({"email": "ada@example.com", "password": "SecurePassword123"}));
        let up = program.post("/api/auth/signup/", &sign_up("ada")).await;
        assert_eq!((up.status, up.body["tokens"].is_null()), (201, true), "{}", up.body);
        let wrong = program.post("/api/auth/login/", &json!({"email": "ada@example.com", "password": "not this one"})).await;
        let right = login().await;
        assert_eq!((right.status, &right.body), (401, &wrong.body), "a right password is told no more than a wrong one");
        let typed = program.post("/api/auth/verify-email/", &json!({"email": "ADA@example.com", "otp": code(&world).await})).await;
        assert_eq!(typed.status, 200, "{}", typed.body);
        let me = program.with(&login().await.text("access")).get("/api/v1/me").await;
        assert_eq!((me.status, &me.body["is_verified"]), (200, &json!(true)));
        let again = program.post("/api/auth/verify-email/", &json!({"email": "ada@example.com", "code": code(&world).await})).await;
        assert_eq!(again.status, 400);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_counts_for_five_tries_and_ten_minutes_and_only_the_newest_does() {
    for world in asking().await {
        let program = Program::new(&world);
        program.post("/api/auth/signup/", &sign_up("ada")).await;
        let verify = |code: String| post(&program, "/api/auth/verify-email/", json!({"email": "ada@example.com", "code": code}));
        let first = code(&world).await;
        let other = if first == "000000" { "000001" } else { "000000" };
        for _ in 0..5 {
            assert_eq!(verify(other.into()).await.status, 400);
        }
        assert_eq!(verify(first.clone()).await.status, 400, "tried too often");
        world.later(61_000);
        assert_eq!(program.post("/api/auth/resend-email-otp/", &json!({"email": "ada@example.com"})).await.status, 200);
        let second = code(&world).await;
        if first != second {
            assert_eq!(verify(first).await.status, 400, "the one before counts for nothing");
        }
        world.later(10 * 60_000 + 1_000);
        assert_eq!(verify(second).await.status, 400, "run out");
        program.post("/api/auth/resend-email-otp/", &json!({"email": "ada@example.com"})).await;
        assert_eq!(verify(code(&world).await).await.status, 200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn asking_again_tells_nothing_about_an_address_and_waits_a_minute() {
    for world in asking().await {
        let program = Program::new(&world);
        let ada = world.person(Role::Client, "proven@example.com").await;
        program.post("/api/auth/signup/", &sign_up("ada")).await;
        let resend = |email: &'static str| post(&program, "/api/auth/resend-email-otp/", json!({"email": email}));
        assert_eq!(resend("ada@example.com").await.status, 429, "the letter after signing up counts");
        world.later(61_000);
        for email in ["ada@example.com", "nobody@example.com", "proven@example.com"] {
            let (first, second) = (resend(email).await, resend(email).await);
            assert_eq!((first.status, second.status), (200, 429), "{email}");
            assert!(second.header("retry-after").parse::<u64>().unwrap() <= 60);
        }
        assert_eq!(shop::count(&ada, "SELECT COUNT(*) FROM mails WHERE recipient <> 'ada@example.com'").await, 0);
        let (hash,): (Vec<u8>,) = sql("SELECT code_hash FROM email_codes").one(&world.services.db).await.unwrap();
        assert_eq!(hash.len(), 32, "kept as a hash");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_it_is_not_asked_for_an_address_can_be_confirmed_all_the_same() {
    for world in worlds().await {
        let ada = Program::signed_up(&world, "ada").await;
        ada.post("/api/auth/resend-email-otp/", &json!({"email": "ada@example.com"})).await;
        ada.post("/api/auth/verify-email/", &json!({"email": "ada@example.com", "code": code(&world).await})).await;
        assert_eq!(ada.get("/api/v1/me").await.body["is_verified"], json!(true));
    }
}
