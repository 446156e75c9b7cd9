//! Every server function × everybody × own, foreign and missing things. The list of functions comes from the program:
//! a new one without a row fails.
use super::house::{Answer, EVERYBODY, House, missing};
use crate::support::worlds;
use axum::http::StatusCode;
use std::collections::BTreeSet;

/// Endpoint, form, and who may. Those who may get anything but a refusal; the others get nothing, not even a reason.
/// What destroys stands last, because the rows are tried in this order.
const ROWS: &[(&str, &str, &str)] = &[
    // what everybody may read
    ("front", "", "gabpqcod"),
    ("words_of_studio", "", "gabpqcod"),
    ("entrance", "next=", "gabpqcod"),
    ("first_run", "", ""),
    ("reset_link", "token=x", ""),
    ("confirmation", "token=x", ""),
    ("invitation", "token=x", ""),
    // the client's rooms
    ("my_galleries", "", "abpqco"),
    ("gallery_room", "gallery={gallery}", "apo"),
    ("more_photographs", "gallery={gallery}&after=", "apo"),
    ("look_at_photo", "gallery={gallery}&photo={photo}", "apo"),
    ("cart_page", "", "abpqco"),
    ("add_to_cart", "photo={photo}&size=web", "a"),
    ("save_for_later", "photo={photo}", "a"),
    ("move_to_cart", "photo={photo}", "a"),
    ("checkout_page", "", "abpqco"),
    ("my_orders", "", "abpqco"),
    ("purchases", "", "abpqco"),
    ("order_page", "number={order}", "a"),
    ("pay_page", "number={order}", "a"),
    ("my_payments", "", "abpqco"),
    // the studio
    ("studio_overview", "", "pqo"),
    ("studio_galleries", "", "pqo"),
    ("studio_gallery", "gallery={gallery}", "po"),
    ("studio_photos", "", "pqo"),
    ("studio_orders", "", "pqo"),
    ("studio_order", "number={order}", "po"),
    ("sales_of_today", "", "pqo"),
    ("studio_payments", "", "pqo"),
    ("prices_page", "", "pqo"),
    ("clients_page", "", "pqo"),
    ("gallery_on_home_page", "gallery={gallery}", "po"),
    ("gallery_access", "gallery={gallery}", "po"),
    ("gallery_progress", "gallery={gallery}", "po"),
    ("studio_settings", "", "pqo"),
    ("everybody", "", "o"),
    ("console", "", "o"),
    ("outbox", "", "o"),
    ("faults", "", "o"),
    ("retry_jobs", "", "o"),
    ("sample_letters", "", "o"),
    ("resend_letter", "mail={mail}", "o"),
    ("lay_letters_aside", "mail={mail}", "o"),
    ("profile", "", "abpqco"),
    // what changes something
    ("create_gallery", "title=New", "pqo"),
    ("change_gallery", "gallery={gallery}&version=0&title=X", "po"),
    ("set_cover", "gallery={gallery}&photos[0]={photo}", "po"),
    ("reorder_photos", "gallery={gallery}&photos[0]={photo}", "po"),
    ("move_photos", "gallery={gallery}&photos[0]={photo}&way=first", "po"),
    ("sort_photos", "gallery={gallery}&by=name", "po"),
    ("upload_photos", "", "po"),
    ("retry_photo", "photo={photo}", "po"),
    ("title_photo", "photo={photo}&title=Lake", "po"),
    ("show_on_home_page", "gallery={gallery}&photos[0]={photo}&shown=true", "po"),
    ("assign_gallery", "gallery={gallery}&emails=new@example.com", "po"),
    ("set_gallery_prices", "gallery={gallery}&web_choice=studio&original_choice=studio", "po"),
    ("set_studio_prices", "web_amount=10&original_amount=25", "o"),
    ("change_settings", "name=Studio", "o"),
    ("invite_person", "email=crew2@example.com&role=crew", "o"),
    ("check_payment", "number={order}", "apo"),
    ("begin_card_payment", "number={order}", "a"),
    ("refund_order", "number={order}", "po"),
    ("pay_order", "number={order}&payment=offline", "a"),
    ("place_order", "expected_total=1&payment=offline", "abpqco"),
    ("remove_from_cart", "photo={photo}", "abpqco"),
    ("release_downloads", "number={order}", "po"),
    ("mark_paid", "number={order}&paid_on=2026-06-14", "po"),
    ("cancel_order", "number={order}", "apo"),
    ("change_profile", "name=Somebody", "abpqco"),
    ("change_password", "old_password=x&password=y&password2=z", "abpqco"),
    ("send_confirmation", "", "abpqco"),
    ("choose_theme", "theme=dark", "gabpqcod"),
    ("send_message", "name=x", "gabpqcod"),
    ("sign_up", "name=x", "gabpqcod"),
    ("verify_email", "email=x@example.com&code=1", "gabpqcod"),
    ("resend_code", "email=x@example.com", "gabpqcod"),
    ("forgot_password", "email=x@example.com", "gabpqcod"),
    ("reset_password", "token=x&password=y&password2=z", ""),
    ("confirm_email", "token=x", ""),
    ("accept_invitation", "token=x", ""),
    ("set_up", "", ""),
    ("undo_assignment", "batch=00000000-0000-7000-8000-000000000000", ""),
    ("revoke_invitation", "invitation=00000000-0000-7000-8000-000000000000", ""),
    ("send_invitation_again", "invitation=00000000-0000-7000-8000-000000000000", ""),
    ("end_session", "session=00000000-0000-7000-8000-000000000000", ""),
    // what takes something away
    ("revoke_access", "gallery={gallery}&email=new@example.com", "po"),
    ("remove_photos", "gallery={gallery}&photos[0]={photo}", "po"),
    ("restore_photos", "gallery={gallery}&at=1", ""),
    ("unpublish_gallery", "gallery={gallery}", "po"),
    ("publish_gallery", "gallery={gallery}", "po"),
    ("remove_gallery", "gallery={gallery}", "po"),
    ("restore_gallery", "gallery={gallery}", "po"),
    ("end_other_sessions", "", "abpqco"),
    ("make_token", "name=x&scopes[0]=images:read", "abpqco"),
    ("revoke_token", "token=00000000-0000-7000-8000-000000000000", ""),
    ("set_active", "user={client}&active=false", "o"),
    ("sign_in", "email=x@example.com&password=y", ""),
    ("sign_out", "", "gabpqcod"),
];

