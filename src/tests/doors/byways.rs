//! What stands beside pages, server functions and the API: pictures, files, papers, the live line. Nobody gets by any of
//! these addresses what is not for them. The list comes from the program: a new address without a row fails.
use super::house::{EVERYBODY, House, missing};
use crate::support::worlds;
use std::collections::BTreeSet;

/// The address as the program knows it, one of its kind in the studio, and for whom that is.
const ROWS: &[(&str, &str, &str)] = &[
    ("/media/{photo}/{size}", "/media/{photo}/thumb", "apo"),
    ("/media/{photo}/{size}", "/media/{photo}/web-2048", "apo"),
    ("/media/home/{photo}/{size}", "/media/home/{photo}/web-1024", ""),
    ("/media/images/{user}/{file}", "/media/images/{client}/{image}-a.jpg", "a"),
    // the client may look but has not bought
    ("/downloads/{photo}/{size}", "/downloads/{photo}/original", "po"),
    ("/downloads/{photo}/{size}", "/downloads/{photo}/web", "po"),
    ("/orders/{number}/paid", "/orders/{order}/paid", "a"),
    ("/admin/mail/{id}", "/admin/mail/{mail}", "o"),
    ("/admin/letters/{name}", "/admin/letters/reset", "o"),
    ("/payments.csv", "/payments.csv", "abpqco"),
    ("/studio/payments.csv", "/studio/payments.csv", "pqo"),
    ("/live", "/live?topic=gallery:{gallery}", "po"),
];

/// The table of server functions has its own rows, invoices are there only once somebody has paid (`money.rs`).
const ELSEWHERE: &[&str] = &["/_fn/{name}", "/invoices/{number}"];

#[test]
fn every_byway_has_its_row() {
    let known: BTreeSet<&str> = photovault::boot::router::byways().into_iter().map(|(path, _)| path).collect();
    let rows: BTreeSet<&str> = ROWS.iter().map(|(path, ..)| *path).chain(ELSEWHERE.iter().copied()).collect();
    assert_eq!(known, rows);
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_files_and_tables_are_there_for_nobody_else() {
    for world in worlds().await {
        let house = House::open(&world).await;
        let mut wrong = vec![];
        for (path, example, may) in ROWS {
            for who in EVERYBODY.chars().filter(|who| !may.contains(*who)) {
                let foreign = house.visit(who, &house.own(example)).await;
                // a guest is asked to sign in, where that could help
                if foreign.status != 404 && !(foreign.status.is_redirection() && "gd".contains(who)) {
                    wrong.push(format!("{path} for {who}: {}", foreign.status));
                }
                let none = house.visit(who, &missing(example)).await;
                if foreign.told(&house) != none.told(&house) {
                    wrong.push(format!("{path} for {who} tells more of what is foreign: {}", foreign.told(&house)));
                }
            }
            // the line stays open as long as one listens, and the stage's photographs have no files
            let is_told = !["/live", "/media/{photo}/{size}", "/downloads/{photo}/{size}"].contains(path);
            for who in may.chars().filter(|_| is_told) {
                let status = house.visit(who, &house.own(example)).await.status;
                if status != 200 && !(status == 303 && path.ends_with("/paid")) {
                    wrong.push(format!("{path} for {who}, who may: {status}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{}: {wrong:#?}", world.engine);
        for odd in ["/media/{photo}/9999x9999", "/media/{photo}/marked-1-2048", "/media/{photo}/original", "/downloads/{photo}/web-2048"] {
            assert_eq!(house.visit('o', &house.own(odd)).await.status, 404, "{odd}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_are_for_the_owner_and_cannot_do_anything() {
    for world in worlds().await {
        let house = House::open(&world).await;
        for path in ["/admin/mail/{mail}", "/admin/letters/reset", "/admin/letters/receipt"] {
            for who in EVERYBODY.chars().filter(|who| *who != 'o') {
                let answer = house.visit(who, &house.own(path)).await;
                assert!(answer.status == 404 || answer.status.is_redirection(), "{path} for {who}: {}", answer.status);
            }
            let answer = house.visit('o', &house.own(path)).await;
            assert_eq!(answer.status, 200, "{path} on {}", world.engine);
            let policy = answer.headers["content-security-policy"].to_str().unwrap();
            assert!(policy.contains("sandbox") && !policy.contains("script-src"), "{policy}");
        }
        assert_eq!(house.visit('o', &missing("/admin/mail/{mail}")).await.status, 404);
        assert_eq!(house.visit('o', "/admin/letters/nothing").await.status, 404);
    }
}
