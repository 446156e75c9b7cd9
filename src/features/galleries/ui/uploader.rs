use super::tray::{Parcel, Travel, is_litter, verdict};
use crate::{
    shared::GalleryId,
    ui::{Icon, IconName},
};
use leptos::{
    ev,
    prelude::*,
    wasm_bindgen::{JsCast, JsValue, closure::Closure},
};
use std::{cell::RefCell, collections::BTreeMap, rc::Rc};
use web_sys::{
    DataTransfer, Event, File, FileList, FileSystemDirectoryEntry, FileSystemDirectoryReader, FileSystemEntry, FileSystemFileEntry,
    FormData, HtmlInputElement, ProgressEvent, XmlHttpRequest,
    js_sys::{Array, Function},
};

/// The event that tells the page's other islands that photographs came in.
pub const ARRIVED: &str = "pv-arrived";
const IN_FLIGHT: usize = 3;
const KINDS: &str = "image/jpeg,image/png,image/webp,image/tiff,image/gif";

thread_local! {
    /// The browser's handles of the files; they never leave its one thread.
    static FILES: RefCell<BTreeMap<u32, File>> = const { RefCell::new(BTreeMap::new()) };
}

/// Upload as a place: drop anywhere on the page or choose files and folders. Without a script it is a plain form with
/// the same server function.
#[island]
pub fn Uploader(gallery: GalleryId) -> impl IntoView {
    let tray = Tray { gallery, parcels: RwSignal::new(vec![]), is_over: RwSignal::new(false) };
    let is_awake = RwSignal::new(false);
    Effect::new(move |_| {
        is_awake.set(true);
        tray.begin();
    });
    view! {
        <form method="post" action="/_fn/upload_photos" enctype="multipart/form-data" class="pv-drop" data-over=move || tray.is_over.get().then_some("")>
            <input type="hidden" name="gallery" value=gallery.to_string() />
            <Icon name=IconName::Upload class="size-8" />
            <label class="font-medium" for="upload-files">
                {move || if is_awake.get() { "Drop photographs or folders anywhere on this page, or choose them" } else { "Choose photographs" }}
            </label>
            <input id="upload-files" class="pv-input pv-file" type="file" name="photos" accept=KINDS multiple required on:change=move |event| tray.take_chosen(&event) />
            <Show when=move || is_awake.get() fallback=|| view! { <button class="pv-btn pv-btn-primary">"Upload photographs"</button> }>
                <label class="pv-btn cursor-pointer focus-within:outline-2">
                    <Icon name=IconName::Folder />
                    <span>"Choose a folder"</span>
                    <input class="sr-only" type="file" multiple prop:webkitdirectory=true on:change=move |event| tray.take_chosen(&event) />
                </label>
            </Show>
            <p class="pv-hint">"JPEG, PNG, WebP, TIFF and GIF. The originals are kept exactly as they are."</p>
        </form>
        <Show when=move || tray.parcels.with(|all| !all.is_empty())>
            <Travelling tray=tray />
        </Show>
    }
}

#[derive(Clone, Copy)]
struct Tray {
    gallery: GalleryId,
    parcels: RwSignal<Vec<Parcel>>,
    is_over: RwSignal<bool>,
}

impl Tray {
    /// In the browser: the whole page takes files, and warns before they would be lost.
    fn begin(self) {
        let over = window_event_listener(ev::dragover, move |event| {
            if event.data_transfer().is_some_and(|data| carries_files(&data)) {
                event.prevent_default();
                self.is_over.set(true);
            }
        });
        let leave = window_event_listener(ev::dragleave, move |event| {
            if event.related_target().is_none() {
                self.is_over.set(false);
            }
        });
        let drop = window_event_listener(ev::drop, move |event| {
            let Some(data) = event.data_transfer().filter(carries_files) else { return };
            event.prevent_default();
            self.is_over.set(false);
            self.take_dropped(&data);
        });
        let unload = window_event_listener(ev::beforeunload, move |event| {
            if self.parcels.with_untracked(|all| all.iter().any(Parcel::is_under_way)) {
                event.prevent_default();
                event.set_return_value("Photographs are still travelling.");
            }
        });
        on_cleanup(move || [over, leave, drop, unload].into_iter().for_each(WindowListenerHandle::remove));
    }

