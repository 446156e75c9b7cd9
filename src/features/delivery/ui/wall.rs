//! The browser half of a gallery page: hangs further photographs before one arrives, offers actions on the one under the
//! pointer, and opens the lightbox. The page is whole without it.
use super::lightbox::{Lightbox, Shown, pass};
use crate::{
    features::{cart::save_for_later, delivery::api::more_photographs, sharing::Size},
    paths,
    shared::{GalleryId, PhotoId},
};
use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use std::time::Duration;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, EventTarget, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit, MouseEvent, PointerEvent};

#[island]
pub fn Wall(gallery: GalleryId) -> impl IntoView {
    let shown = RwSignal::new(None::<Shown>);
    let buying = RwSignal::new(false);
    let was_held = StoredValue::new(false);
    Effect::new(move |_| {
        hang_more_in_time(gallery);
        offer_actions(was_held);
        answer_clicks(shown, buying, was_held);
    });
    view! { <Lightbox gallery=gallery shown=shown buying=buying /> }
}

/// All photographs that hang in the page, as links in their order.
pub fn links() -> Vec<Element> {
    let Ok(found) = document().query_selector_all("#wall > li > a") else { return vec![] };
    (0..found.length()).filter_map(|n| found.get(n)?.dyn_into().ok()).collect()
}

/// Which photograph a link leads to.
pub fn photo_of(link: &Element) -> Option<PhotoId> {
    link.get_attribute("href")?.rsplit('/').next()?.parse().ok()
}

fn listen<E: JsCast + 'static>(target: &EventTarget, name: &str, mut heard: impl FnMut(E) + 'static) {
    let heard = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| heard(event.unchecked_into()));
    let _ = target.add_event_listener_with_callback(name, heard.as_ref().unchecked_ref());
    // as long as the page
    heard.forget();
}

fn wall() -> Option<Element> {
    document().get_element_by_id("wall")
}

fn hang_more_in_time(gallery: GalleryId) {
    let Some(more) = document().get_element_by_id("more") else { return };
    let seen = Closure::<dyn FnMut(Vec<IntersectionObserverEntry>, IntersectionObserver)>::new(
        move |entries: Vec<IntersectionObserverEntry>, observer: IntersectionObserver| {
            let Some(near) = entries.iter().find(|entry| entry.is_intersecting()) else { return };
            let more = near.target();
            spawn_local(async move {
                if hang_more(gallery).await && more.is_connected() {
                    // looks again: on a tall screen one page may not be enough
                    observer.unobserve(&more);
                    observer.observe(&more);
                }
            });
        },
    );
    let options = IntersectionObserverInit::new();
    options.set_root_margin("1500px");
    if let Ok(observer) = IntersectionObserver::new_with_options(seen.as_ref().unchecked_ref(), &options) {
        observer.observe(&more);
    }
    seen.forget();
}

/// Hangs the next page below the last photograph. False when there is none, or another call is doing it; when the
/// network fails, the link stays and can be followed.
pub async fn hang_more(gallery: GalleryId) -> bool {
    let Some(more) = document().get_element_by_id("more") else { return false };
    let Some(after) = more.get_attribute("data-after").filter(|_| !more.has_attribute("aria-busy")) else { return false };
    let _ = more.set_attribute("aria-busy", "true");
    let answer = more_photographs(gallery, after).await;
    let _ = more.remove_attribute("aria-busy");
    let (Ok(page), Some(wall)) = (answer, wall()) else { return false };
    let _ = wall.insert_adjacent_html("beforeend", &page.html);
    match page.next {
        Some(next) => {
            let _ = more.set_attribute("href", &format!("{}?after={}", paths::gallery(gallery), paths::encode(&next)));
            let _ = more.set_attribute("data-after", &next);
        }
        None => more.parent_element().unwrap_or(more).remove(),
    }
    true
}

