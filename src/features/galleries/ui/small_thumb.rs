use crate::{features::galleries::PhotoTile, paths};
use leptos::prelude::*;

/// The picture of a row: a photograph cut to a small square, or its place while there is none to show.
#[component]
pub fn SmallThumb(#[prop(optional_no_strip)] tile: Option<PhotoTile>) -> impl IntoView {
    let placeholder = tile.as_ref().map(|tile| tile.placeholder.style());
    let picture = tile.filter(PhotoTile::is_ready).map(|tile| {
        view! {
            <img
                src=paths::picture(tile.id, "thumb")
                alt=""
                width=tile.width.to_string()
                height=tile.height.to_string()
                loading="lazy"
                decoding="async"
            />
        }
    });
    view! {
        <span class="pv-thumb pv-thumb-small" style=placeholder>
            {picture}
        </span>
    }
}
