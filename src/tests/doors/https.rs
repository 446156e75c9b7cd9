//! Behind a proxy that speaks HTTPS: who came in the open is sent to the locked door, and everything says "only locked".
use crate::support::{World, worlds_with};
use axum::{
    body::Body,
    http::{HeaderMap, Request, StatusCode, header},
    response::Response,
};
use photovault::boot::router::router;
use tower::ServiceExt;

const HTTPS: (&str, &str) = ("BASE_URL", "https://photos.example.com");

async fn ask(world: &World, method: &str, path: &str, scheme: Option<&str>) -> Response {
    let mut request = Request::builder().method(method).uri(path).header("sec-fetch-site", "same-origin");
    request = request.header("accept", "text/html").header("content-type", "application/x-www-form-urlencoded");
    if let Some(scheme) = scheme {
        request = request.header("x-forwarded-proto", scheme);
    }
    router(world.services.clone(), "nowhere").oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> &str {
    headers.get(name).map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn who_came_in_the_open_is_sent_to_https() {
    let world = worlds_with(&[HTTPS]).await.remove(0);
    for (path, target) in [("/about", "/about"), ("/login?next=/orders", "/login?next=/orders"), ("//evil.example/", "")] {
        let answer = ask(&world, "GET", path, Some("http")).await;
        if target.is_empty() {
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "nobody is sent to a foreign place");
            continue;
        }
        assert_eq!(answer.status(), StatusCode::PERMANENT_REDIRECT, "{path}");
        assert_eq!(text(answer.headers(), header::LOCATION), format!("https://photos.example.com{target}"));
    }
    // 308 keeps what a form sends
    assert_eq!(ask(&world, "POST", "/_fn/sign_in", Some("http")).await.status(), StatusCode::PERMANENT_REDIRECT);
    // who asks from this machine, and a proxy that says nothing, are not sent in a circle
    assert_eq!(ask(&world, "GET", "/about", None).await.status(), StatusCode::OK);
    assert_eq!(ask(&world, "GET", "/healthz", Some("http")).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn behind_https_everything_says_only_locked() {
    let world = worlds_with(&[HTTPS]).await.remove(0);
    for path in ["/about", "/nothing/here", "/healthz", "/api/v1/images"] {
        let answer = ask(&world, "GET", path, Some("https")).await;
        assert!(text(answer.headers(), header::STRICT_TRANSPORT_SECURITY).starts_with("max-age="), "{path}: {:?}", answer.headers());
    }
    let themed = router(world.services.clone(), "nowhere")
        .oneshot(
            Request::post("/_fn/choose_theme")
                .header("sec-fetch-site", "same-origin")
                .header("x-forwarded-proto", "https")
                .header("content-type", "application/x-www-form-urlencoded")
                .body(Body::from("theme=dark"))
                .unwrap(),
        )
        .await
        .unwrap();
    assert!(text(themed.headers(), header::SET_COOKIE).contains("; Secure"), "{:?}", themed.headers());
}

#[tokio::test]
async fn nobody_is_sent_anywhere_without_https_or_when_the_settings_say_no() {
    for settings in [vec![], vec![HTTPS, ("HTTPS_REDIRECT", "0")]] {
        let world = worlds_with(&settings).await.remove(0);
        assert_eq!(ask(&world, "GET", "/about", Some("http")).await.status(), StatusCode::OK, "{settings:?}");
    }
    let open = worlds_with(&[]).await.remove(0);
    assert_eq!(text(ask(&open, "GET", "/about", None).await.headers(), header::STRICT_TRANSPORT_SECURITY), "");
}
