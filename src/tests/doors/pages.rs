//! Every page × everybody. The list of pages comes from the route table: a new one without a row fails.
use super::house::{EVERYBODY, House, missing};
use crate::support::{stripe::CARDS, worlds, worlds_with};
use std::collections::BTreeSet;

/// Path, and who sees it. The others: guests are sent to sign in (or, where the page is public, see it), everybody
/// else finds nothing there.
const ROWS: &[(&str, &str)] = &[
    ("/", "gabpqcod"),
    ("/about", "gabpqcod"),
    ("/services", "gabpqcod"),
    ("/contact", "gabpqcod"),
    ("/login", "gd"),
    ("/register", "gd"),
    ("/forgot", "gabpqcod"),
    ("/verify", "gabpqcod"),
    ("/profile", "abpqco"),
    ("/galleries", "abpqco"),
    ("/galleries/{gallery}", "apo"),
    ("/galleries/{gallery}/photos/{photo}", "apo"),
    ("/cart", "abpqco"),
    ("/orders", "abpqco"),
    ("/orders/{order}", "a"),
    ("/orders/{order}/pay", "a"),
    ("/payments", "abpqco"),
    ("/purchases", "abpqco"),
    ("/studio", "pqo"),
    ("/studio/galleries", "pqo"),
    ("/studio/galleries/{gallery}", "po"),
    ("/studio/photos", "pqo"),
    ("/studio/clients", "pqo"),
    ("/studio/orders", "pqo"),
    ("/studio/orders/{order}", "po"),
    ("/studio/payments", "pqo"),
    ("/studio/prices", "pqo"),
    ("/studio/settings", "pqo"),
    ("/admin", "o"),
    ("/admin/mail", "o"),
    ("/admin/letters", "o"),
    ("/admin/errors", "o"),
];

/// Pages whose answer depends on a token or on what lies in the cart; their own tests know them.
const ELSEWHERE: &[&str] = &["/setup", "/checkout", "/reset/:token", "/confirm/:token", "/invitation/:token"];

#[test]
fn every_page_has_its_row() {
    let route = |path: &str| {
        path.replace(":id", "{id}")
            .replace("/{gallery}", "/{id}")
            .replace("/{photo}", "/{id}")
            .replace("/{order}", "/{number}")
            .replace(":number", "{number}")
    };
    let plain =
        |path: &str| route(path).split('/').map(|part| if part.starts_with([':', '{']) { "*" } else { part }).collect::<Vec<_>>().join("/");
    let known: BTreeSet<String> =
        leptos_axum::generate_route_list(photovault::app::App).iter().map(|listing| plain(listing.path())).collect();
    let rows: BTreeSet<String> = ROWS.iter().map(|(path, _)| plain(path)).chain(ELSEWHERE.iter().map(|path| plain(path))).collect();
    assert_eq!(known, rows);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_page_is_seen_by_those_who_may_and_by_nobody_else() {
    for world in worlds_with(&CARDS).await {
        let house = House::open(&world).await;
        let mut wrong = vec![];
        for (path, may) in ROWS {
            for who in EVERYBODY.chars() {
                let own = house.visit(who, &house.own(path)).await;
                let expected = match (may.contains(who), who) {
                    (true, _) => 200,
                    (false, 'g' | 'd') => 303,
                    // who is signed in already is sent home
                    (false, _) if ["/login", "/register"].contains(path) => 303,
                    (false, _) => 404,
                };
                let redirected = expected == 303 && own.status.is_redirection();
                if own.status.as_u16() != expected && !redirected {
                    wrong.push(format!("{path} for {who}: {} instead of {expected}", own.status));
                }
                if path.contains('{') {
                    let none = house.visit(who, &missing(path)).await;
                    if none.status.as_u16() != 404 && !(none.status.is_redirection() && "gd".contains(who)) {
                        wrong.push(format!("missing {path} for {who}: {}", none.status));
                    }
                    if !may.contains(who) && own.told(&house) != none.told(&house) {
                        wrong.push(format!("{path} tells {who} more of what is foreign: {}", own.told(&house)));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}: {wrong:#?}", world.engine);
    }
}

/// A page is drawn part by part. A part that waits for its turn must not hold what the one before it needs.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_needs_no_more_than_one_line_to_the_database() {
    for world in worlds_with(&CARDS).await {
        let house = House::open(&world).await.at(world.on_one_line().await);
        for (path, may) in ROWS {
            let who = may.chars().last().unwrap();
            let page = house.visit(who, &house.own(path)).await;
            assert!(page.status == 200, "{} {path} for {who}: {}", world.engine, page.status);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_has_one_address_and_answers_carry_their_armour() {
    for world in worlds().await {
        let house = House::open(&world).await;
        let twin = house.visit('g', "/about/?x=1").await;
        assert_eq!((twin.status.as_u16(), twin.location.as_deref()), (308, Some("/about?x=1")));
        assert_eq!(house.visit('g', "//evil.example/about").await.status.as_u16(), 404);
        for path in ["/", "/nothing-here", "/_fn/nothing"] {
            let answer = house.visit('g', path).await;
            for header in ["content-security-policy", "x-content-type-options", "referrer-policy", "cross-origin-opener-policy"] {
                assert!(answer.headers.contains_key(header), "{path} lacks {header}");
            }
        }
        let lost = house.visit('g', "/nothing-here").await;
        assert!(lost.status == 404 && lost.body.contains("<html"));
    }
}
