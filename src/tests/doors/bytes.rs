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
