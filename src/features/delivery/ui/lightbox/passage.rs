//! From the wall into the lightbox and back. Where the browser can, the photograph itself grows out of its tile and
//! shrinks into it; elsewhere, and for who wants no motion, it is simply there.
use super::{super::wall::links, Shown};
use leptos::{
    prelude::*,
    task::{spawn_local, tick},
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{
    Element,
    js_sys::{Function, Promise, Reflect},
};

/// The picture that travels: style/lightbox.css gives it the name by which the browser knows it on both sides.
const TRAVELS: &str = "data-travels";

/// Shows a photograph, or the wall again.
pub fn pass(shown: RwSignal<Option<Shown>>, next: Option<Shown>) {
    let is_opening = shown.with_untracked(Option::is_none);
    let tile = if is_opening { next.as_ref().and_then(tile) } else { shown.with_untracked(|shown| shown.as_ref().and_then(tile)) };
    let (Some(begin), Some(tile), true) = (view_transition(), tile, is_opening == next.is_some()) else { return shown.set(next) };
    let before = document().query_selector(&format!("[{TRAVELS}]")).ok().flatten();
    before.into_iter().for_each(|tile| drop(tile.remove_attribute(TRAVELS)));
    let _ = tile.toggle_attribute_with_force(TRAVELS, is_opening);
    let change = Closure::once_into_js(move || {
        Promise::new(&mut |done: Function, _| {
            let (tile, next) = (tile.clone(), next.clone());
            spawn_local(async move {
                shown.set(next);
                tick().await;
                let _ = tile.toggle_attribute_with_force(TRAVELS, !is_opening);
                let _ = done.call0(&JsValue::UNDEFINED);
            });
        })
    });
    let _ = begin.call1(&document(), &change);
}

fn tile(shown: &Shown) -> Option<Element> {
    links().get(shown.index)?.query_selector("img").ok()?
}

/// `document.startViewTransition`, which not every browser has.
fn view_transition() -> Option<Function> {
    let is_still = window().match_media("(prefers-reduced-motion: reduce)").ok()?.is_some_and(|asked| asked.matches());
    let begin = Reflect::get(&document(), &"startViewTransition".into()).ok()?;
    begin.dyn_into().ok().filter(|_| !is_still)
}
