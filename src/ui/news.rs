//! The browser's end of the live line: says that something may have changed; the page then asks what.
use crate::paths;
use leptos::{prelude::*, wasm_bindgen::prelude::Closure};
use wasm_bindgen::JsCast;
use web_sys::{Event, EventSource};

/// A line that is open while the page is looked at. The first thing that it says, also after every break, is "read".
/// Nothing is in it on the server, where a page may be let go on another thread than it was drawn on.
#[derive(Clone, Copy)]
pub struct NewsLine(StoredValue<Option<StoredValue<Line, LocalStorage>>>);

struct Line {
    url: String,
    source: Option<EventSource>,
    heard: Closure<dyn FnMut(Event)>,
}

impl NewsLine {
    /// For an island; to be opened in an effect, which the server never runs.
    pub fn new() -> Self {
        Self(StoredValue::new(None))
    }

    /// Calls `heard` whenever the topic may have changed. A page in the background hangs up: browsers have few lines.
    pub fn open(self, topic: &str, mut heard: impl FnMut() + 'static) {
        let heard = Closure::<dyn FnMut(Event)>::new(move |_| heard());
        let line = StoredValue::new_local(Line { url: paths::live(topic), source: None, heard });
        self.0.set_value(Some(line));
        self.look();
        let turned = window_event_listener_untyped("visibilitychange", move |_| self.look());
        on_cleanup(move || {
            turned.remove();
            let _ = line.try_update_value(Line::hang_up);
        });
    }

    /// Whether the line stands, so that nobody needs to ask.
    pub fn is_open(self) -> bool {
        let stands = |line: &Line| line.source.as_ref().is_some_and(|source| source.ready_state() == EventSource::OPEN);
        self.line().and_then(|line| line.try_with_value(stands)).unwrap_or(false)
    }

    /// Opens the line that is wanted and hangs up the one that isn't; one that was refused is tried again.
    pub fn look(self) {
        let is_hidden = document().hidden();
        let turn = |line: &mut Line| {
            let is_dead = line.source.as_ref().is_none_or(|source| source.ready_state() == EventSource::CLOSED);
            if is_hidden {
                line.hang_up();
            } else if is_dead {
                line.call();
            }
        };
        if let Some(line) = self.line() {
            let _ = line.try_update_value(turn);
        }
    }

    fn line(self) -> Option<StoredValue<Line, LocalStorage>> {
        self.0.try_get_value().flatten()
    }
}

impl Default for NewsLine {
    fn default() -> Self {
        Self::new()
    }
}

impl Line {
    fn call(&mut self) {
        let Ok(source) = EventSource::new(&self.url) else { return };
        for name in ["hello", "changed"] {
            let _ = source.add_event_listener_with_callback(name, self.heard.as_ref().unchecked_ref());
        }
        self.source = Some(source);
    }

    fn hang_up(&mut self) {
        if let Some(source) = self.source.take() {
            source.close();
        }
    }
}
