//! Draws pages: with who looks at them, and, after a form that failed, with what was typed.
use super::{bare, doors, headers};
use crate::{
    app::{Failed, document},
    features::{accounts, cart, site},
    platform::{Actor, RequestContext},
    shared::{AppError, Feedback, Theme, Undo, Viewer},
};
use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use leptos::prelude::provide_context;

pub const NOTICE_COOKIE: &str = "pv_notice";
pub const UNDO_COOKIE: &str = "pv_undo";
/// Sent by news.js, which reads a page again behind its reader's back: what is said once waits for the page itself.
const ONLY_LOOKING: &str = "x-only-looking";

/// A page as it is asked for.
pub async fn page(request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let (parts, _) = request.into_parts();
    draw(parts, Feedback::default(), None).await
}

/// The page of a form that could not be carried out, once more.
pub async fn again(mut asked: Parts, page: Option<String>, feedback: Feedback) -> Response {
    let (error, was_partly_refused) = (feedback.error.clone(), !feedback.refused.is_empty());
    let Some(uri) = page.and_then(|page| page.parse().ok()) else { return failed(asked, error.unwrap_or(AppError::BadRequest)).await };
    asked.uri = uri;
    let mut response = draw(asked, feedback, None).await;
    // a page that is gone meanwhile keeps its own status
    if response.status() == StatusCode::OK {
        let status = error.as_ref().map_or(if was_partly_refused { 207 } else { 200 }, AppError::status);
        *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    }
    response
}

/// An error in place of a page.
pub async fn failed(asked: Parts, error: AppError) -> Response {
    if error == AppError::Unavailable {
        return bare::busy(doors::wants_html(&asked.headers));
    }
    let status = error.status();
    let mut response = draw(asked, Feedback::default(), Some(error)).await;
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response
}

async fn draw(asked: Parts, feedback: Feedback, error: Option<AppError>) -> Response {
    let Some(cx) = asked.extensions.get::<RequestContext>().cloned() else { return StatusCode::NOT_FOUND.into_response() };
    let viewer = match viewer(&cx, &asked).await {
        Ok(viewer) => viewer,
        // not even the studio's name can be read
        Err(AppError::Unavailable) => return bare::busy(doors::wants_html(&asked.headers)),
        Err(error) => return error.into_response(),
    };
    let told = [(NOTICE_COOKIE, viewer.notice.is_some()), (UNDO_COOKIE, viewer.undo.is_some())];
    let provide = move || {
        provide_context(cx.clone());
        provide_context(viewer.clone());
        provide_context(feedback.clone());
        if let Some(error) = &error {
            provide_context(Failed(error.clone()));
        }
    };
    let page = || {
        headers::allow_own_lines();
        document()
    };
    let mut response = leptos_axum::render_app_async_with_context(provide, page)(Request::from_parts(asked, Body::empty())).await;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    for (cookie, _) in told.into_iter().filter(|(_, told)| *told) {
        if let Ok(cookie) = HeaderValue::from_str(&format!("{cookie}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax")) {
            headers.append(header::SET_COOKIE, cookie);
        }
    }
    response
}

async fn viewer(cx: &RequestContext, asked: &Parts) -> Result<Viewer, AppError> {
    let cookies = CookieJar::from_headers(&asked.headers);
    let cookie = |name: &str| cookies.get(name).map(|cookie| cookie.value().to_string());
    let once = |name: &str| if asked.headers.contains_key(ONLY_LOOKING) { None } else { cookie(name) };
    let (person, cart_count) = match &cx.actor {
        Actor::Person(person) => (Some((person.name.clone(), person.role)), cart::server::service::count(&cx.db, person.id).await?),
        _ => (None, 0),
    };
    let studio = site::server::service::studio(&cx.db).await?;
    Ok(Viewer {
        studio: studio.name,
        contact_email: studio.contact_email,
        person,
        cart_count,
        theme: cookie(accounts::server::cookie::THEME).and_then(|word| word.parse::<Theme>().ok()).unwrap_or_default(),
        path: asked.uri.path_and_query().map(|p| p.as_str().to_string()).unwrap_or_default(),
        undo: once(UNDO_COOKIE).and_then(|text| Undo::read(&text)),
        notice: once(NOTICE_COOKIE).map(|text| decode(&text)).filter(|text| !text.is_empty()),
    })
}

/// The notice cookie is percent-encoded; it is shown as text, whatever it holds.
fn decode(text: &str) -> String {
    form_urlencoded::parse(text.replace('+', "%2B").as_bytes()).next().map(|(name, _)| name.chars().take(300).collect()).unwrap_or_default()
}
