use super::uploader::ARRIVED;
use crate::{
    features::{
        galleries::{
            PhotoTile, Progress,
            api::{gallery_progress, reorder_photos},
        },
        photos::{PhotoStatus, Tally},
    },
    paths,
    shared::{GalleryId, PhotoId},
    ui::{Icon, IconName},
};
use leptos::{prelude::*, task::spawn_local, wasm_bindgen::JsCast};
use std::time::Duration;

/// The gallery's photographs in their order. Without a script it is a form with checkboxes and buttons; with one, each
/// photograph appears as soon as its picture is there, and the order can be changed by dragging.
#[island]
pub fn PhotoBoard(gallery: GalleryId, tiles: Vec<PhotoTile>, tally: Tally, is_last_page: bool) -> impl IntoView {
    let board = Board {
        gallery,
        is_last_page,
        tiles: RwSignal::new(tiles),
        tally: RwSignal::new(tally),
        is_asking: RwSignal::new(false),
        dragged: RwSignal::new(None),
        over: RwSignal::new(None),
        problem: RwSignal::new(None),
    };
    Effect::new(move |_| board.begin());
    view! {
        <form method="post" action="/_fn/move_photos" class="group">
            <input type="hidden" name="gallery" value=gallery.to_string() />
            <p class="text-sm text-muted mb-2" role="status" data-preparing=move || board.tally.get().preparing.to_string()>
                {move || in_words(board.tally.get())}
            </p>
            <Show when=move || board.problem.get().is_some()>
                <p class="pv-problem" role="alert">
                    {move || board.problem.get()}
                </p>
            </Show>
            <ul class="pv-photo-grid" aria-label="Photographs">
                <For each=move || board.tiles.get() key=|tile| (tile.id, tile.status, tile.is_cover) let:tile>
                    <Tile tile=tile board=board />
                </For>
            </ul>
            <BulkBar gallery=gallery />
        </form>
    }
}

#[derive(Clone, Copy)]
struct Board {
    gallery: GalleryId,
    /// Only here do new photographs appear: they come last.
    is_last_page: bool,
    tiles: RwSignal<Vec<PhotoTile>>,
    tally: RwSignal<Tally>,
    is_asking: RwSignal<bool>,
    dragged: RwSignal<Option<PhotoId>>,
    over: RwSignal<Option<PhotoId>>,
    problem: RwSignal<Option<String>>,
}

impl Board {
    /// In the browser: asks while something is in preparation, and when the uploader says that something arrived.
    fn begin(self) {
        let arrival = window_event_listener_untyped(ARRIVED, move |_| self.ask());
        on_cleanup(move || arrival.remove());
        if self.tally.get_untracked().preparing > 0 {
            self.ask_later();
        }
    }

    fn ask_later(self) {
        set_timeout(move || self.ask(), Duration::from_secs(1));
    }

    fn ask(self) {
        if self.is_asking.get_untracked() {
            return;
        }
        self.is_asking.set(true);
        let (waiting, last) = self.tiles.with_untracked(|tiles| {
            let waiting = tiles.iter().filter(|tile| tile.status == PhotoStatus::Received).map(|tile| tile.id).take(150).collect();
            (waiting, self.is_last_page.then(|| tiles.last().map_or(Progress::FROM_THE_START.into(), |tile| tile.cursor.clone())))
        });
        spawn_local(async move {
            let answer = gallery_progress(self.gallery, waiting, last).await;
            self.is_asking.set(false);
            match answer {
                Ok(progress) => self.show(progress),
                // away for a moment: the next answer tells everything
                Err(_) => self.ask_later(),
            }
        });
    }

    fn show(self, progress: Progress) {
        let preparing = progress.tally.preparing;
        self.tally.set(progress.tally);
        self.tiles.update(|tiles| {
            for tile in progress.tiles {
                match tiles.iter_mut().find(|known| known.id == tile.id) {
                    Some(known) => *known = tile,
                    None => tiles.push(tile),
                }
            }
        });
        if preparing > 0 {
            self.ask_later();
        }
    }

