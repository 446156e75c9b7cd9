//! The paths that serve bytes: nobody gets a picture or a file that is not for them, by whatever address.
use super::house::{EVERYBODY, House, missing};
use crate::support::worlds;

#[tokio::test(flavor = "multi_thread")]
async fn pictures_and_files_are_there_for_nobody_else() {
    for world in worlds().await {
        let house = House::open(&world).await;
        for path in [
            "/media/{photo}/thumb",
            "/media/{photo}/web-2048",
            "/downloads/{photo}/original",
            "/downloads/{photo}/web",
            "/media/home/{photo}/web-1024",
        ] {
            for who in EVERYBODY.chars().filter(|who| !"apo".contains(*who)) {
                let foreign = house.visit(who, &house.own(path)).await;
                let none = house.visit(who, &missing(path)).await;
                assert_eq!(foreign.status, none.status, "{path} for {who} on {}", world.engine);
                assert!(foreign.status.as_u16() == 404 || foreign.status.is_redirection(), "{path} for {who}: {}", foreign.status);
            }
        }
        // the client may look but has not bought
        assert_eq!(house.visit('a', &house.own("/downloads/{photo}/original")).await.status, 404);
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
