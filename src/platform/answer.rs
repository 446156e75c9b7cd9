//! What a server function tells the browser beside its result: where to go next, which cookie to keep.
use crate::shared::{Problem, Undo};
use axum::http::{HeaderName, HeaderValue, header};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

/// Carries the toast's sentence from a server function to the door, which makes it a cookie for one page.
pub const NOTICE: HeaderName = HeaderName::from_static("x-pv-notice");

/// Carries what takes the action back, in the same way.
pub const UNDO: HeaderName = HeaderName::from_static("x-pv-undo");

/// Marks a page that shows the payment provider's form, so that its policy lets that form in.
pub const CARD_FORM: HeaderName = HeaderName::from_static("x-pv-card-form");

pub fn allow_card_form() {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(CARD_FORM, HeaderValue::from_static("1"));
    }
}

/// After a form: show `path`, with one sentence that says what was done (may be empty).
pub fn go_to(path: &str, notice: &str) {
    leptos_axum::redirect(path);
    say(notice);
}

/// After a form that leads back to the page it stands on: the sentence alone.
pub fn say(notice: &str) {
    if let Some(response) = use_context::<ResponseOptions>() {
        let encoded: String =
            notice.bytes().map(|b| if b.is_ascii_alphanumeric() { (b as char).to_string() } else { format!("%{b:02X}") }).collect();
        if let (false, Ok(value)) = (notice.is_empty(), HeaderValue::from_str(&encoded)) {
            response.insert_header(NOTICE, value);
        }
    }
}

/// Beside the sentence: a button that takes the action back, for as long as the toast stands.
pub fn offer(undo: &Undo) {
    if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&undo.write())) {
        response.insert_header(UNDO, value);
    }
}

pub fn set_cookie(cookie: &axum_extra::extract::cookie::Cookie<'_>) {
    if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&cookie.to_string())) {
        response.append_header(header::SET_COOKIE, value);
    }
}

/// Answers with another status than 200, as a batch with refused files does (207).
pub fn status(code: u16) {
    if let (Some(response), Ok(code)) = (use_context::<ResponseOptions>(), axum::http::StatusCode::from_u16(code)) {
        response.set_status(code);
    }
}

/// The files of a batch that were refused, by name and reason: the page shows them, the others are kept.
#[derive(Clone, Default)]
pub struct Refused(std::sync::Arc<std::sync::Mutex<Vec<Problem>>>);

impl Refused {
    pub fn take(&self) -> Vec<Problem> {
        self.0.lock().map(|mut all| std::mem::take(&mut *all)).unwrap_or_default()
    }
}

/// A secret that the page of the form shows this one time.
#[derive(Clone, Default)]
pub struct ShownOnce(std::sync::Arc<std::sync::Mutex<Option<String>>>);

impl ShownOnce {
    pub fn take(&self) -> Option<String> {
        self.0.lock().ok()?.take()
    }
}

/// Draws the page of the form again with a secret that exists nowhere else.
pub fn show_once(secret: &str) {
    if let Some(ShownOnce(slot)) = use_context::<ShownOnce>()
        && let Ok(mut shown) = slot.lock()
    {
        *shown = Some(secret.into());
    }
}

/// Says that a batch went through in part (207) and which of its files were refused.
pub fn partly_refused(problems: Vec<Problem>) {
    if let Some(Refused(slot)) = use_context::<Refused>()
        && let Ok(mut all) = slot.lock()
    {
        all.extend(problems);
    }
    status(207);
}
