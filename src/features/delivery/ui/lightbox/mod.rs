//! One photograph and nothing else: dark in both themes, with an address of its own. A native dialog, so that the focus
//! stays inside it and what lies behind is out of reach for everybody.
mod offers;
mod passage;
mod stage;
mod strip;

use super::wall::{hang_more, links, on_history, photo_of};
use crate::{
    features::delivery::{Look, api::look_at_photo},
    paths,
    shared::{GalleryId, PhotoId},
    ui::{Icon, IconName},
};
use leptos::{ev, html, leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use offers::Offers;
pub use passage::pass;
use stage::Stage;
use std::time::Duration;
use strip::Strip;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};

/// The photograph that fills the screen, as its tile tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    pub photo: PhotoId,
    /// Its place among the tiles of the page.
    pub index: usize,
    pub width: f64,
    pub height: f64,
    pub alt: String,
}

impl Shown {
    pub fn of(link: &Element) -> Option<Self> {
        let index = links().iter().position(|other| other == link)?;
        let picture = link.query_selector("img").ok()??;
        let number = |name: &str| picture.get_attribute(name).and_then(|text| text.parse().ok()).unwrap_or(1.0);
        Some(Self {
            photo: photo_of(link)?,
            index,
            width: number("width"),
            height: number("height"),
            alt: picture.get_attribute("alt").unwrap_or_default(),
        })
    }

    pub fn at(index: usize) -> Option<Self> {
        links().get(index).and_then(Self::of)
    }

    pub fn ratio(&self) -> f64 {
        self.width / self.height.max(1.0)
    }
}

/// What the parts of the lightbox share.
#[derive(Clone, Copy)]
struct Box {
    gallery: GalleryId,
    shown: RwSignal<Option<Shown>>,
    look: RwSignal<Option<Look>>,
    /// The prices are unfolded.
    buying: RwSignal<bool>,
    idle: RwSignal<bool>,
    /// What the last action did, for eyes and ears.
    told: RwSignal<String>,
}

impl Box {
    /// By so many photographs on (or back); at the end of what hangs in the page, more is hung first.
    fn go(self, by: isize) {
        let Some(here) = self.shown.get_untracked() else { return };
        let Some(index) = here.index.checked_add_signed(by) else { return };
        match Shown::at(index) {
            Some(next) => self.show(next),
            None => spawn_local(async move {
                if hang_more(self.gallery).await {
                    Shown::at(index).into_iter().for_each(|next| self.show(next));
                }
            }),
        }
    }

    fn show(self, next: Shown) {
        self.told.set(String::new());
        self.shown.set(Some(next));
    }

    /// Asks what may be done with the photograph that is shown now.
    fn refresh(self) {
        let Some(shown) = self.shown.get_untracked() else { return };
        spawn_local(async move {
            let found = look_at_photo(self.gallery, shown.photo).await;
            if self.shown.get_untracked().is_some_and(|now| now.photo == shown.photo) {
                if let Ok(look) = &found {
                    tell_cart(look.cart_count);
                }
                self.look.set(found.ok());
            }
        });
    }

    /// Back to the wall: through the history, so that the browser's own "back" does the same.
    fn leave(self) {
        let _ = history().and_then(|history| history.back());
    }
}

fn history() -> Result<web_sys::History, JsValue> {
    window().history()
}

#[component]
pub fn Lightbox(gallery: GalleryId, shown: RwSignal<Option<Shown>>, buying: RwSignal<bool>) -> impl IntoView {
    let me = Box { gallery, shown, buying, look: RwSignal::new(None), idle: RwSignal::new(false), told: RwSignal::new(String::new()) };
    let dialog = NodeRef::<html::Dialog>::new();
    follow_address(me, dialog);
    fetch_details(me);
    let awake = rest_when_idle(me);
    view! {
        <dialog
            node_ref=dialog
            class="pv-lightbox pv-dark"
            aria-modal="true"
            aria-label="Photograph"
            data-idle=move || (me.idle.get() && !me.buying.get()).then_some("")
            on:cancel=move |event: ev::Event| {
                event.prevent_default();
                me.leave();
            }
            on:keydown=move |event| {
                awake();
                press(me, &event);
            }
            on:pointermove=move |_| awake()
        >
            <Show when=move || me.shown.with(Option::is_some)>
                <Stage me=me />
                <Foot me=me />
                <Strip me=me />
            </Show>
        </dialog>
    }
}

