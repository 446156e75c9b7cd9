//! Moving photographs without a mouse: a finger on the grip, or the arrow keys on it.
use super::{Board, order::Place};
use crate::{
    shared::PhotoId,
    ui::{Icon, IconName},
};
use leptos::{ev, prelude::*, wasm_bindgen::JsCast};
use web_sys::{Element, HtmlElement};

/// So near to an edge of the window the page moves along.
const EDGE: f64 = 80.0;

#[component]
pub fn Grip(board: Board, photo: PhotoId, alt: String) -> impl IntoView {
    let label = format!("Move {alt} with the arrow keys, or drag it");
    view! {
        <button
            type="button"
            class="pv-photo-grip"
            aria-label=label
            title="Move"
            on:keydown=move |event| press(board, photo, &event)
            on:pointerdown=move |event| take(board, photo, &event)
            on:pointermove=move |event| carry(board, &event)
            on:pointerup=move |_| {
                if board.by_hand.get_untracked() {
                    board.let_go();
                }
            }
            on:pointercancel=move |_| board.let_be()
            on:contextmenu=move |event| {
                if board.by_hand.get_untracked() {
                    event.prevent_default();
                }
            }
        >
            <Icon name=IconName::Grip />
        </button>
    }
}

fn press(board: Board, photo: PhotoId, event: &ev::KeyboardEvent) {
    let by = match event.key().as_str() {
        "ArrowLeft" | "ArrowUp" => -1,
        "ArrowRight" | "ArrowDown" => 1,
        _ => return,
    };
    event.prevent_default();
    board.shift(photo, by);
    // the moved frame is a new one to the browser, and the focus stays on the old place
    request_animation_frame(move || {
        let grip = document().query_selector(&format!("[data-id=\"{photo}\"] .pv-photo-grip")).ok().flatten();
        grip.and_then(|grip| grip.dyn_into::<HtmlElement>().ok()).into_iter().for_each(|grip| drop(grip.focus()));
    });
}

/// A mouse drags the photograph itself; fingers and pens drag by the grip, so that the page can still be scrolled.
fn take(board: Board, photo: PhotoId, event: &ev::PointerEvent) {
    if event.pointer_type() == "mouse" {
        return;
    }
    let grip = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
    grip.into_iter().for_each(|grip| drop(grip.set_pointer_capture(event.pointer_id())));
    board.by_hand.set(true);
    board.dragged.set(Some(photo));
}

fn carry(board: Board, event: &ev::PointerEvent) {
    if !board.by_hand.get_untracked() {
        return;
    }
    board.over.set(place_at(event.client_x(), event.client_y()));
    let (y, height) = (f64::from(event.client_y()), window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(f64::MAX));
    if y < EDGE {
        window().scroll_by_with_x_and_y(0.0, -16.0);
    } else if y > height - EDGE {
        window().scroll_by_with_x_and_y(0.0, 16.0);
    }
}

/// The photograph under this point of the window, and the half of it that is meant.
pub fn place_at(x: i32, y: i32) -> Option<Place> {
    let under = document().element_from_point(x as f32, y as f32)?;
    let frame = under.closest(".pv-photo[data-id]").ok()??;
    let rect = frame.get_bounding_client_rect();
    let beside = frame.get_attribute("data-id")?.parse().ok()?;
    Some(Place { beside, after: f64::from(x) > rect.x() + rect.width() / 2.0 })
}
