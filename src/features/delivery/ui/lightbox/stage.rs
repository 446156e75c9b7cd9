use super::{Box, RoundButton, Shown};
use crate::{paths, shared::PhotoId, ui::IconName};
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlImageElement};

/// How the picture is moved and magnified, in CSS pixels from its place.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Zoom {
    scale: f64,
    x: f64,
    y: f64,
}

const PLAIN: Zoom = Zoom { scale: 1.0, x: 0.0, y: 0.0 };
const NEAR: f64 = 2.5;
const NEAREST: f64 = 6.0;

/// Fingers (or the mouse) on the picture, and how it was when they came.
#[derive(Clone, Default)]
struct Touch {
    points: Vec<(i32, f64, f64)>,
    from: (f64, f64),
    spread: f64,
    zoom: Option<Zoom>,
    pinched: bool,
}

/// The picture. Arrows, swipe, pinch, double click.
#[component]
pub fn Stage(me: Box) -> impl IntoView {
    let zoom = RwSignal::new(PLAIN);
    let touch = StoredValue::new(Touch::default());
    let stage = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(shown) = me.shown.get() {
            zoom.set(PLAIN);
            [1, -1].into_iter().filter_map(|by| Shown::at(shown.index.checked_add_signed(by)?)).for_each(|near| preload(&near));
        }
    });
    let magnify = move |x: f64, y: f64| {
        zoom.update(|zoom| {
            *zoom = if zoom.scale > 1.0 { PLAIN } else { Zoom { scale: NEAR, x: -x * (NEAR - 1.0), y: -y * (NEAR - 1.0) } };
        });
    };
    let from_middle = move |event: &ev::MouseEvent| {
        let place = stage.get_untracked().map(|stage| stage.get_bounding_client_rect());
        place.map_or((0.0, 0.0), |r| {
            (f64::from(event.client_x()) - r.x() - r.width() / 2.0, f64::from(event.client_y()) - r.y() - r.height() / 2.0)
        })
    };
    view! {
        <div
            node_ref=stage
            class="pv-lightbox-stage"
            style="container-type:size"
            on:pointerdown=move |event| press(touch, zoom, &event)
            on:pointermove=move |event| drag(touch, zoom, &event)
            on:pointerup=move |event| release(me, touch, zoom, &event)
            on:pointercancel=move |_| {
                touch.set_value(Touch::default());
                zoom.set(PLAIN);
            }
            on:dblclick=move |event| {
                // turning two pages quickly is no wish to come nearer
                if !on_control(&event) {
                    let (x, y) = from_middle(&event);
                    magnify(x, y);
                }
            }
        >
            {move || me.shown.get().map(|shown| view! { <Picture shown=shown zoom=zoom /> })}
            <div class="pv-lightbox-top pv-lightbox-controls">
                <RoundButton icon=IconName::ZoomIn label="Zoom" act=move || magnify(0.0, 0.0) />
                <RoundButton icon=IconName::Close label="Close" act=move || me.leave() />
            </div>
            <RoundButton icon=IconName::ChevronLeft label="Previous photograph" class="pv-lightbox-previous pv-lightbox-controls" act=move || me.go(-1) />
            <RoundButton icon=IconName::ChevronRight label="Next photograph" class="pv-lightbox-next pv-lightbox-controls" act=move || me.go(1) />
        </div>
    }
}

#[component]
fn Picture(shown: Shown, zoom: RwSignal<Zoom>) -> impl IntoView {
    let ratio = shown.ratio();
    let thumb = paths::picture(shown.photo, "thumb");
    let style = move || {
        let Zoom { scale, x, y } = zoom.get();
        // the small picture, which the browser has already, stands in for the large one
        format!(
            "width:min(100cqw,calc(100cqh*{ratio:.4}));max-width:none;height:auto;aspect-ratio:{ratio:.4};background:url({thumb}) center/cover;\
             transform:translate({x:.1}px,{y:.1}px) scale({scale:.3});user-select:none"
        )
    };
    let sizes = move || if zoom.get().scale > 1.0 { "250vw" } else { "100vw" };
    view! {
        <img
            src=paths::picture(shown.photo, "web-2048")
            srcset=srcset(shown.photo, ratio)
            sizes=sizes
            alt=shown.alt.clone()
            draggable="false"
            style=style
        />
    }
}

