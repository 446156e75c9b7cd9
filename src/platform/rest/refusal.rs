use crate::shared::AppError;
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// An answer that is no: `{"detail": "…"}`, or `{"field": ["…"]}` when it is about what was sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    pub status: StatusCode,
    pub words: Problem,
    pub retry_after: Option<u64>,
}

/// The one shape of every error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum Problem {
    Detail(Detail),
    Fields(FieldProblems),
}

/// What happened, in words. `X-Request-Id` names the request in the server's log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Detail {
    pub detail: String,
}

/// What is wrong with each field; `non_field_errors` with several together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FieldProblems(pub BTreeMap<String, Vec<String>>);

impl Refusal {
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, words: Problem::Detail(Detail { detail: detail.into() }), retry_after: None }
    }

    /// 400: this field of the body cannot be so.
    pub fn field(name: &str, message: impl Into<String>) -> Self {
        Self::fields([(name.to_string(), message.into())])
    }

    pub fn fields(problems: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut all = BTreeMap::<String, Vec<String>>::new();
        for (field, message) in problems {
            all.entry(field).or_default().push(message);
        }
        Self { status: StatusCode::BAD_REQUEST, words: Problem::Fields(FieldProblems(all)), retry_after: None }
    }

    /// 422: the query was understood and asks for something that there is not.
    pub fn query(name: &str, message: impl Into<String>) -> Self {
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, ..Self::field(name, message) }
    }

    pub fn unauthenticated() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "Authentication credentials were not provided.")
    }

    pub fn bad_token() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "Given token not valid for any token type")
    }

    pub fn forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN, "You do not have permission to perform this action.")
    }

    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "Not found.")
    }
}

/// The same refusals as the pages', in the words that programs know.
impl From<AppError> for Refusal {
    fn from(error: AppError) -> Self {
        let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        match error {
            AppError::SignInNeeded => Self::unauthenticated(),
            AppError::NotAllowed => Self::forbidden(),
            AppError::NotFound => Self::not_found(),
            AppError::Invalid(problems) => Self::fields(problems.into_iter().map(|p| (p.field, sentence(&p.message)))),
            AppError::TooMany { retry_after } => Self {
                retry_after: Some(retry_after),
                ..Self::new(status, format!("Request was throttled. Expected available in {retry_after} seconds."))
            },
            AppError::Unavailable => Self { retry_after: Some(5), ..Self::new(status, error.to_string()) },
            AppError::Full => Self { retry_after: Some(60), ..Self::new(status, error.to_string()) },
            other => Self::new(status, other.to_string()),
        }
    }
}

/// Beside a form's field a message begins small; alone it is a sentence.
pub fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let Some(first) = letters.next() else { return String::new() };
    let end = if message.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{}{}{end}", first.to_uppercase(), letters.as_str())
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status, [(header::CACHE_CONTROL, "no-store")], Json(&self.words)).into_response();
        let headers = response.headers_mut();
        if let Some(wait) = self.retry_after {
            headers.insert(header::RETRY_AFTER, wait.into());
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"api\""));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_work_later_says_when() {
        for error in [AppError::Unavailable, AppError::Full, AppError::TooMany { retry_after: 7 }] {
            let refusal = Refusal::from(error.clone());
            assert!(refusal.into_response().headers().contains_key(header::RETRY_AFTER), "{error}");
        }
    }

    #[test]
    fn a_forms_hint_becomes_a_sentence() {
        assert_eq!(sentence("use at least 10 characters"), "Use at least 10 characters.");
        assert_eq!(sentence("“x” is no address."), "“x” is no address.");
        assert_eq!(sentence(""), "");
    }
}
