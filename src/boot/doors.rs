//! The doors in front of pages and server functions: one spelling of each address, own origin only, forms that come
//! back with what was typed, and errors that a person can read.
use super::{bare, pages};
use crate::{
    features::site::server::service as site,
    paths,
    platform::{
        RequestContext, Services,
        answer::{NOTICE, Refused, ShownOnce, UNDO},
        db::retrying,
        rest::{boundary, with_short_heads},
    },
    shared::{AppError, Feedback},
};
use axum::{
    body::{Body, to_bytes},
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderValue, Method, Uri, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// The largest form without files.
const LARGEST_FORM: usize = 1024 * 1024;

/// The server functions that take files; all others take a plain form.
const MULTIPART: &[&str] = &["upload_photos"];

/// An address has one spelling: `/cart/` leads to `/cart`, and `//` is nothing of ours. Programs write theirs as they like.
pub async fn one_spelling(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if path.contains("//") {
        return AppError::NotFound.into_response();
    }
    if path.len() > 1 && path.ends_with('/') && !path.starts_with("/api/") && matches!(*request.method(), Method::GET | Method::HEAD) {
        let query = request.uri().query().map(|q| format!("?{q}")).unwrap_or_default();
        return Redirect::permanent(&format!("{}{query}", path.trim_end_matches('/'))).into_response();
    }
    next.run(request).await
}

/// Nothing is changed on behalf of a foreign page: an unsafe request must say that it comes from one of ours.
pub async fn own_origin(request: Request, next: Next) -> Response {
    if request.method().is_safe() || is_own(request.headers(), request.extensions().get::<RequestContext>()) {
        return next.run(request).await;
    }
    bare::from_another_site(wants_html(request.headers()))
}

fn is_own(headers: &HeaderMap, cx: Option<&RequestContext>) -> bool {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin";
    }
    let Some(origin) = text("origin") else { return false };
    let base = cx.map(|cx| cx.config.base_url.clone()).unwrap_or_default();
    let here = text("host").map(|host| format!("http://{host}"));
    origin == base || (base.starts_with("http://") && here.as_deref() == Some(origin))
}

/// Whether the studio is open yet. Once it is it stays so, and nobody asks again.
pub struct FirstRun {
    services: Arc<Services>,
    is_over: AtomicBool,
}

impl FirstRun {
    pub fn of(services: Arc<Services>) -> Arc<Self> {
        Arc::new(Self { services, is_over: AtomicBool::new(false) })
    }

    pub async fn is_over(&self) -> Result<bool, AppError> {
        if !self.is_over.load(Ordering::Relaxed) && site::is_set_up(&self.services.db).await? {
            self.is_over.store(true, Ordering::Relaxed);
        }
        Ok(self.is_over.load(Ordering::Relaxed))
    }
}

/// Until the studio is set up there is one page only.
pub async fn first_run(State(run): State<Arc<FirstRun>>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if path == paths::SETUP || path == "/_fn/set_up" {
        return next.run(request).await;
    }
    match run.is_over().await {
        Ok(true) => next.run(request).await,
        Ok(false) => Redirect::to(paths::SETUP).into_response(),
        Err(error) => error.into_response(),
    }
}

/// Reloading a page that showed a form's problem leads back to the page of that form.
pub async fn back_to_the_page(headers: HeaderMap) -> Response {
    Redirect::to(&page_of_form(&headers).unwrap_or_else(|| paths::HOME.into())).into_response()
}

/// Runs a server function. Islands get its answer as it is; a page's form gets a redirect when it was carried out,
/// and its own page again, with what was typed and what is wrong with it, when it wasn't.
pub async fn server_function(Path(name): Path<String>, request: Request) -> Response {
    let Some(cx) = request.extensions().get::<RequestContext>().cloned() else { return AppError::NotFound.into_response() };
    let from_page = wants_html(request.headers());
    let (mut parts, body) = request.into_parts();
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default().to_ascii_lowercase();
    // the framework's reader would panic on a form of the other kind, or on one without a boundary
    if MULTIPART.contains(&name.as_str()) != kind.starts_with("multipart/form-data")
        || (kind.starts_with("multipart/") && boundary(&parts.headers).is_err())
    {
        return AppError::BadRequest.into_response();
    }
    let page = page_of_form(&parts.headers);
    let mut typed = Default::default();
    let mut form = None;
    let body = if let Ok(boundary) = boundary(&parts.headers) {
        with_short_heads(&boundary, body)
    } else {
        let Ok(bytes) = to_bytes(body, LARGEST_FORM).await else {
            return AppError::TooLarge("a form may have at most 1 MB".into()).into_response();
        };
        typed = typed_fields(&bytes);
        form = Some(bytes);
        Body::empty()
    };
    parts.headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    let asked = copy_for_page(&parts);
    let (refused, shown_once) = (Refused::default(), ShownOnce::default());
    let provide = {
        let (cx, refused, shown_once) = (cx.clone(), refused.clone(), shown_once.clone());
        move || {
            leptos::prelude::provide_context(cx.clone());
            leptos::prelude::provide_context(refused.clone());
            leptos::prelude::provide_context(shown_once.clone());
        }
    };
    let (response, error) = match form {
        None => read_error(run(provide, parts, body).await).await,
        // a form whose work lost against somebody else's at the database is carried out again: it left no trace
        Some(form) => {
            let work = || async { read_error(run(provide.clone(), copy_of(&parts), Body::from(form.clone())).await).await };
            retrying(work, |(_, error)| *error == Some(AppError::Unavailable)).await
        }
    };
    if !from_page {
        return response;
    }
    let shown_once = shown_once.take();
    let typed = if shown_once.is_some() { Default::default() } else { typed };
    let feedback = Feedback { action: name, error: error.clone(), refused: refused.take(), shown_once, typed };
    match error {
        Some(AppError::SignInNeeded) => Redirect::to(&paths::login_then(page.as_deref().unwrap_or(paths::HOME))).into_response(),
        Some(_) => pages::again(asked, page, feedback).await,
        None if !feedback.refused.is_empty() || feedback.shown_once.is_some() => pages::again(asked, page, feedback).await,
        None => go_on(response, page),
    }
}

