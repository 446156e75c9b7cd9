use super::{Board, hand};
use crate::{
    features::{galleries::PhotoTile, photos::PhotoStatus},
    paths,
    shared::GalleryId,
    ui::{Icon, IconName},
};
use leptos::prelude::*;

#[component]
pub fn Tile(tile: PhotoTile, board: Board) -> impl IntoView {
    let id = tile.id;
    let style = format!("--ratio:{:.4};{}", tile.ratio(), tile.placeholder.style());
    let inside = match tile.status {
        PhotoStatus::Ready => view! { <Ready tile=tile.clone() gallery=board.gallery /> }.into_any(),
        PhotoStatus::Received => view! {
            <span class="pv-photo-state">
                <Icon name=IconName::Clock />
                "In preparation"
            </span>
        }
        .into_any(),
        PhotoStatus::Failed => view! { <Failed tile=tile.clone() /> }.into_any(),
    };
    let name = format!("Choose {}", tile.alt);
    let over = move || board.over.get().filter(|place| place.beside == id).map(|place| if place.after { "after" } else { "before" });
    view! {
        <li
            class="pv-photo"
            style=style
            draggable=move || (!board.by_hand.get()).to_string()
            data-id=id.to_string()
            data-status=tile.status.as_str()
            data-dragged=move || (board.dragged.get() == Some(id)).then_some("")
            data-over=over
            on:dragstart=move |_| board.dragged.set(Some(id))
            on:dragend=move |_| board.let_be()
            on:dragover=move |event| {
                if board.dragged.get_untracked().is_some() {
                    event.prevent_default();
                    board.over.set(hand::place_at(event.client_x(), event.client_y()));
                }
            }
            on:drop=move |event| {
                if board.dragged.get_untracked().is_some() {
                    event.prevent_default();
                    board.let_go();
                }
            }
        >
            {inside}
            <input type="checkbox" class="pv-checkbox pv-photo-pick" name="photos[]" value=id.to_string() aria-label=name />
            {tile
                .is_cover
                .then(|| {
                    view! {
                        <span class="pv-photo-mark" title="Cover">
                            <Icon name=IconName::Star />
                            <span class="sr-only">"Cover"</span>
                        </span>
                    }
                })}
            <Show when=move || board.is_awake.get()>
                <hand::Grip board=board photo=id alt=tile.alt.clone() />
            </Show>
        </li>
    }
}

#[component]
fn Ready(tile: PhotoTile, gallery: GalleryId) -> impl IntoView {
    view! {
        <a href=paths::photo(gallery, tile.id) draggable="false">
            <img
                class="pv-fade"
                src=paths::picture(tile.id, "thumb")
                alt=tile.alt
                width=tile.width.to_string()
                height=tile.height.to_string()
                loading="lazy"
                decoding="async"
                draggable="false"
            />
        </a>
    }
}

#[component]
fn Failed(tile: PhotoTile) -> impl IntoView {
    view! {
        <span class="pv-photo-state">
            <Icon name=IconName::Warning />
            <bdi class="break-all">{tile.alt}</bdi>
            <span>{tile.failure.unwrap_or_default()}</span>
            <button class="pv-btn" formaction="/_fn/retry_photo" name="photo" value=tile.id.to_string()>
                <Icon name=IconName::Retry />
                "Try again"
            </button>
        </span>
    }
}
