use super::Refusal;
use axum::{
    extract::{FromRequestParts, Query},
    http::request::Parts,
};
use serde::de::DeserializeOwned;
use std::error::Error;

/// What stands behind the question mark. A value that makes no sense is refused with its name.
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        Query::<T>::try_from_uri(&parts.uri).map(|Query(value)| Self(value)).map_err(|rejection| {
            // the cause reads "limit: invalid digit found in string"
            let cause = rejection.source().map(ToString::to_string).unwrap_or_default();
            let name = cause.split(':').next().filter(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'));
            Refusal::query(name.filter(|name| !name.is_empty()).unwrap_or("query"), "Not a valid value.")
        })
    }
}