    fn take_chosen(self, event: &Event) {
        let input: HtmlInputElement = event_target(event);
        self.take_list(input.files());
        // the same files may be chosen again
        input.set_value("");
    }

    fn take_list(self, list: Option<FileList>) {
        let Some(list) = list else { return };
        self.take((0..list.length()).filter_map(|n| list.item(n)).collect());
    }

    fn take_dropped(self, data: &DataTransfer) {
        let items = data.items();
        let entries: Vec<FileSystemEntry> =
            (0..items.length()).filter_map(|n| items.get(n)?.webkit_get_as_entry().ok().flatten()).collect();
        if entries.is_empty() {
            return self.take_list(data.files());
        }
        for entry in entries {
            walk(entry, Rc::new(move |file| self.take(vec![file])));
        }
    }

    fn take(self, files: Vec<File>) {
        let wanted = files.into_iter().filter(|file| !is_litter(&file.name()));
        self.parcels.update(|parcels| {
            for file in wanted {
                let key = parcels.last().map_or(0, |last| last.key + 1);
                parcels.push(Parcel { key, name: file.name(), size: file.size(), state: Travel::Waiting });
                FILES.with_borrow_mut(|files| files.insert(key, file));
            }
        });
        self.send_next();
    }

    /// Keeps three files in flight.
    fn send_next(self) {
        loop {
            let next = self.parcels.with_untracked(|all| {
                let flying = all.iter().filter(|parcel| matches!(parcel.state, Travel::Sending(_))).count();
                all.iter().find(|parcel| parcel.state == Travel::Waiting).filter(|_| flying < IN_FLIGHT).map(|parcel| parcel.key)
            });
            let Some(key) = next else { return };
            self.set(key, Travel::Sending(0.0));
            if self.send(key).is_err() {
                self.set(key, verdict(0, ""));
            }
        }
    }

    fn set(self, key: u32, state: Travel) {
        self.parcels.update(|all| {
            if let Some(parcel) = all.iter_mut().find(|parcel| parcel.key == key) {
                parcel.state = state;
            }
        });
    }

    fn send(self, key: u32) -> Result<(), JsValue> {
        let file = FILES.with_borrow(|files| files.get(&key).cloned()).ok_or(JsValue::NULL)?;
        let form = FormData::new()?;
        form.append_with_str("gallery", &self.gallery.to_string())?;
        form.append_with_blob_and_filename("photos", &file, &file.name())?;
        let request = XmlHttpRequest::new()?;
        request.open_with_async("POST", "/_fn/upload_photos", true)?;
        request.set_request_header("Accept", "application/json")?;
        let on_way = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| self.set(key, Travel::Sending(event.loaded())));
        request.upload()?.set_onprogress(Some(on_way.into_js_value().unchecked_ref()));
        let answered = request.clone();
        let end = Closure::once_into_js(move || {
            let state = verdict(answered.status().unwrap_or_default(), &answered.response_text().ok().flatten().unwrap_or_default());
            self.arrived(key, state);
        });
        request.set_onloadend(Some(end.unchecked_ref()));
        request.send_with_opt_form_data(Some(&form))
    }

    fn arrived(self, key: u32, state: Travel) {
        if !matches!(state, Travel::Refused { again: true, .. }) {
            FILES.with_borrow_mut(|files| files.remove(&key));
        }
        let is_new = state == Travel::Arrived;
        self.set(key, state);
        if is_new && let Ok(event) = Event::new(ARRIVED) {
            let _ = window().dispatch_event(&event);
        }
        self.send_next();
    }

    /// Sends again what didn't arrive and may this time.
    fn again(self) {
        self.parcels.update(|all| all.iter_mut().filter(|parcel| parcel.can_go_again()).for_each(|parcel| parcel.state = Travel::Waiting));
        self.send_next();
    }

    /// Takes what has ended out of the list.
    fn clear(self) {
        self.parcels.update(|all| all.retain(Parcel::is_under_way));
    }
}

fn carries_files(data: &DataTransfer) -> bool {
    data.types().includes(&JsValue::from_str("Files"), 0)
}

