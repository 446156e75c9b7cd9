use super::Refusal;
use crate::{
    platform::RequestContext,
    shared::{FamilyId, Scope},
};
use axum::{extract::FromRequestParts, http::request::Parts};
use utoipa_axum::router::UtoipaMethodRouter;

/// One address of the API with its description, its other names, and what a token needs for it.
pub struct Endpoint {
    pub described: UtoipaMethodRouter,
    /// Older names of the same thing, without the slash that may end them.
    pub also: Vec<&'static str>,
    /// None: for everybody, signed in or not.
    pub needs: Option<Scope>,
}

impl Endpoint {
    pub fn open(described: UtoipaMethodRouter) -> Self {
        Self { described, also: vec![], needs: None }
    }

    pub fn needs(scope: Scope, described: UtoipaMethodRouter) -> Self {
        Self { described, also: vec![], needs: Some(scope) }
    }

    pub fn also(mut self, paths: &[&'static str]) -> Self {
        self.also.extend(paths);
        self
    }
}

/// Who a token speaks for, and how far; made once per request by the API's door.
#[derive(Clone)]
pub struct Bearer {
    pub cx: RequestContext,
    /// The sign-in that the token comes from; none for a program's own token.
    pub family: Option<FamilyId>,
}

impl<S: Sync> FromRequestParts<S> for Bearer {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        parts.extensions.get::<Self>().cloned().ok_or_else(Refusal::unauthenticated)
    }
}