fn srcset(photo: PhotoId, ratio: f64) -> String {
    let width = |side: f64| (side * ratio.min(1.0)) as i64;
    format!("{} {}w,{} {}w", paths::picture(photo, "web-1024"), width(1024.0), paths::picture(photo, "web-2048"), width(2048.0))
}

/// The neighbours are there before one turns to them.
fn preload(shown: &Shown) {
    if let Ok(picture) = HtmlImageElement::new() {
        picture.set_sizes("100vw");
        picture.set_srcset(&srcset(shown.photo, shown.ratio()));
    }
}

fn on_control(event: &ev::MouseEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest("button").is_ok_and(|button| button.is_some()))
}

fn press(touch: StoredValue<Touch>, zoom: RwSignal<Zoom>, event: &ev::PointerEvent) {
    if on_control(event) {
        return;
    }
    touch.update_value(|touch| {
        touch.points.push((event.pointer_id(), f64::from(event.client_x()), f64::from(event.client_y())));
        touch.from = (f64::from(event.client_x()), f64::from(event.client_y()));
        touch.spread = spread(&touch.points);
        touch.zoom = Some(zoom.get_untracked());
        touch.pinched |= touch.points.len() > 1;
    });
}

fn spread(points: &[(i32, f64, f64)]) -> f64 {
    match points {
        [(_, ax, ay), (_, bx, by), ..] => (ax - bx).hypot(ay - by),
        _ => 0.0,
    }
}

fn drag(touch: StoredValue<Touch>, zoom: RwSignal<Zoom>, event: &ev::PointerEvent) {
    touch.update_value(|touch| {
        let Some(point) = touch.points.iter_mut().find(|(id, ..)| *id == event.pointer_id()) else { return };
        (point.1, point.2) = (f64::from(event.client_x()), f64::from(event.client_y()));
        let Some(before) = touch.zoom else { return };
        let (dx, dy) = (f64::from(event.client_x()) - touch.from.0, f64::from(event.client_y()) - touch.from.1);
        match touch.points.len() {
            2 if touch.spread > 0.0 => {
                let scale = (before.scale * spread(&touch.points) / touch.spread).clamp(1.0, NEAREST);
                let nearer = Zoom { scale, x: before.x * scale / before.scale, y: before.y * scale / before.scale };
                // as small as it gets it stands in its own place again
                zoom.set(if scale > 1.0 { nearer } else { PLAIN });
            }
            1 if before.scale > 1.0 => zoom.set(Zoom { x: before.x + dx, y: before.y + dy, ..before }),
            1 if event.pointer_type() != "mouse" && !touch.pinched => zoom.set(Zoom { x: dx, ..PLAIN }),
            _ => {}
        }
    });
}

/// A swipe turns the page or, downwards, leaves; a tap shows or hides the controls.
fn release(me: Box, touch: StoredValue<Touch>, zoom: RwSignal<Zoom>, event: &ev::PointerEvent) {
    let Touch { from, pinched, points, .. } = touch.get_value();
    touch.update_value(|touch| touch.points.retain(|(id, ..)| *id != event.pointer_id()));
    if points.len() != 1 {
        return;
    }
    touch.set_value(Touch::default());
    if pinched || zoom.get_untracked().scale > 1.0 {
        return;
    }
    zoom.set(PLAIN);
    if event.pointer_type() == "mouse" {
        return;
    }
    let (dx, dy) = (f64::from(event.client_x()) - from.0, f64::from(event.client_y()) - from.1);
    match (dx.abs() > dy.abs(), dx, dy) {
        (true, 60.0.., _) => me.go(-1),
        (true, ..=-60.0, _) => me.go(1),
        (false, _, 100.0..) => me.leave(),
        _ if dx.hypot(dy) < 8.0 => me.idle.update(|idle| *idle = !*idle),
        _ => {}
    }
}
