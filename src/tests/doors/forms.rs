//! Forms as a browser without JavaScript sends them, and requests that come from elsewhere.
use super::house::House;
use crate::support::{shop, worlds};
use axum::{
    body::Body,
    http::{Request, header},
};
use photovault::shared::Role;

#[tokio::test(flavor = "multi_thread")]
async fn a_form_with_a_mistake_comes_back_with_what_was_typed_and_the_right_status() {
    for world in worlds().await {
        let house = House::open(&world).await;
        let answer = house
            .submit('g', "/register", "sign_up", "name=Zo%C3%AB+%3Cb%3E&email=no-address&password=secret-words&password2=other-words")
            .await;
        assert_eq!(answer.status, 422, "{}", world.engine);
        assert!(
            answer.body.contains("value=\"Zoë &lt;b&gt;\"") && answer.body.contains("value=\"no-address\""),
            "the typed text is there, escaped"
        );
        assert!(!answer.body.contains("secret-words"), "a password is never sent back");
        assert!(answer.body.contains("aria-invalid"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_was_carried_out_leads_on_with_a_notice() {
    for world in worlds().await {
        let house = House::open(&world).await;
        let answer = house.submit('p', "/studio/galleries", "create_gallery", "title=Summer").await;
        assert_eq!(answer.status, 303, "{}", world.engine);
        assert!(answer.location.unwrap().starts_with("/studio/galleries/"));
        assert!(answer.cookies.iter().any(|cookie| cookie.starts_with("pv_notice=")));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_read_again_by_itself_leaves_the_notice_to_the_page_that_follows() {
    for world in worlds().await {
        let house = House::open(&world).await;
        for (looks, says) in [(true, false), (false, true)] {
            let mut request = Request::get("/about").header(header::COOKIE, "pv_notice=Gallery%20published.").body(Body::empty()).unwrap();
            if looks {
                request.headers_mut().insert("x-only-looking", "1".parse().unwrap());
            }
            let answer = house.send(request).await;
            assert_eq!(answer.body.contains("Gallery published."), says, "{}", world.engine);
            assert_eq!(answer.cookies.iter().any(|cookie| cookie.starts_with("pv_notice=;")), says);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn several_ticks_of_one_form_arrive_together() {
    for world in worlds().await {
        let house = House::open(&world).await;
        let cleo = world.person(Role::Client, "cleo@example.com").await;
        let dora = world.person(Role::Client, "dora@example.com").await;
        let before = shop::count(&cleo, "SELECT COUNT(*) FROM grants").await;
        let form = format!("gallery={}&people%5B%5D={}&people%5B%5D={}&emails=", house.gallery, shop::id(&cleo), shop::id(&dora));
        let answer = house.submit('o', &house.own("/studio/galleries/{gallery}"), "assign_gallery", &form).await;
        assert_eq!(answer.status, 303, "{}", world.engine);
        assert_eq!(shop::count(&cleo, "SELECT COUNT(*) FROM grants").await, before + 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_assignment_is_taken_back_from_the_sentence_that_tells_of_it() {
    for world in worlds().await {
        let house = House::open(&world).await;
        let (page, live) = (house.own("/studio/galleries/{gallery}"), "SELECT COUNT(*) FROM grants WHERE revoked_at IS NULL");
        let before = shop::count(&world.system(), live).await;
        let form = house.own("gallery={gallery}&emails=x%40example.com%2C+y%40example.com");
        let answer = house.submit('p', &page, "assign_gallery", &form).await;
        assert_eq!((answer.status.as_u16(), shop::count(&world.system(), live).await), (303, before + 2), "{}", world.engine);
        let next = house.go_on('p', &page, &answer).await;
        let toast = next.body.split("class=\"pv-toast\"").nth(1).unwrap_or_default();
        let batch = toast.split("name=\"batch\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        assert!(toast.contains("Assigned to 2 people.") && toast.contains("action=\"/_fn/undo_assignment\""), "{toast}");
        assert!(next.cookies.iter().any(|cookie| cookie.starts_with("pv_undo=;")), "offered once");
        let undone = house.submit('p', &page, "undo_assignment", &format!("batch={batch}")).await;
        assert_eq!((undone.status.as_u16(), shop::count(&world.system(), live).await), (303, before));
        // who gave nothing is offered nothing
        let form = house.own("gallery={gallery}&emails=z%40example.com");
        house.submit('p', &page, "assign_gallery", &form).await;
        let again = house.submit('p', &page, "assign_gallery", &form).await;
        assert!(!again.cookies.iter().any(|cookie| cookie.starts_with("pv_undo=")));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn removing_what_was_sold_asks_once_with_its_name_and_the_same_choice() {
    for world in worlds().await {
        let house = House::open(&world).await;
        house
            .submit('o', &house.own("/studio/orders/{order}"), "mark_paid", &house.own("number={order}&paid_on=2026-06-14&reference=cash"))
            .await;
        let (page, hanging) = (house.own("/studio/galleries/{gallery}"), "SELECT COUNT(*) FROM photos WHERE removed_at IS NULL");
        let form = format!("gallery={}&photos%5B%5D={}&photos%5B%5D={}", house.gallery, house.sold, house.photo);
        let asked = house.submit('p', &page, "remove_photos", &form).await;
        assert_eq!((asked.status.as_u16(), shop::count(&world.system(), hanging).await), (409, 3), "{}", world.engine);
        let question = asked.body.split("Remove what was sold?").nth(1).unwrap_or_default();
        for part in ["DSC_0000.jpg was sold", &house.sold.to_string(), &house.photo.to_string(), "name=\"knowing\""] {
            assert!(question.contains(part), "{part}");
        }
        let done = house.submit('p', &page, "remove_photos", &format!("{form}&knowing=true")).await;
        assert_eq!((done.status.as_u16(), shop::count(&world.system(), hanging).await), (303, 1));
        assert_eq!(house.visit('a', &house.own("/orders/{order}")).await.status, 200, "the buyer's order stays");
        assert_eq!(house.visit('a', "/purchases").await.status, 200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_owner_sets_and_sends_stands_on_the_pages() {
    for world in worlds().await {
        let house = House::open(&world).await;
        assert!(!house.visit('g', "/about").await.body.contains("mailto:"));
        let settings = "name=Studio&time_zone=UTC&currency=EUR&watermark_text=S&watermark_style=tiled&watermark_opacity=30&contact_email=hello%40example.com";
        assert_eq!(house.submit('o', "/studio/settings", "change_settings", settings).await.status, 303, "{}", world.engine);
        for page in ["/about", "/contact", "/"] {
            assert!(house.visit('g', page).await.body.contains("mailto:hello@example.com"), "{page}");
        }
        house.submit('o', "/admin", "invite_person", "email=grace%40example.com&role=crew").await;
        let console = house.visit('o', "/admin").await.body;
        for part in ["Open invitations", "grace@example.com", "/_fn/revoke_invitation", "/_fn/send_invitation_again"] {
            assert!(console.contains(part), "{part}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_signs_in_finds_a_page_at_home() {
    for world in worlds().await {
        let house = House::open(&world).await;
        for who in "abpqco".chars() {
            let home = house.visit(who, "/login").await.location.unwrap_or_default();
            assert_eq!(house.visit(who, &home).await.status, 200, "{home} for {who}: {}", world.engine);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_to_sign_in_first_is_led_back_afterwards() {
    for world in worlds().await {
        let house = House::open(&world).await;
        let answer = house.submit('g', "/cart", "remove_from_cart", &house.own("photo={photo}")).await;
        assert_eq!((answer.status.as_u16(), answer.location.as_deref()), (303, Some("/login?next=/cart")), "{}", world.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_done_for_another_site() {
    for world in worlds().await {
        let house = House::open(&world).await;
        let post = |headers: &[(&str, &str)]| {
            let mut request = Request::builder()
                .method("POST")
                .uri("/_fn/choose_theme")
                .header(header::HOST, "127.0.0.1:3000")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            request.body(Body::from("theme=dark")).unwrap()
        };
        for foreign in [
            &[][..],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[("origin", "https://evil.example")],
            &[("origin", "null")],
            &[("origin", "http://127.0.0.1:3000.evil.example")],
        ] {
            assert_eq!(house.send(post(foreign)).await.status, 403, "{foreign:?}");
        }
        for own in [&[("sec-fetch-site", "same-origin")][..], &[("origin", "http://127.0.0.1:3000")]] {
            assert!(house.send(post(own)).await.status.is_success(), "{own:?}");
        }
        assert_ne!(house.visit('a', "/_fn/sign_out").await.status, 200, "nothing is done by a GET");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn broken_requests_are_the_senders_fault() {
    for world in worlds().await {
        let house = House::open(&world).await;
        for (endpoint, form) in [
            ("add_to_cart", ""),
            ("add_to_cart", "photo=x&size=web"),
            ("add_to_cart", "%%%"),
            ("place_order", "expected_total=1e99&payment=offline"),
            ("nothing", ""),
        ] {
            let status = house.call('a', endpoint, form).await.status;
            assert!(status.is_client_error(), "{endpoint} {form}: {status}");
        }
        let request = |kind: &str| {
            Request::builder()
                .method("POST")
                .uri("/_fn/upload_photos")
                .header("sec-fetch-site", "same-origin")
                .header(header::CONTENT_TYPE, kind)
                .body(Body::from("--x"))
                .unwrap()
        };
        for kind in ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=x", "text/plain"] {
            let status = house.send(request(kind)).await.status;
            assert!(status.is_client_error(), "{kind}: {status}");
        }
    }
}