/// Opens and closes the dialog and keeps the address in step: opening is a new entry of the history, turning the page
/// replaces it, going back closes.
fn follow_address(me: Box, dialog: NodeRef<html::Dialog>) {
    Effect::new(move |before: Option<Option<Shown>>| {
        let (now, before) = (me.shown.get(), before.flatten());
        let Some(dialog) = dialog.get_untracked() else { return now };
        match (&before, &now) {
            (None, Some(shown)) => {
                let _ = dialog.show_modal();
                if !at_photo(shown.photo) {
                    let _ = history()
                        .and_then(|history| history.push_state_with_url(&JsValue::NULL, "", Some(&paths::photo(me.gallery, shown.photo))));
                }
            }
            (Some(_), Some(shown)) if !at_photo(shown.photo) => {
                let _ = history()
                    .and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&paths::photo(me.gallery, shown.photo))));
            }
            (Some(last), None) => {
                dialog.close();
                let tile = links().into_iter().nth(last.index).and_then(|link| link.dyn_into::<HtmlElement>().ok());
                tile.into_iter().for_each(|tile| drop(tile.focus()));
            }
            _ => {}
        }
        now
    });
    Effect::new(move |_| {
        on_history(move |path| {
            let photo = path.split_once("/photos/").and_then(|(_, id)| id.parse::<PhotoId>().ok());
            let link = links().into_iter().find(|link| photo.is_some() && photo_of(link) == photo);
            me.buying.set(false);
            pass(me.shown, link.as_ref().and_then(Shown::of));
        });
    });
}

fn at_photo(photo: PhotoId) -> bool {
    window().location().pathname().is_ok_and(|path| path.ends_with(&photo.to_string()))
}

fn fetch_details(me: Box) {
    Effect::new(move |_| {
        if me.shown.with(Option::is_some) {
            me.look.set(None);
            me.refresh();
        }
    });
}

/// Gives the function that wakes the controls; they step back when nothing has moved for a while.
fn rest_when_idle(me: Box) -> impl Fn() + Copy + 'static {
    let timer = StoredValue::new(None::<TimeoutHandle>);
    move || {
        me.idle.set(false);
        timer.with_value(|timer| timer.iter().for_each(TimeoutHandle::clear));
        timer.set_value(set_timeout_with_handle(move || me.idle.set(true), Duration::from_millis(2500)).ok());
    }
}

fn press(me: Box, event: &ev::KeyboardEvent) {
    let far = links().len() as isize;
    let here = me.shown.with_untracked(|shown| shown.as_ref().map_or(0, |shown| shown.index as isize));
    match event.key().as_str() {
        "ArrowRight" => me.go(1),
        "ArrowLeft" => me.go(-1),
        "Home" => me.go(-here),
        "End" => me.go(far - 1 - here),
        _ => return,
    }
    event.prevent_default();
}

/// The name, and what may be done with it.
#[component]
fn Foot(me: Box) -> impl IntoView {
    let name = move || {
        me.look.with(|look| look.as_ref().map(|look| if look.title.is_empty() { look.filename.clone() } else { look.title.clone() }))
    };
    let label = move || name().or_else(|| me.shown.with(|shown| shown.as_ref().map(|shown| shown.alt.clone())));
    view! {
        <div class="pv-lightbox-foot pv-lightbox-controls">
            <p class="min-w-0 truncate">
                <bdi>{label}</bdi>
            </p>
            <p role="status" class="text-sm text-good">
                {move || me.told.get()}
            </p>
            <Offers me=me />
        </div>
    }
}

/// The number beside the cart in the page's bar.
fn tell_cart(count: i64) {
    let Some(cart) = document().query_selector(&format!(".pv-bar a[href='{}']", paths::CART)).ok().flatten() else { return };
    let badge = cart.query_selector(".pv-count").ok().flatten();
    match badge {
        Some(badge) => badge.set_text_content(Some(&count.to_string())),
        None if count > 0 => {
            drop(cart.insert_adjacent_html("beforeend", &format!("<span class=\"pv-count\" aria-hidden=\"true\">{count}</span>")))
        }
        None => {}
    }
    let _ = cart.set_attribute("aria-label", &format!("Cart, {count}"));
}

#[component]
fn RoundButton(icon: IconName, label: &'static str, #[prop(optional)] class: &'static str, act: impl Fn() + 'static) -> impl IntoView {
    view! {
        <button type="button" class=format!("pv-lightbox-button {class}") aria-label=label title=label on:click=move |_| act()>
            <Icon name=icon />
        </button>
    }
}
