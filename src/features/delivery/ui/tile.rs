use crate::{
    features::delivery::Tile,
    paths,
    ui::{Icon, IconName},
};
use leptos::prelude::*;

/// Tiles of a grid. The first `eager` are fetched at once; the browser fetches the others when they come near.
pub fn tiles(all: Vec<Tile>, first: usize) -> impl IntoView {
    let eager = if first == 0 { EAGER } else { 0 };
    all.into_iter().enumerate().map(|(n, tile)| view! { <PhotoTile tile=tile eager=n < eager /> }).collect_view()
}

/// About the two rows that can be seen when a page opens.
const EAGER: usize = 6;

/// One photograph in a justified grid: a box of its own shape from the first paint on, so that nothing ever moves.
#[component]
pub fn PhotoTile(tile: Tile, eager: bool) -> impl IntoView {
    let ratio = (tile.ratio() * 1000.0).round() / 1000.0;
    view! {
        <li class="pv-photo" style=format!("--ratio:{ratio};{}", tile.placeholder.style())>
            <a href=paths::photo(tile.gallery, tile.id)>
                <img
                    src=paths::picture(tile.id, "thumb")
                    srcset=srcset(&tile)
                    // a row is about 16 rem high on a desktop and 9 on a phone
                    sizes=format!("(width < 48rem) {}px, {}px", (ratio * 150.0) as i64, (ratio * 270.0) as i64)
                    width=tile.width
                    height=tile.height
                    alt=tile.alt
                    loading=(!eager).then_some("lazy")
                    decoding="async"
                />
            </a>
            {tile
                .is_bought
                .then(|| {
                    view! {
                        <span class="pv-photo-mark">
                            <Icon name=IconName::CircleCheck />
                            <span class="sr-only">"Yours"</span>
                        </span>
                    }
                })}
        </li>
    }
}

/// The small picture or the next larger one, as the screen needs.
fn srcset(tile: &Tile) -> String {
    format!("{} {}w,{} {}w", paths::picture(tile.id, "thumb"), tile.width_at(400), paths::picture(tile.id, "web-1024"), tile.width_at(1024))
}

/// For a photograph that fills the screen.
pub fn large_srcset(tile: &Tile) -> String {
    format!(
        "{} {}w,{} {}w",
        paths::picture(tile.id, "web-1024"),
        tile.width_at(1024),
        paths::picture(tile.id, "web-2048"),
        tile.width_at(2048)
    )
}
