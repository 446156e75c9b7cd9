use super::{Asked, Refusal};
use crate::shared::{AppError, Page};
use axum::{
    Json,
    extract::FromRequestParts,
    http::{HeaderValue, header, request::Parts},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::IntoParams;

const MOST: u32 = 100;

/// Which piece of a list. Pieces are found by key: the last one costs what the first one costs, and what arrives
/// meanwhile shifts nothing.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Window {
    /// How many, from 1 to 100; 100 unless said otherwise.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// Where to go on: the `cursor` in the address that the answer before gave as `Link: <…>; rel="next"`.
    cursor: Option<String>,
}

impl Window {
    pub fn size(&self) -> Result<usize, Refusal> {
        match self.limit.unwrap_or(MOST) {
            limit @ 1..=MOST => Ok(limit as usize),
            _ => Err(Refusal::query("limit", "Must be a number from 1 to 100.")),
        }
    }

    pub fn after(&self) -> Option<&str> {
        self.cursor.as_deref()
    }

    /// A cursor that we never gave is the caller's mistake, whatever the verb makes of it.
    pub fn wrong_cursor(&self, error: AppError) -> Refusal {
        match error {
            AppError::BadRequest | AppError::NotFound if self.cursor.is_some() => Refusal::query("cursor", "Not a cursor of this list."),
            other => other.into(),
        }
    }
}

/// Everything that a list is asked for: which piece of it, and `T`. A name that it doesn't know is refused: a filter that
/// was misspelt and passed over would give the whole list.
pub struct ListOf<T> {
    pub window: Window,
    pub asked: T,
}

impl<T: DeserializeOwned + IntoParams, S: Send + Sync> FromRequestParts<S> for ListOf<T> {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let query = parts.uri.query().unwrap_or_default();
        if !query.is_empty() {
            let known: Vec<_> = Window::into_params(|| None).into_iter().chain(T::into_params(|| None)).collect();
            if let Some((name, _)) = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| known.iter().all(|one| one.name != *name)) {
                let name: String = name.chars().take(80).collect();
                return Err(Refusal::query(&name, "This list has no such parameter."));
            }
        }
        let Asked(window) = Asked::from_request_parts(parts, state).await?;
        let Asked(asked) = Asked::from_request_parts(parts, state).await?;
        Ok(Self { window, asked })
    }
}

/// A piece of a list: a plain array, and the address of the next piece in the `Link` header.
pub struct Listed<T> {
    pub page: Page<T>,
    pub path: String,
    pub query: String,
}

impl<T> Listed<T> {
    pub fn new(page: Page<T>, uri: &axum::http::Uri) -> Self {
        let kept = |pair: &&str| !pair.is_empty() && pair.split('=').next() != Some("cursor");
        let query = uri.query().unwrap_or_default().split('&').filter(kept).collect::<Vec<_>>().join("&");
        Self { page, path: uri.path().to_string(), query }
    }
}

impl<T: Serialize> IntoResponse for Listed<T> {
    fn into_response(self) -> Response {
        let mut response = Json(&self.page.items).into_response();
        if let Some(next) = &self.page.next {
            let and = if self.query.is_empty() { "" } else { "&" };
            let link = format!("<{}?{}{and}cursor={next}>; rel=\"next\"", self.path, self.query);
            if let Ok(link) = HeaderValue::from_str(&link) {
                response.headers_mut().insert(header::LINK, link);
            }
        }
        response
    }
}

/// `2024-01-15T10:30:00Z`
pub fn instant(at: i64) -> String {
    Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Reads such a text back; none when it is no instant.
pub fn read_instant(text: &str) -> Option<i64> {
    text.parse::<Timestamp>().ok().map(|at| at.as_millisecond())
}