    /// The dragged photograph, or all chosen ones when it is one of them, goes before the one it is let go on.
    fn let_go(self, target: PhotoId) {
        let dragged = self.dragged.get_untracked();
        self.dragged.set(None);
        self.over.set(None);
        let Some(dragged) = dragged else { return };
        let chosen = chosen();
        let moved = if chosen.contains(&dragged) { chosen } else { vec![dragged] };
        if moved.contains(&target) {
            return;
        }
        let before = self.tiles.get_untracked();
        self.tiles.update(|tiles| {
            let (mut going, mut staying): (Vec<_>, Vec<_>) = tiles.drain(..).partition(|tile| moved.contains(&tile.id));
            let place = staying.iter().position(|tile| tile.id == target).unwrap_or(staying.len());
            let rest = staying.split_off(place);
            staying.append(&mut going);
            staying.extend(rest);
            *tiles = staying;
        });
        let moved = self.tiles.with_untracked(|tiles| tiles.iter().map(|tile| tile.id).filter(|id| moved.contains(id)).collect());
        spawn_local(async move {
            let done = reorder_photos(self.gallery, moved, Some(target)).await;
            self.problem.set(done.as_ref().err().map(|error| format!("The order was not kept: {error}")));
            if done.is_err() {
                self.tiles.set(before);
            }
        });
    }
}

/// The photographs whose boxes are ticked.
fn chosen() -> Vec<PhotoId> {
    let Ok(boxes) = document().query_selector_all(".pv-photo-pick:checked") else { return vec![] };
    let inputs = (0..boxes.length()).filter_map(|n| boxes.item(n)?.dyn_into::<web_sys::HtmlInputElement>().ok());
    inputs.filter_map(|input| input.value().parse().ok()).collect()
}

fn in_words(tally: Tally) -> String {
    let mut parts = vec![match tally.ready {
        0 if tally.all() == 0 => "No photographs yet. They appear here as they come in.".into(),
        1 => "1 photograph".into(),
        n => format!("{n} photographs"),
    }];
    if tally.preparing > 0 {
        parts.push(format!("{} in preparation", tally.preparing));
    }
    if tally.failed > 0 {
        parts.push(format!("{} failed", tally.failed));
    }
    parts.join(" · ")
}

#[component]
fn Tile(tile: PhotoTile, board: Board) -> impl IntoView {
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
    view! {
        <li
            class="pv-photo"
            style=style
            draggable="true"
            data-status=tile.status.as_str()
            data-dragged=move || (board.dragged.get() == Some(id)).then_some("")
            data-over=move || (board.over.get() == Some(id) && board.dragged.get() != Some(id)).then_some("")
            on:dragstart=move |_| board.dragged.set(Some(id))
            on:dragend=move |_| {
                board.dragged.set(None);
                board.over.set(None);
            }
            on:dragover=move |event| {
                if board.dragged.get_untracked().is_some() {
                    event.prevent_default();
                    board.over.set(Some(id));
                }
            }
            on:drop=move |event| {
                if board.dragged.get_untracked().is_some() {
                    event.prevent_default();
                    board.let_go(id);
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

/// Appears with the first chosen photograph; that needs no script.
#[component]
fn BulkBar(gallery: GalleryId) -> impl IntoView {
    let way = |way: &'static str, label: &'static str, icon: IconName| {
        view! {
            <button class="pv-btn pv-btn-ghost pv-btn-icon" name="way" value=way aria-label=label title=label>
                <Icon name=icon />
            </button>
        }
    };
    view! {
        <div class="pv-bulk-bar hidden group-has-[.pv-photo-pick:checked]:flex" role="group" aria-label="Chosen photographs">
            <span class="text-sm text-muted">"Chosen:"</span>
            <button class="pv-btn pv-btn-ghost" formaction="/_fn/set_cover">
                <Icon name=IconName::Star />
                <span>"Make cover"</span>
            </button>
            <button class="pv-btn pv-btn-ghost" formaction=format!("{}#access", paths::studio_gallery(gallery)) formmethod="get">
                <Icon name=IconName::Users />
                <span>"Give access"</span>
            </button>
            {way("first", "Move to the start", IconName::ArrowUp)} {way("earlier", "Move one earlier", IconName::ArrowLeft)}
            {way("later", "Move one later", IconName::ArrowRight)} {way("last", "Move to the end", IconName::ArrowDown)}
            <button class="pv-btn pv-btn-danger" formaction="/_fn/remove_photos">
                <Icon name=IconName::Trash />
                <span>"Remove"</span>
            </button>
            <button type="reset" class="pv-btn pv-btn-ghost">
                "Choose none"
            </button>
        </div>
    }
}