/// Puts the actions on the photograph under the pointer, or under a finger that rests. Not every phone calls a resting
/// finger a "context menu", so its time is taken here.
fn offer_actions(was_held: StoredValue<bool>) {
    let (Some(wall), Some(template)) = (wall(), document().get_element_by_id("photo-actions")) else { return };
    let actions = template.inner_html();
    let offer = move |target: &Element| {
        let photo = target.closest("li.pv-photo").ok()??;
        if photo.query_selector(".pv-photo-actions").ok()?.is_none() {
            photo.insert_adjacent_html("beforeend", &actions).ok()?;
        }
        Some(photo)
    };
    let hold = StoredValue::new_local({
        let offer = offer.clone();
        move |held: &Element| {
            was_held.set_value(true);
            let before = document().query_selector("li.pv-photo[data-held]").ok().flatten();
            before.into_iter().for_each(|photo| drop(photo.remove_attribute("data-held")));
            offer(held).into_iter().for_each(|photo| drop(photo.set_attribute("data-held", "")));
        }
    });
    listen(&wall, "pointerover", move |event: PointerEvent| {
        if event.pointer_type() == "mouse" {
            target(&event).as_ref().and_then(&offer);
        }
    });
    let resting = StoredValue::new(None::<Resting>);
    let stir = move || resting.try_update_value(Option::take).flatten().into_iter().for_each(|resting| resting.timer.clear());
    listen(&wall, "pointerdown", move |event: PointerEvent| {
        stir();
        was_held.set_value(false);
        let Some(under) = target(&event).filter(|_| event.pointer_type() != "mouse") else { return };
        let from = (event.client_x(), event.client_y());
        let timer = set_timeout_with_handle(move || hold.with_value(|hold| hold(&under)), HOLD);
        resting.set_value(timer.ok().map(|timer| Resting { timer, from }));
    });
    listen(&wall, "pointermove", move |event: PointerEvent| {
        let far = |resting: &Resting| (event.client_x() - resting.from.0).abs().max((event.client_y() - resting.from.1).abs()) > 10;
        if resting.with_value(|resting| resting.as_ref().is_some_and(far)) {
            stir();
        }
    });
    for end in ["pointerup", "pointercancel"] {
        listen(&wall, end, move |_: PointerEvent| stir());
    }
    listen(&wall, "contextmenu", move |event: PointerEvent| {
        if event.pointer_type() != "mouse" {
            event.prevent_default();
        }
    });
}

/// A finger that stays this long means the photograph under it, and no tap.
const HOLD: Duration = Duration::from_millis(450);

struct Resting {
    timer: TimeoutHandle,
    from: (i32, i32),
}

fn answer_clicks(shown: RwSignal<Option<Shown>>, buying: RwSignal<bool>, was_held: StoredValue<bool>) {
    let Some(wall) = wall() else { return };
    listen(&wall, "click", move |event: MouseEvent| {
        // the end of a long touch opens nothing
        if was_held.try_update_value(std::mem::take).unwrap_or_default() {
            return event.prevent_default();
        }
        let elsewhere = event.meta_key() || event.ctrl_key() || event.shift_key() || event.button() != 0;
        let Some(clicked) = target(&event).filter(|_| !elsewhere) else { return };
        let photo = clicked.closest("li.pv-photo").ok().flatten();
        let Some(link) = photo.and_then(|photo| photo.query_selector("a").ok().flatten()) else { return };
        let Some(id) = photo_of(&link) else { return };
        event.prevent_default();
        let button = clicked.closest("[data-act]").ok().flatten();
        match button.as_ref().and_then(|button| button.get_attribute("data-act")).as_deref() {
            Some("save") => save(id, button),
            Some("download") => drop(window().location().set_href(&paths::download(id, Size::Original))),
            act => {
                buying.set(act == Some("buy"));
                pass(shown, Shown::of(&link));
            }
        }
    });
}

fn save(photo: PhotoId, button: Option<Element>) {
    let Some(button) = button else { return };
    let size = button.get_attribute("data-size").and_then(|size| size.parse().ok());
    spawn_local(async move {
        match save_for_later(photo, size).await {
            Ok(()) => drop(button.set_attribute("aria-pressed", "true")),
            // the button says so; the photograph's own page says why
            Err(error) => drop(button.set_attribute("title", &error.to_string())),
        }
    });
}

fn target(event: &web_sys::Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// Calls when the person goes back or forward.
pub fn on_history(heard: impl Fn(String) + 'static) {
    let handle = window_event_listener(ev::popstate, move |_| heard(window().location().pathname().unwrap_or_default()));
    on_cleanup(move || handle.remove());
}
