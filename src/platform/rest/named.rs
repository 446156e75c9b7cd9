use super::Refusal;
use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use std::str::FromStr;

/// The thing that the address names. What is no name of anything is not there, like a name that nothing has.
pub struct Named<T>(pub T);

impl<T: FromStr, S: Send + Sync> FromRequestParts<S> for Named<T> {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let Path(name) = Path::<String>::from_request_parts(parts, state).await.map_err(|_| Refusal::not_found())?;
        match name.parse() {
            Ok(named) if !name.contains(char::is_control) => Ok(Self(named)),
            _ => Err(Refusal::not_found()),
        }
    }
}
