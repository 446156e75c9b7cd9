//! Through the public door, as a browser without JavaScript does it.
use super::given::{PASSWORD, person};
use crate::support::{World, worlds};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use photovault::{boot::router::router, platform::db::sql, shared::Role};
use tower::ServiceExt;

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn leads_to(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |place| place.to_str().unwrap())
    }

    fn cookie(&self, name: &str) -> Option<String> {
        let all = self.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap().to_string());
        all.into_iter().find(|cookie| cookie.starts_with(&format!("{name}=")))
    }

    fn session(&self) -> String {
        self.cookie("pv_session").unwrap().split(';').next().unwrap().into()
    }
}

fn doors(world: &World) -> Router {
    router(world.services.clone(), "no-such-folder")
}

async fn ask(doors: &Router, request: Request<Body>) -> Answer {
    let response = doors.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = String::from_utf8_lossy(&to_bytes(body, 10_000_000).await.unwrap()).into_owned();
    Answer { status: parts.status, headers: parts.headers, body }
}

async fn look(doors: &Router, path: &str, cookie: &str) -> Answer {
    ask(doors, Request::get(path).header("accept", "text/html").header("cookie", cookie).body(Body::empty()).unwrap()).await
}

async fn post(doors: &Router, page: &str, action: &str, cookie: &str, form: &str) -> Answer {
    let request = Request::post(format!("/_fn/{action}"))
        .header("accept", "text/html")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("origin", "http://127.0.0.1:3000")
        .header("host", "127.0.0.1:3000")
        .header("referer", format!("http://127.0.0.1:3000{page}"))
        .header("cookie", cookie);
    ask(doors, request.body(Body::from(form.to_string())).unwrap()).await
}