/// What one person has done, the next one finds done already: these are tried by the first who may.
const ONCE: &[&str] = &["revoke_access", "remove_photos", "remove_gallery", "restore_gallery"];

fn is_refused(status: StatusCode) -> bool {
    matches!(status.as_u16(), 401 | 403 | 404)
}

#[test]
fn every_server_function_has_its_row() {
    let known: BTreeSet<String> =
        leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path.trim_start_matches("/_fn/").to_string()).collect();
    let rows: BTreeSet<String> = ROWS.iter().map(|(endpoint, ..)| endpoint.to_string()).collect();
    assert_eq!(known, rows);
}

async fn knock(house: &House, who: char, endpoint: &str, form: &str) -> Answer {
    match endpoint {
        "upload_photos" => house.upload(who, form).await,
        _ => house.call(who, endpoint, form).await,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_is_told_nothing_and_who_may_is_heard() {
    for world in worlds().await {
        let house = House::open(&world).await;
        let mut wrong = vec![];
        for allowed in [false, true] {
            for (endpoint, form, may) in ROWS {
                let form = if *endpoint == "upload_photos" { "{gallery}" } else { *form };
                let most = if allowed && ONCE.contains(endpoint) { 1 } else { EVERYBODY.len() };
                for who in EVERYBODY.chars().filter(|who| may.contains(*who) == allowed).take(most) {
                    let answer = knock(&house, who, endpoint, &house.own(form)).await;
                    let status = answer.status;
                    if status.is_server_error() || (is_refused(status) == allowed && *endpoint != "sign_in") {
                        wrong.push(format!("{endpoint} by {who}: {status}"));
                    }
                    if !allowed && form.contains('{') {
                        let none = knock(&house, who, endpoint, &missing(form)).await;
                        if answer.told(&house) != none.told(&house) {
                            wrong.push(format!("{endpoint} tells {who} more of what is foreign: {}", answer.told(&house)));
                        }
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}: {wrong:#?}", world.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_exist_is_not_found_for_everybody() {
    for world in worlds().await {
        let house = House::open(&world).await;
        let mut wrong = vec![];
        for (endpoint, form, _) in ROWS.iter().filter(|(endpoint, form, _)| form.contains('{') && *endpoint != "remove_from_cart") {
            for who in EVERYBODY.chars() {
                let status = knock(&house, who, endpoint, &missing(form)).await.status;
                if !matches!(status.as_u16(), 401 | 404) {
                    wrong.push(format!("{endpoint} by {who}: {status}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{}: {wrong:#?}", world.engine);
    }
}
