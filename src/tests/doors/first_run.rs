//! Before the studio is open there is one page, and nothing else; and when the database is away everybody is told so.
use super::house::{Answer, House};
use crate::support::{World, worlds};
use axum::{
    body::Body,
    http::{Request, header},
};
use photovault::{
    boot::{api::endpoints, router::byways},
    platform::db::{Db, sql},
};

/// A house in which nobody has opened a studio yet; its people are here all the same.
async fn unopened(world: &World) -> House {
    let house = House::open(world).await;
    let mut tx = world.services.db.begin().await.unwrap();
    sql("DELETE FROM studio").run(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    house.at(world.services.clone())
}

/// Something that stands where the address wants a name.
fn filled(path: &str) -> String {
    path.split('/').map(|part| if part.starts_with([':', '{']) { "x" } else { part }).collect::<Vec<_>>().join("/")
}

fn leads_to_setup(answer: &Answer) -> bool {
    answer.status == 303 && answer.location.as_deref() == Some("/setup")
}

#[tokio::test(flavor = "multi_thread")]
async fn until_the_studio_is_open_there_is_one_page_and_nothing_else() {
    for world in worlds().await {
        let house = unopened(&world).await;
        let pages = leptos_axum::generate_route_list(photovault::app::App);
        let pages = pages.iter().map(|listing| listing.path().to_string()).chain(byways().into_iter().map(|(path, _)| path.to_string()));
        let mut wrong = vec![];
        for path in pages.map(|path| filled(&path)).chain(["/nothing-here".into()]) {
            for who in ['g', 'o'] {
                let answer = house.visit(who, &path).await;
                if leads_to_setup(&answer) == (path == "/setup") {
                    wrong.push(format!("{path} for {who}: {} {:?}", answer.status, answer.location));
                }
            }
        }
        for (path, _) in leptos::server_fn::axum::server_fn_paths() {
            let endpoint = path.trim_start_matches("/_fn/");
            for who in ['g', 'o'] {
                let answer = house.call(who, endpoint, "name=Eve&email=eve%40example.com").await;
                if leads_to_setup(&answer) == (endpoint == "set_up") {
                    wrong.push(format!("{endpoint} by {who}: {}", answer.status));
                }
            }
        }
        for endpoint in endpoints() {
            for path in endpoint.described.1.paths.keys().map(String::as_str).chain(endpoint.also.iter().copied()) {
                for method in ["GET", "POST", "PUT", "DELETE"] {
                    let request = Request::builder().method(method).uri(filled(path)).header(header::HOST, "127.0.0.1:3000");
                    let request = request.header(header::AUTHORIZATION, format!("Bearer {}", house.token('o').unwrap()));
                    let answer = house.send(request.body(Body::empty()).unwrap()).await;
                    if answer.status != 503 {
                        wrong.push(format!("{method} {path}: {}", answer.status));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}: {wrong:#?}", world.engine);
        let page = house.visit('g', "/setup").await;
        assert!(page.status == 200 && page.body.contains("name=\"code\""), "{}", page.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn once_the_studio_is_open_nobody_asks_again() {
    for world in worlds().await {
        let house = House::open(&world).await;
        assert_eq!(house.visit('g', "/setup").await.status, 404, "{}", world.engine);
        assert_eq!(house.visit('g', "/about").await.status, 200);
    }
}

const PAGES: &[&str] = &["/", "/studio", "/orders", "/media/{photo}/thumb", "/downloads/{photo}/original", "/setup", "/nothing-here"];

async fn hears_in_words(house: &House, who: char) {
    for path in PAGES {
        let page = house.visit(who, &house.own(path)).await;
        assert_eq!(page.status, 503, "{path} for {who}");
        assert!(page.body.contains("<h1>We are busy just now</h1>"), "{path} for {who}: {}", page.body);
        assert!(page.headers.contains_key("retry-after") && page.headers.contains_key("content-security-policy"), "{path}");
    }
    let form = house.submit(who, "/profile", "change_profile", "name=Mara").await;
    assert!(form.status == 503 && form.body.contains("<h1>"), "{}", form.body);
    let island = house.call(who, "change_profile", "name=Mara").await;
    assert!(island.status == 503 && island.body.contains("Unavailable"), "{}", island.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_away_is_told_to_people_in_words_and_to_programs_in_theirs() {
    for world in worlds().await {
        let house = House::open(&world).await;
        assert_eq!(house.visit('g', "/about").await.status, 200, "from now on it knows that the studio is open");
        match &world.services.db {
            Db::Sqlite { read, write, .. } => {
                read.close().await;
                write.close().await;
            }
            Db::Postgres { lines, .. } => lines.pool().close().await,
        }
        for who in ['o', 'a'] {
            hears_in_words(&house, who).await;
        }
        let fresh = house.at(world.services.clone());
        hears_in_words(&fresh, 'g').await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_from_another_site_is_refused_on_a_page() {
    for world in worlds().await {
        let house = House::open(&world).await;
        for (accept, is_page) in [("text/html", true), ("application/json", false)] {
            let request = Request::post("/_fn/sign_out").header(header::ORIGIN, "https://evil.example").header(header::ACCEPT, accept);
            let answer = house.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!((answer.status.as_u16(), answer.body.contains("<h1>This request came from another site</h1>")), (403, is_page));
        }
        let lost = house.visit('g', "/galleries//x").await;
        assert!(lost.status == 404 && lost.body.contains("<h1>There is nothing here</h1>"), "{} {}", world.engine, lost.body);
    }
}
