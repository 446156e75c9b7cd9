//! Pages that need nothing: no database, no session, no script. They stand in where no other page can be drawn.
use super::doors::wants_html;
use crate::{shared::AppError, ui::error_words};
use axum::{
    extract::Request,
    http::{HeaderName, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};

/// Where to go on: the same page once more, or the one that is always there.
const AGAIN: &str = r#"<a class="pv-btn" href="">Try again</a>"#;
const START: &str = r#"<a class="pv-link" href="/">Go to the start page</a>"#;

/// Around all doors: what went wrong before a page could be drawn, because the database is away or the drawing panicked,
/// is said to people in words. Programs get it as it is.
pub async fn in_words(request: Request, next: Next) -> Response {
    let by_person = wants_html(request.headers()) && !request.uri().path().starts_with("/api/");
    let response = next.run(request).await;
    match response.extensions().get::<AppError>() {
        Some(error) if by_person => page_of(error),
        _ => response,
    }
}

/// "Busy", for people or for programs.
pub fn busy(by_person: bool) -> Response {
    if by_person { page_of(&AppError::Unavailable) } else { AppError::Unavailable.into_response() }
}

/// For a form that another site sends here.
pub fn from_another_site(by_person: bool) -> Response {
    let (title, text) = ("This request came from another site", "Please open the page here and try again.");
    match by_person {
        true => (StatusCode::FORBIDDEN, page(title, text, START)).into_response(),
        false => (StatusCode::FORBIDDEN, format!("{title}. {text}")).into_response(),
    }
}

fn page_of(error: &AppError) -> Response {
    // status and headers as programs get them
    let (parts, _) = error.clone().into_response().into_parts();
    let page = match error {
        AppError::Unavailable => page("We are busy just now", "Please try again in a moment. Nothing that you had saved is lost.", AGAIN),
        other => {
            let (title, text) = error_words(other);
            page(&title, &text, START)
        }
    };
    let mut response = (parts.status, page).into_response();
    if let Some(wait) = parts.headers.get(header::RETRY_AFTER) {
        response.headers_mut().insert(header::RETRY_AFTER, wait.clone());
    }
    response
}

fn page(title: &str, text: &str, next: &str) -> ([(HeaderName, &'static str); 1], Html<String>) {
    let html = include_str!("bare.html").replace("{next}", next).replace("{title}", &escaped(title)).replace("{text}", &escaped(text));
    ([(header::CACHE_CONTROL, "no-store")], Html(html))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;
    use axum::{
        Router,
        body::{Body, to_bytes},
        middleware::from_fn,
        routing::get,
    };
    use tower::ServiceExt;

    /// What a browser (or a program) reads at an address whose handler ends like this.
    async fn read(path: &str, accept: &str) -> (u16, String) {
        let panics = async || -> String { panic!("a drawing went wrong") };
        let router = Router::new()
            .route("/panic", get(panics))
            .route("/away", get(async || AppError::Unavailable))
            .route("/wait", get(async || AppError::TooMany { retry_after: 77 }))
            .route("/odd", get(async || AppError::Conflict("<script>\"Ada\" & Ben</script>".into())))
            .route("/api/v1/panic", get(panics))
            .layer(super::super::router::catch_panics())
            .layer(from_fn(in_words));
        let request = axum::http::Request::get(path).header(header::ACCEPT, accept).body(Body::empty()).unwrap();
        let response = router.oneshot(request).await.unwrap();
        assert!(path != "/wait" || response.headers()[header::RETRY_AFTER] == "77");
        let (status, body) = (response.status().as_u16(), to_bytes(response.into_body(), 100_000).await.unwrap());
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn what_no_page_could_say_is_said_in_words() {
        let (status, page) = read("/panic", "text/html,*/*").await;
        assert!(status == 500 && page.contains("<h1>That did not work</h1>") && page.contains("reference"), "{page}");
        assert!(!page.contains("a drawing went wrong") && !page.contains("Internal"), "{page}");
        let (status, page) = read("/away", "text/html").await;
        assert!(status == 503 && page.contains("<h1>We are busy just now</h1>") && page.contains("Try again"), "{page}");
        let (status, page) = read("/wait", "text/html").await;
        assert!(status == 429 && page.contains("77 seconds") && !page.contains("Try again"), "{page}");
        let (status, page) = read("/odd", "text/html").await;
        assert!(status == 409 && page.contains("&lt;script&gt;&quot;Ada&quot; &amp; Ben") && !page.contains("<script>"), "{page}");
    }

    #[tokio::test]
    async fn programs_get_the_error_itself() {
        for (path, accept) in [("/away", "application/json"), ("/away", "*/*"), ("/api/v1/panic", "text/html")] {
            let (status, body) = read(path, accept).await;
            assert!(status >= 500 && !body.contains("<html"), "{path}: {body}");
        }
    }
}