const FORM: &str = "name=Ada+Lovelace&email=ada%40example.com&password=correct+horse+battery&password2=correct+horse+battery";

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_the_form_says_makes_more_than_a_client() {
    for world in worlds().await {
        let doors = doors(&world);
        let more =
            "role=owner&form[role]=owner&user[role]=owner&is_active=true&email_verified_at=1&id=00000000-0000-0000-0000-000000000000";
        let answer = post(&doors, "/register", "sign_up", "", &format!("{FORM}&{more}")).await;
        assert_eq!((answer.status, answer.leads_to()), (StatusCode::SEE_OTHER, "/galleries"), "{}", answer.body);
        let row: (Role, Option<i64>) =
            sql("SELECT role, email_verified_at FROM users WHERE email_key = 'ada@example.com'").one(&world.services.db).await.unwrap();
        assert_eq!(row, (Role::Client, None), "{}", world.engine);
        let console = look(&doors, "/admin", &answer.session()).await;
        assert_eq!(console.status, StatusCode::NOT_FOUND);
        // nor does the page of one's own
        let renamed =
            post(&doors, "/profile", "change_profile", &answer.session(), "name=Ada&role=owner&email=x%40y.de&is_active=true").await;
        assert_eq!(renamed.leads_to(), "/profile");
        let row: (Role, String) = sql("SELECT role, email FROM users WHERE name = 'Ada'").one(&world.services.db).await.unwrap();
        assert_eq!(row, (Role::Client, "ada@example.com".to_string()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_gives_the_page_back_with_the_address_and_without_the_password() {
    for world in worlds().await {
        person(&world, Role::Client, "ada@example.com").await;
        let doors = doors(&world);
        let answer =
            post(&doors, "/login?next=/cart", "sign_in", "", "email=ada%40example.com&password=not-the-password&next=%2Fcart").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("value=\"ada@example.com\"") && !answer.body.contains("not-the-password"), "{}", answer.body);
        assert!(answer.body.contains("belong together") && answer.cookie("pv_session").is_none(), "{}", world.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_session_cookie_is_kept_from_scripts_and_goes_with_the_browser_unless_asked_to_stay() {
    for world in worlds().await {
        person(&world, Role::Photographer, "ada@example.com").await;
        let doors = doors(&world);
        let form = "email=ada%40example.com&password=correct+horse+battery";
        let short = post(&doors, "/login", "sign_in", "pv_session=planted", form).await;
        let cookie = short.cookie("pv_session").unwrap();
        assert!(
            cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/") && !cookie.contains("Max-Age"),
            "{cookie}"
        );
        assert!(!cookie.contains("planted") && !cookie.contains("Domain"));
        assert_eq!(short.leads_to(), "/studio", "who works here comes to the studio");
        let long = post(&doors, "/login", "sign_in", "", &format!("{form}&stay=true")).await;
        assert!(long.cookie("pv_session").unwrap().contains("Max-Age=2592000"), "{}", world.engine);

        let out = post(&doors, "/profile", "sign_out", &long.session(), "").await;
        assert!(out.cookie("pv_session").unwrap().contains("Max-Age=0"));
        assert_eq!(look(&doors, "/profile", &long.session()).await.leads_to(), "/login?next=/profile");
        assert_eq!(look(&doors, "/profile", &short.session()).await.status, StatusCode::OK);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_came_in_once_is_known_after_it_went_out() {
    for world in worlds().await {
        person(&world, Role::Owner, "ada@example.com").await;
        let doors = doors(&world);
        let form = |password: &str| format!("email=ada%40example.com&password={password}");
        let first = post(&doors, "/login", "sign_in", "", &form("correct+horse+battery")).await;
        let cookie = first.cookie("pv_known").unwrap();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Max-Age=31536000"), "{cookie}");
        let known = cookie.split(';').next().unwrap().to_string();
        let out = post(&doors, "/profile", "sign_out", &format!("{}; {known}", first.session()), "").await;
        assert!(out.cookie("pv_known").is_none(), "signing out forgets the session only");
        assert_eq!(look(&doors, "/profile", &known).await.leads_to(), "/login?next=/profile", "it opens nothing");
        // all come from one address here: the minute has to pass, the quarter of an hour has not
        for _ in 0..2 {
            for _ in 0..10 {
                post(&doors, "/login", "sign_in", "", &form("not-the-password")).await;
            }
            world.later(60_000);
        }
        assert_eq!(post(&doors, "/login", "sign_in", "", &form("correct+horse+battery")).await.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(
            post(&doors, "/login", "sign_in", &known, &form("correct+horse+battery")).await.leads_to(),
            "/studio",
            "{}",
            world.engine
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_signing_in_one_comes_to_own_pages_only() {
    for world in worlds().await {
        person(&world, Role::Client, "ada@example.com").await;
        let doors = doors(&world);
        for (next, place) in [
            ("%2Fcart%3Fx%3D1", "/cart?x=1"),
            ("%2F%2Fevil.example", "/galleries"),
            ("https%3A%2F%2Fevil.example", "/galleries"),
            ("%2F%5Cevil.example", "/galleries"),
            ("%2Fa%0D%0ASet-Cookie%3A+x%3D1", "/galleries"),
            ("javascript%3Aalert(1)", "/galleries"),
            ("", "/galleries"),
        ] {
            let answer = post(
                &doors,
                "/login",
                "sign_in",
                "",
                &format!("email=ada%40example.com&password={}&next={next}", PASSWORD.replace(' ', "+")),
            )
            .await;
            assert_eq!((answer.status, answer.leads_to()), (StatusCode::SEE_OTHER, place), "{} {next}", world.engine);
            world.later(60_000);
        }
        let in_already = post(&doors, "/login", "sign_in", "", "email=ada%40example.com&password=correct+horse+battery").await.session();
        assert_eq!(look(&doors, "/login", &in_already).await.leads_to(), "/galleries");
        assert_eq!(look(&doors, "/login?next=//evil.example", &in_already).await.leads_to(), "/galleries");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_page_cannot_sign_anybody_in_or_out() {
    for world in worlds().await {
        person(&world, Role::Client, "ada@example.com").await;
        let doors = doors(&world);
        let session = post(&doors, "/login", "sign_in", "", "email=ada%40example.com&password=correct+horse+battery").await.session();
        for origin in ["https://evil.example", "null", "http://127.0.0.1:3000.evil.example"] {
            let request = Request::post("/_fn/sign_out")
                .header("accept", "text/html")
                .header("origin", origin)
                .header("host", "127.0.0.1:3000")
                .header("cookie", &session);
            assert_eq!(ask(&doors, request.body(Body::empty()).unwrap()).await.status, StatusCode::FORBIDDEN, "{origin}");
        }
        assert_eq!(look(&doors, "/profile", &session).await.status, StatusCode::OK, "{}", world.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_people_is_drawn_whole() {
    for world in worlds().await {
        person(&world, Role::Owner, "ada@example.com").await;
        let doors = doors(&world);
        for (path, words) in [("/login", "Sign in"), ("/register", "Make an account"), ("/forgot", "Send the letter")] {
            let page = look(&doors, path, "").await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(page.body.contains(words) && page.body.contains("<h1>") && page.body.contains("name=\"description\""), "{path}");
        }
        let session = post(&doors, "/login", "sign_in", "", "email=ada%40example.com&password=correct+horse+battery").await.session();
        for (path, words) in
            [("/profile", "This device"), ("/admin", "Invite somebody"), ("/admin/mail", "Mail"), ("/studio/settings", "Watermark")]
        {
            let page = look(&doors, path, &session).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(page.body.contains(words) && page.body.contains("noindex"), "{path} {}", world.engine);
        }
        for path in ["/reset/made-up", "/invitation/made-up", "/confirm/made-up", "/setup"] {
            assert_eq!(look(&doors, path, &session).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert_eq!(look(&doors, "/confirm/made-up", "").await.leads_to(), "/login?next=/confirm/made-up");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_choice_of_light_or_dark_is_kept_for_a_year() {
    for world in worlds().await {
        let doors = doors(&world);
        let answer = post(&doors, "/about", "choose_theme", "", "theme=dark").await;
        assert_eq!(answer.leads_to(), "/about");
        let cookie = answer.cookie("pv_theme").unwrap();
        assert!(cookie.starts_with("pv_theme=dark") && cookie.contains("Max-Age=31536000"), "{} {cookie}", world.engine);
        assert!(look(&doors, "/about", "pv_theme=dark").await.body.contains("data-theme=\"dark\""));
        assert!(post(&doors, "/about", "choose_theme", "", "theme=pink").await.cookie("pv_theme").is_none());
    }
}
