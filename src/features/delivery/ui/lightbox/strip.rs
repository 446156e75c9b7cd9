use super::{Box, Shown};
use crate::paths;
use leptos::prelude::*;

/// Photographs to each side of the one that is shown.
const REACH: usize = 7;

/// On wide screens: what comes before and after.
#[component]
pub fn Strip(me: Box) -> impl IntoView {
    let around = move || {
        let here = me.shown.with(|shown| shown.as_ref().map(|shown| shown.index))?;
        let near = (here.saturating_sub(REACH)..=here + REACH).filter_map(Shown::at);
        Some(near.map(|near| view! { <Frame me=me is_here=near.index == here shown=near /> }).collect_view())
    };
    view! { <div class="pv-filmstrip pv-lightbox-controls">{around}</div> }
}

#[component]
fn Frame(me: Box, shown: Shown, is_here: bool) -> impl IntoView {
    let (ratio, photo) = (shown.ratio(), shown.photo);
    let label = format!("Show {}", shown.alt);
    view! {
        <button
            type="button"
            style=format!("--ratio:{ratio:.3}")
            aria-label=label
            aria-current=is_here.then_some("true")
            tabindex="-1"
            on:click=move |_| me.show(shown.clone())
        >
            <img src=paths::picture(photo, "thumb") alt="" loading="lazy" />
        </button>
    }
}
