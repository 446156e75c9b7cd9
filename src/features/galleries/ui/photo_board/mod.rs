mod bulk_bar;
mod hand;
mod order;
mod tile;

use super::uploader::ARRIVED;
use crate::{
    features::{
        galleries::{
            PhotoTile, Progress,
            api::{gallery_progress, reorder_photos},
        },
        photos::{PhotoStatus, Tally},
    },
    shared::{GalleryId, PhotoId},
    ui::NewsLine,
};
use bulk_bar::BulkBar;
use leptos::{prelude::*, task::spawn_local, wasm_bindgen::JsCast};
use order::{Place, rearranged};
use std::{collections::VecDeque, time::Duration};
use tile::Tile;

/// The gallery's photographs in their order. Without a script it is a form with checkboxes and buttons; with one, each
/// photograph appears as soon as its picture is there, and the order is changed by dragging or with the arrow keys.
#[island]
pub fn PhotoBoard(gallery: GalleryId, tiles: Vec<PhotoTile>, tally: Tally, is_last_page: bool) -> impl IntoView {
    let board = Board {
        gallery,
        is_last_page,
        tiles: RwSignal::new(tiles),
        tally: RwSignal::new(tally),
        is_asking: RwSignal::new(false),
        asks_again: RwSignal::new(false),
        is_waiting: RwSignal::new(false),
        line: NewsLine::new(),
        dragged: RwSignal::new(None),
        over: RwSignal::new(None),
        by_hand: RwSignal::new(false),
        is_awake: RwSignal::new(false),
        unkept: StoredValue::new(VecDeque::new()),
        is_keeping: RwSignal::new(false),
        told: RwSignal::new(String::new()),
        problem: RwSignal::new(None),
    };
    Effect::new(move |_| board.begin());
    view! {
        <form method="post" action="/_fn/move_photos" class="group">
            <input type="hidden" name="gallery" value=gallery.to_string() />
            <p class="text-sm text-muted mb-2" role="status" data-preparing=move || board.tally.get().preparing.to_string()>
                {move || in_words(board.tally.get())}
            </p>
            <p class="sr-only" role="status">
                {move || board.told.get()}
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

/// Where a photograph stands in the gallery's order: of two numbers the longer one is greater.
fn stands(tile: &PhotoTile) -> (usize, &str) {
    (tile.cursor.len(), &tile.cursor)
}

/// Which photographs, and before which one.
type Move = (Vec<PhotoId>, Option<PhotoId>);

#[derive(Clone, Copy)]
struct Board {
    gallery: GalleryId,
    /// Only here do new photographs appear: they come last.
    is_last_page: bool,
    tiles: RwSignal<Vec<PhotoTile>>,
    tally: RwSignal<Tally>,
    is_asking: RwSignal<bool>,
    /// Something changed while the last answer was on its way.
    asks_again: RwSignal<bool>,
    /// A question for later is planned.
    is_waiting: RwSignal<bool>,
    line: NewsLine,
    dragged: RwSignal<Option<PhotoId>>,
    over: RwSignal<Option<Place>>,
    /// A finger carries it, not the mouse.
    by_hand: RwSignal<bool>,
    is_awake: RwSignal<bool>,
    /// Moves that the server doesn't know yet.
    unkept: StoredValue<VecDeque<Move>>,
    is_keeping: RwSignal<bool>,
    /// For ears: where a photograph stands now.
    told: RwSignal<String>,
    problem: RwSignal<Option<String>>,
}

impl Board {
    /// In the browser: asks when the live line says that something changed, and when the uploader says that something
    /// arrived. Without a line it asks every second while something is in preparation.
    fn begin(self) {
        self.is_awake.set(true);
        self.line.open(&format!("gallery:{}", self.gallery), move || self.ask());
        let arrival = window_event_listener_untyped(ARRIVED, move |_| self.ask());
        on_cleanup(move || arrival.remove());
        if self.tally.get_untracked().preparing > 0 {
            self.ask_later();
        }
    }

    fn ask_later(self) {
        if self.is_waiting.get_untracked() {
            return;
        }
        self.is_waiting.set(true);
        let wait = Duration::from_secs(if self.line.is_open() { 15 } else { 1 });
        set_timeout(
            move || {
                self.is_waiting.set(false);
                self.line.look();
                self.ask();
            },
            wait,
        );
    }

    fn ask(self) {
        if self.is_asking.get_untracked() {
            self.asks_again.set(true);
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
            if self.asks_again.get_untracked() {
                self.asks_again.set(false);
                // many photographs become ready at once: one question for all of them
                set_timeout(move || self.ask(), Duration::from_millis(300));
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
                    // uploads that run side by side may be heard of in another order than they have
                    None => {
                        let place = tiles.iter().rposition(|known| stands(known) < stands(&tile)).map_or(0, |before| before + 1);
                        tiles.insert(place, tile);
                    }
                }
            }
        });
        if preparing > 0 {
            self.ask_later();
        }
    }

    /// The dragged photograph, or all chosen ones when it is one of them, goes where it is let go.
    fn let_go(self) {
        let (dragged, place) = (self.dragged.get_untracked(), self.over.get_untracked());
        self.let_be();
        if let (Some(dragged), Some(place)) = (dragged, place) {
            let chosen = chosen();
            self.put(if chosen.contains(&dragged) { chosen } else { vec![dragged] }, place);
        }
    }

    fn let_be(self) {
        self.dragged.set(None);
        self.over.set(None);
        self.by_hand.set(false);
    }

    /// One place on or back, and says where that is.
    fn shift(self, photo: PhotoId, by: isize) {
        let order = self.order();
        let Some(here) = order.iter().position(|id| *id == photo) else { return };
        let Some(beside) = here.checked_add_signed(by).and_then(|there| order.get(there)) else { return };
        self.put(vec![photo], Place { beside: *beside, after: by > 0 });
        let place = self.order().iter().position(|id| *id == photo).map_or(0, |place| place + 1);
        self.told.set(format!("Now number {place} of {} on this page.", order.len()));
    }

    fn order(self) -> Vec<PhotoId> {
        self.tiles.with_untracked(|tiles| tiles.iter().map(|tile| tile.id).collect())
    }

    fn put(self, moved: Vec<PhotoId>, place: Place) {
        let order = self.order();
        // the end of this page is not the end of the gallery
        let is_end = order.last() == Some(&place.beside) && !self.is_last_page;
        let Some((order, target)) = rearranged(&order, &moved, Place { after: place.after && !is_end, ..place }) else { return };
        let moved = order.iter().copied().filter(|id| moved.contains(id)).collect();
        self.tiles.update(|tiles| tiles.sort_by_cached_key(|tile| order.iter().position(|id| *id == tile.id)));
        self.unkept.update_value(|unkept| unkept.push_back((moved, target)));
        self.keep();
    }

    /// Tells the server of one move after the other: two at once could arrive the other way round.
    fn keep(self) {
        if self.is_keeping.get_untracked() {
            return;
        }
        self.is_keeping.set(true);
        spawn_local(async move {
            while let Some((moved, target)) = self.unkept.try_update_value(VecDeque::pop_front).flatten() {
                let done = reorder_photos(self.gallery, moved, target).await;
                self.problem
                    .set(done.as_ref().err().map(|error| format!("The order was not kept: {error} Load the page again to see it.")));
                if done.is_err() {
                    self.unkept.set_value(VecDeque::new());
                }
            }
            self.is_keeping.set(false);
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