async fn run(provide: impl Fn() + Clone + Send + Sync + 'static, parts: Parts, body: Body) -> Response {
    leptos_axum::handle_server_fns_with_context(provide, Request::from_parts(parts, body)).await.into_response()
}

fn copy_of(parts: &Parts) -> Parts {
    let mut copy = copy_for_page(parts);
    copy.method = parts.method.clone();
    copy
}

/// A framework error answers 500 for everything; the error itself knows better.
async fn read_error(response: Response) -> (Response, Option<AppError>) {
    if !response.headers().contains_key("serverfnerror") {
        return match response.status().as_u16() {
            status if status < 400 => (response, None),
            404 | 400 => (AppError::NotFound.into_response(), Some(AppError::NotFound)),
            _ => (response, Some(AppError::BadRequest)),
        };
    }
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, LARGEST_FORM).await.unwrap_or_default();
    let error = serde_json::from_slice::<AppError>(&bytes).unwrap_or(AppError::BadRequest);
    let mut plain = error.clone().into_response();
    // islands read errors through the framework's client, which looks for this header
    if let Some(mark) = parts.headers.get("serverfnerror") {
        plain.headers_mut().insert("serverfnerror", mark.clone());
    }
    for cookie in parts.headers.get_all(header::SET_COOKIE) {
        plain.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    (plain, Some(error))
}

/// After a form was carried out: to the page it names, or back to where it stands; the notice travels as a cookie.
fn go_on(done: Response, page: Option<String>) -> Response {
    let target = done.headers().get(header::LOCATION).and_then(|v| v.to_str().ok()).map(str::to_string).or(page);
    let mut response = Redirect::to(target.as_deref().unwrap_or(paths::HOME)).into_response();
    for cookie in done.headers().get_all(header::SET_COOKIE) {
        response.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    for (said, cookie) in [(NOTICE, pages::NOTICE_COOKIE), (UNDO, pages::UNDO_COOKIE)] {
        if let Some(value) = done.headers().get(said).and_then(|v| v.to_str().ok())
            && let Ok(cookie) = HeaderValue::from_str(&format!("{cookie}={value}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax"))
        {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    response
}

/// An error that reached the browser bare, such as a missing download, is drawn as a page.
pub async fn friendly_errors(request: Request, next: Next) -> Response {
    if request.method() != Method::GET || !wants_html(request.headers()) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let asked = copy_for_page(&parts);
    let response = next.run(Request::from_parts(parts, body)).await;
    match response.extensions().get::<AppError>().cloned() {
        Some(AppError::SignInNeeded) => Redirect::to(&paths::login_then(asked.uri.path())).into_response(),
        Some(error) => pages::failed(asked, error).await,
        None => response,
    }
}

pub fn wants_html(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
}

/// Path and query of the page on which the form stands.
fn page_of_form(headers: &HeaderMap) -> Option<String> {
    let referer: Uri = headers.get(header::REFERER)?.to_str().ok()?.parse().ok()?;
    let page = referer.path_and_query()?.as_str();
    paths::own(page).filter(|page| !page.starts_with("/_fn/")).map(str::to_string)
}

/// What was typed, so that the form can show it again. Passwords are left out.
fn typed_fields(form: &[u8]) -> std::collections::BTreeMap<String, Vec<String>> {
    let mut typed = std::collections::BTreeMap::<String, Vec<String>>::new();
    for (name, value) in form_urlencoded::parse(form) {
        if !name.contains("password") && !name.contains("code") {
            typed.entry(name.into_owned()).or_default().push(value.into_owned());
        }
    }
    typed
}

fn copy_for_page(parts: &Parts) -> Parts {
    let (mut copy, ()) = axum::http::Request::new(()).into_parts();
    copy.uri = parts.uri.clone();
    copy.headers = parts.headers.clone();
    copy.extensions = parts.extensions.clone();
    copy
}