/// Finds the files of a dropped folder, however deep; a reader gives at most a hundred at a time.
fn walk(entry: FileSystemEntry, found: Rc<dyn Fn(File)>) {
    if entry.is_directory() {
        return read_on(entry.unchecked_into::<FileSystemDirectoryEntry>().create_reader(), found);
    }
    let take = Closure::once_into_js(move |file: File| found(file));
    entry.unchecked_into::<FileSystemFileEntry>().file_with_callback(take.unchecked_ref::<Function>());
}

fn read_on(reader: FileSystemDirectoryReader, found: Rc<dyn Fn(File)>) {
    let again = reader.clone();
    let take = Closure::once_into_js(move |entries: Array| {
        if entries.length() == 0 {
            return;
        }
        for entry in entries.iter() {
            walk(entry.unchecked_into(), found.clone());
        }
        read_on(again, found);
    });
    let _ = reader.read_entries_with_callback(take.unchecked_ref::<Function>());
}

/// The tray: how far everything is, what is on its way, and what was refused and why.
#[component]
fn Travelling(tray: Tray) -> impl IntoView {
    let shown = move || {
        tray.parcels
            .with(|all| all.iter().filter(|p| matches!(p.state, Travel::Sending(_) | Travel::Refused { .. })).cloned().collect::<Vec<_>>())
    };
    let sum = move |of: fn(&Parcel) -> f64| tray.parcels.with(|all| all.iter().map(of).sum::<f64>());
    let can_go_again = move || tray.parcels.with(|all| all.iter().any(Parcel::can_go_again));
    let has_ended = move || tray.parcels.with(|all| !all.iter().any(Parcel::is_under_way));
    view! {
        <section class="pv-panel mt-4" aria-label="Uploads">
            <label class="pv-progress">
                <span role="status">{move || tray.parcels.with(|all| in_words(all))}</span>
                <span class="pv-number">{move || format!("{:.0} %", sum(Parcel::sent) / sum(|parcel| parcel.size).max(1.0) * 100.0)}</span>
                <progress max="100" value=move || format!("{:.1}", sum(Parcel::sent) / sum(|parcel| parcel.size).max(1.0) * 100.0)></progress>
            </label>
            <ul class="pv-tray">
                <For each=shown key=|parcel| (parcel.key, matches!(parcel.state, Travel::Sending(_))) let:parcel>
                    <Line parcel=parcel tray=tray />
                </For>
            </ul>
            <div class="pv-actions mt-3">
                <Show when=can_go_again>
                    <button type="button" class="pv-btn" on:click=move |_| tray.again()>
                        <Icon name=IconName::Retry />
                        <span>"Send the failed ones again"</span>
                    </button>
                </Show>
                <Show when=has_ended>
                    <button type="button" class="pv-btn pv-btn-ghost" on:click=move |_| tray.clear()>
                        "Clear the list"
                    </button>
                </Show>
            </div>
        </section>
    }
}

#[component]
fn Line(parcel: Parcel, tray: Tray) -> impl IntoView {
    let key = parcel.key;
    let percent = move || tray.parcels.with(|all| all.iter().find(|parcel| parcel.key == key).map(Parcel::percent).unwrap_or_default());
    let (icon, end) = match parcel.state {
        Travel::Refused { reason, .. } => (IconName::Warning, view! { <p class="pv-problem">{reason}</p> }.into_any()),
        _ => (IconName::Image, view! { <span class="pv-number">{move || format!("{} %", percent())}</span> }.into_any()),
    };
    view! {
        <li>
            <Icon name=icon class="justify-self-center" />
            <bdi class="truncate">{parcel.name}</bdi>
            {end}
        </li>
    }
}

fn in_words(all: &[Parcel]) -> String {
    let count = |is: fn(&Parcel) -> bool| all.iter().filter(|parcel| is(parcel)).count();
    let arrived = count(|parcel| parcel.state == Travel::Arrived);
    let mut words = format!("{arrived} of {} arrived", all.len());
    let there = count(|parcel| parcel.state == Travel::AlreadyThere);
    match there {
        0 => {}
        1 => words.push_str(", one was here already"),
        many => words.push_str(&format!(", {many} were here already")),
    }
    let refused = count(|parcel| matches!(parcel.state, Travel::Refused { .. }));
    if refused > 0 {
        words.push_str(&format!(", {refused} refused"));
    }
    words
}
