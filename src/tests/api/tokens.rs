//! Bearer tokens: who gets them, how long they count, and what ends them.
use super::client::{Program, sign_up};
use crate::support::{shop, worlds};
use photovault::{
    features::accounts::server::service as accounts,
    platform::bearer::{self, Use},
    shared::{FamilyId, Role},
};
use serde_json::json;
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn signing_up_and_in_answers_as_documented() {
    for world in worlds().await {
        let program = Program::new(&world);
        let up = program.post("/api/auth/signup/", &sign_up("johndoe")).await;
        assert_eq!(up.status, 201, "{}", up.body);
        let user = up.body["user"].as_object().unwrap();
        assert_eq!(user.keys().collect::<Vec<_>>(), ["date_joined", "email", "id", "username"]);
        assert_eq!(
            (&user["email"], &user["username"], &user["date_joined"]),
            (&json!("johndoe@example.com"), &json!("johndoe"), &json!("2026-06-14T12:00:00Z"))
        );
        for token in ["refresh", "access"] {
            assert!(up.body["tokens"][token].as_str().unwrap().starts_with("eyJ"));
        }
        for who in [json!({"email": "JohnDoe@Example.com"}), json!({"username": "johndoe"})] {
            let mut form = who;
            form["password"] = "SecurePassword123".into();
            let answer = program.post("/api/auth/login/", &form).await;
            assert_eq!(answer.status, 200, "{}", answer.body);
            let me = program.with(&answer.text("access")).get("/api/auth/profile/").await;
            assert_eq!((me.status, me.text("username"), me.text("role")), (200, "johndoe".into(), "client".into()));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_and_an_unknown_address_are_one_answer() {
    for world in worlds().await {
        let program = Program::signed_up(&world, "ada").await.nobody();
        let wrong = program.post("/api/auth/login/", &json!({"email": "ada@example.com", "password": "not this one"})).await;
        let unknown = program.post("/api/auth/login/", &json!({"email": "eve@example.com", "password": "not this one"})).await;
        assert_eq!((wrong.status, wrong.body), (401, json!({"detail": "No active account found with the given credentials"})));
        assert_eq!(unknown.status, 401);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_sign_up_is_said_of_each_field() {
    for world in worlds().await {
        let program = Program::new(&world);
        let answer =
            program.post("/api/auth/register/", &json!({"email": "x", "username": "", "password": "12345", "password2": "1234"})).await;
        assert_eq!(answer.status, 400);
        assert_eq!(answer.body["email"][0], "Enter a valid email address.");
        assert_eq!(
            answer.body["password"],
            json!(["This password is too short. It must contain at least 10 characters.", "This password is entirely numeric."])
        );
        assert!(answer.body["password2"].is_array() && answer.body["username"].is_array());
        for field in ["email", "username", "password", "password2"] {
            let mut form = sign_up("ada");
            form.as_object_mut().unwrap().remove(field);
            let answer = program.post("/api/auth/signup/", &form).await;
            assert_eq!((answer.status, &answer.body[field][0]), (400, &json!("This field is required.")), "{field}");
        }
        let nothing = program.post("/api/auth/signup/", &json!({})).await;
        let required = json!(["This field is required."]);
        assert_eq!(nothing.body, json!({"email": required, "username": required, "password": required, "password2": required}));
        let blank = program.post("/api/auth/signup/", &json!({"email": " ", "username": "", "password": "", "password2": null})).await;
        let empty = json!(["This field may not be blank."]);
        assert_eq!(blank.body, json!({"email": empty, "username": empty, "password": empty, "password2": required}));
        for (path, fields) in [("login", vec!["email", "password"]), ("verify-email", vec!["code", "email"])] {
            let answer = program.post(&format!("/api/auth/{path}/"), &json!({})).await;
            let named: Vec<_> = answer.body.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!((answer.status, named), (400, fields), "{path}");
            let answer = program.post(&format!("/api/auth/{path}/"), &json!({"email": ""})).await;
            assert_eq!((answer.status, &answer.body["email"]), (400, &empty), "{path}");
        }
        for (password, said) in [("password", "too common"), ("johndoe12345", "too similar"), ("qwertyuiop", "too common")] {
            let mut form = sign_up("johndoe12345");
            (form["password"], form["password2"]) = (password.into(), password.into());
            let answer = program.post("/api/auth/signup/", &form).await;
            assert!(answer.body["password"].to_string().contains(said), "{password}: {}", answer.body);
        }
        let mut form = sign_up("ada");
        form["email"] = "grace.hopper@example.com".into();
        (form["password"], form["password2"]) = ("grace.hopper1".into(), "grace.hopper1".into());
        let answer = program.post("/api/auth/signup/", &form).await;
        assert_eq!(answer.body["password"], json!(["The password is too similar to the email address."]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_and_a_username_belong_to_one_person() {
    for world in worlds().await {
        let program = Program::signed_up(&world, "ada").await.nobody();
        let mut same = sign_up("ada");
        let twice = program.post("/api/auth/signup/", &same).await;
        assert_eq!((twice.status, twice.body.get("email").is_some()), (400, true), "{}", twice.body);
        same["email"] = "other@example.com".into();
        same["username"] = "ADA".into();
        let twice = program.post("/api/auth/signup/", &same).await;
        assert_eq!((twice.status, &twice.body["username"][0]), (400, &json!("A user with that username already exists.")));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_becomes_more_than_a_client_by_asking() {
    for world in worlds().await {
        let mut form = sign_up("mallory");
        for (field, value) in [("role", json!("owner")), ("is_staff", json!(true)), ("is_superuser", json!(true)), ("id", json!(1))] {
            form[field] = value;
        }
        let answer = Program::new(&world).post("/api/auth/register/", &form).await;
        assert_eq!(answer.status, 201);
        let me = Program::new(&world).with(answer.body["tokens"]["access"].as_str().unwrap());
        let changed = me.put("/api/v1/me", &json!({"name": "Mallory", "role": "owner", "email": "owner@example.com"})).await;
        assert_eq!(
            (changed.text("name"), changed.text("role"), changed.text("email")),
            ("Mallory".into(), "client".into(), "mallory@example.com".into())
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_token_counts_once_and_its_reuse_ends_the_family() {
    for world in worlds().await {
        let program = Program::new(&world);
        let up = program.post("/api/auth/signup/", &sign_up("ada")).await;
        let first = up.body["tokens"]["refresh"].clone();
        let second = program.post("/api/auth/token/refresh/", &json!({"refresh": first})).await;
        assert_eq!(second.status, 200, "{}", second.body);
        let fresh = program.with(&second.text("access"));
        assert_eq!(fresh.get("/api/v1/me").await.status, 200);
        let again = program.post("/api/auth/token/refresh/", &json!({"refresh": first})).await;
        assert_eq!(again.status, 401);
        assert_eq!(fresh.get("/api/v1/me").await.status, 401, "the thief and the robbed are both out");
        let newest = program.post("/api/auth/token/refresh/", &json!({"refresh": second.body["refresh"]})).await;
        assert_eq!(newest.status, 401);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_a_new_password_and_deactivation_end_tokens_at_once() {
    for world in worlds().await {
        let owner = world.person(Role::Owner, "owner@example.com").await;
        let program = Program::new(&world);
        let login =
            || async { program.post("/api/auth/login/", &json!({"email": "ada@example.com", "password": "SecurePassword123"})).await };
        program.post("/api/auth/signup/", &sign_up("ada")).await;
        let (one, two) = (login().await, login().await);
        let (phone, laptop) = (program.with(&one.text("access")), program.with(&two.text("access")));
        let out = phone.request("POST", "/api/auth/logout/").header("content-type", "application/json").body(axum::body::Body::empty());
        assert_eq!(phone.send(out.unwrap()).await.status, 204, "nothing is sent, of whatever kind");
        assert_eq!((phone.get("/api/v1/me").await.status, laptop.get("/api/v1/me").await.status), (401, 200));
        let refreshed = program.post("/api/auth/token/refresh/", &json!({"refresh": one.body["refresh"]})).await;
        assert_eq!(refreshed.status, 401);

        let third = program.with(&login().await.text("access"));
        for (new, said) in [
            (
                json!({}),
                json!({"old_password": ["This field is required."], "password": ["This field is required."], "password2": ["This field is required."]}),
            ),
            (
                json!({"old_password": "SecurePassword123", "password": "12345", "password2": "x"}),
                json!({
                    "password": ["This password is too short. It must contain at least 10 characters.", "This password is entirely numeric."],
                    "password2": ["Password fields didn't match."],
                }),
            ),
        ] {
            let answer = third.post("/api/v1/auth/password", &new).await;
            assert_eq!((answer.status, &answer.body), (400, &said), "the words of signing up");
        }
        let new = json!({"old_password": "SecurePassword123", "password": "another long secret", "password2": "another long secret"});
        let changed = laptop.post("/api/v1/auth/password", &new).await;
        assert_eq!(changed.status, 200, "{}", changed.body);
        assert_eq!((laptop.get("/api/v1/me").await.status, third.get("/api/v1/me").await.status), (401, 401));
        let laptop = program.with(&changed.text("access"));
        assert_eq!(laptop.get("/api/v1/me").await.status, 200);

        let id: Uuid = laptop.get("/api/v1/me").await.text("id").parse().unwrap();
        accounts::set_active(&owner, photovault::shared::UserId(id), false).await.unwrap();
        assert_eq!(laptop.get("/api/v1/me").await.status, 401);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_ends_and_a_signature_without_a_family_is_nothing() {
    for world in worlds().await {
        let ada = Program::signed_up(&world, "ada").await;
        let id: Uuid = ada.get("/api/v1/me").await.text("id").parse().unwrap();
        let (config, now) = (&world.services.config, world.services.clock.now());
        let forged = bearer::sign(config, Use::Access, id, FamilyId(Uuid::new_v4()).0, Uuid::new_v4(), now, 60_000).unwrap();
        assert_eq!(ada.with(&forged).get("/api/v1/me").await.status, 401);
        world.later(24 * 3_600_000 + 1_000);
        let late = ada.get("/api/v1/me").await;
        assert_eq!((late.status, late.body), (401, json!({"detail": "Given token not valid for any token type"})));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_programs_own_token_goes_as_far_as_it_was_given_and_is_kept_as_a_hash() {
    for world in worlds().await {
        let ada = world.person(Role::Client, "ada@example.com").await;
        let secret = accounts::make_token(&ada, "Backup", &[photovault::shared::Scope::ReadImages]).await.unwrap();
        let program = Program::new(&world).with(&secret);
        assert_eq!(program.get("/api/v1/me").await.status, 403);
        assert_eq!(shop::count(&ada, "SELECT COUNT(*) FROM personal_tokens WHERE seen_at IS NOT NULL").await, 1);
        let [row] = accounts::programs(&ada).await.unwrap().try_into().unwrap();
        let text = serde_json::to_string(&row).unwrap();
        assert!(!text.contains(&secret) && row.name == "Backup");
        let eve = world.person(Role::Client, "eve@example.com").await;
        assert!(accounts::revoke_token(&eve, row.id).await.is_err());
        accounts::revoke_token(&ada, row.id).await.unwrap();
        assert_eq!(program.get("/api/v1/me").await.status, 401);
        // what only a sign-in may do cannot be given away
        assert!(accounts::make_token(&ada, "All", &[photovault::shared::Scope::Account]).await.is_err());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_program_got_by_signing_in_is_seen_and_ended_on_the_own_page() {
    for world in worlds().await {
        let program = Program::signed_up(&world, "ada").await;
        let login = program.nobody().post("/api/auth/login/", &json!({"email": "ada@example.com", "password": "SecurePassword123"})).await;
        let second = program.with(&login.text("access"));
        let id: Uuid = program.get("/api/v1/me").await.text("id").parse().unwrap();
        let ada = world.cx_as(photovault::shared::UserId(id), Role::Client, "ada", "ada@example.com");
        let listed = accounts::profile(&ada).await.unwrap().sessions;
        assert_eq!(listed.iter().map(|row| row.device.as_str()).collect::<Vec<_>>(), ["A program", "A program"]);
        let eve = world.person(Role::Client, "eve@example.com").await;
        for row in &listed {
            assert!(accounts::end_session(&eve, row.id).await.is_err(), "of somebody else");
        }
        assert_eq!(accounts::end_session(&ada, listed[0].id).await, Ok(false));
        let left = [program.get("/api/v1/me").await.status, second.get("/api/v1/me").await.status];
        assert!(left == [200, 401] || left == [401, 200], "one of them ended: {left:?}");
        assert_eq!(accounts::end_other_sessions(&ada).await, Ok(1));
        assert_eq!([program.get("/api/v1/me").await.status, second.get("/api/v1/me").await.status], [401, 401]);
    }
}
