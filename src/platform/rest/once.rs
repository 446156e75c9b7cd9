//! Doing a thing once, however often a program that lost the answer asks for it again under the same key.
use super::{
    Fingerprint, Refusal, broken_form,
    claim::{Answered, Claim},
};
use crate::platform::{RequestContext, to_the_end};
use axum::{
    Json,
    body::Body,
    extract::FromRequestParts,
    http::{HeaderName, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use std::time::Duration;

/// Beside an answer that was given before.
pub const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// How often an answer is written down before it is given out all the same, and how long it is tried behind its back.
const TRIES: u32 = 3;
const MORE_TRIES: u32 = 40;
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// The header `Idempotency-Key`, if there is one.
#[derive(Clone, Debug)]
pub struct Key(pub Option<String>);

impl<S: Sync> FromRequestParts<S> for Key {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let Some(value) = parts.headers.get("idempotency-key") else { return Ok(Self(None)) };
        match value.to_str().map(str::trim) {
            Ok(key) if (1..=255).contains(&key.len()) => Ok(Self(Some(key.into()))),
            _ => Err(Refusal::new(StatusCode::BAD_REQUEST, "Idempotency-Key: use 1 to 255 printable ASCII characters.")),
        }
    }
}

/// A result as it is sent, and kept for whoever asks again.
#[derive(Clone)]
pub struct Done {
    pub status: StatusCode,
    pub location: Option<String>,
    pub body: serde_json::Value,
}

impl Done {
    pub fn created(body: &impl Serialize, location: Option<String>) -> Result<Self, Refusal> {
        Self::with(StatusCode::CREATED, body, location)
    }

    pub fn with(status: StatusCode, body: &impl Serialize, location: Option<String>) -> Result<Self, Refusal> {
        let body = serde_json::to_value(body).map_err(|e| crate::platform::log::internal("rest", &e))?;
        Ok(Self { status, location, body })
    }
}

impl IntoResponse for Done {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.body)).into_response();
        if let Some(location) = self.location.and_then(|path| path.parse().ok()) {
            response.headers_mut().insert(header::LOCATION, location);
        }
        response
    }
}

/// Carries out `act`, unless the same was carried out under this key: then it answers what was answered. `fingerprint`
/// tells the same request from another one that reuses the key. What failed on our side may be tried again. Who hangs up
/// meanwhile finds the answer when they ask again.
pub async fn once(
    cx: &RequestContext,
    key: &Key,
    route: &'static str,
    fingerprint: &[u8],
    act: impl Future<Output = Result<Done, Refusal>> + Send + 'static,
) -> Result<Response, Refusal> {
    let Some(claim) = Claim::of(cx, key, route) else { return act.await.map(IntoResponse::into_response) };
    let fingerprint = blake3::hash(fingerprint).as_bytes().to_vec();
    let act = Box::pin(act);
    let whole = async move {
        match claim.make(&fingerprint).await? {
            Some(before) => answered(before, &fingerprint),
            None => {
                let done = claim.held_during(act).await;
                keep(claim, done, Some(fingerprint)).await
            }
        }
    };
    to_the_end(whole).await?
}

/// The same for a form with files, which is compared while it streams by.
pub async fn once_streamed<F: Future<Output = Result<Done, Refusal>> + Send + 'static>(
    cx: &RequestContext,
    key: &Key,
    route: &'static str,
    (boundary, body): (String, Body),
    act: impl FnOnce(String, Body) -> F + Send + 'static,
) -> Result<Response, Refusal> {
    let Some(claim) = Claim::of(cx, key, route) else { return act(boundary, body).await.map(IntoResponse::into_response) };
    let print = Fingerprint::new(&boundary);
    let body = print.of(body);
    let whole = async move {
        if let Some(before) = claim.make(&[]).await? {
            let fingerprint = print.finish(Some(body)).await.ok_or_else(broken_form)?;
            return answered(before, &fingerprint);
        }
        let done = claim.held_during(Box::pin(act(boundary, body))).await;
        keep(claim, done, print.finish(None).await).await
    };
    to_the_end(whole).await?
}

/// For what may be asked any number of times with one effect, and whose answer is not to be written down: only makes sure
/// that a key stands for one request.
pub async fn once_afresh<R: IntoResponse>(
    cx: &RequestContext,
    key: &Key,
    route: &'static str,
    fingerprint: &[u8],
    act: impl Future<Output = Result<R, Refusal>>,
) -> Result<Response, Refusal> {
    if let Some(claim) = Claim::of(cx, key, route) {
        let fingerprint = blake3::hash(fingerprint).as_bytes().to_vec();
        let made = async move {
            match claim.make(&fingerprint).await? {
                Some(before) if before.fingerprint != fingerprint => Err(used_for_another()),
                Some(_) => Ok(()),
                None => {
                    let nothing = Done { status: StatusCode::OK, location: None, body: Default::default() };
                    Ok(claim.write(&nothing, &fingerprint).await?)
                }
            }
        };
        to_the_end(made).await??;
    }
    act.await.map(IntoResponse::into_response)
}

fn used_for_another() -> Refusal {
    Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "This Idempotency-Key was used for another request.")
}

fn answered(before: Answered, fingerprint: &[u8]) -> Result<Response, Refusal> {
    if before.status.is_some() && before.fingerprint != fingerprint {
        return Err(used_for_another());
    }
    let status = before.status.and_then(|status| StatusCode::from_u16(status as u16).ok());
    let Some(status) = status else {
        let busy = Refusal::new(StatusCode::CONFLICT, "A request with this Idempotency-Key is being carried out. Please ask again.");
        return Err(Refusal { retry_after: Some(1), ..busy });
    };
    let body = before.body.and_then(|body| serde_json::from_str(&body).ok()).unwrap_or_default();
    let mut response = Done { status, location: before.location, body }.into_response();
    response.headers_mut().insert(REPLAYED, axum::http::HeaderValue::from_static("true"));
    Ok(response)
}

/// Writes the answer down for whoever asks again. Without a fingerprint the request was not heard out: that is no answer.
async fn keep(claim: Claim, done: Result<Done, Refusal>, fingerprint: Option<Vec<u8>>) -> Result<Response, Refusal> {
    let Some(fingerprint) = fingerprint else {
        claim.release().await?;
        return done.map(IntoResponse::into_response);
    };
    let done = match done {
        Ok(done) => done,
        Err(refusal) if refusal.status.is_server_error() || refusal.status == StatusCode::TOO_MANY_REQUESTS => {
            claim.release().await?;
            return Err(refusal);
        }
        Err(refusal) => Done { status: refusal.status, location: None, body: serde_json::to_value(&refusal.words).unwrap_or_default() },
    };
    if !write(&claim, &done, &fingerprint, TRIES).await {
        // what was done is done, and must not be done again: the key is held until the answer stands there
        let done = done.clone();
        tokio::spawn(async move { claim.held_during(write(&claim, &done, &fingerprint, MORE_TRIES)).await });
    }
    Ok(done.into_response())
}

async fn write(claim: &Claim, done: &Done, fingerprint: &[u8], tries: u32) -> bool {
    for n in 0..tries {
        if n > 0 {
            tokio::time::sleep((Duration::from_millis(50) * 4u32.saturating_pow(n)).min(LONGEST_PAUSE)).await;
        }
        match claim.write(done, fingerprint).await {
            Ok(()) => return true,
            Err(error) => tracing::warn!(%error, "an answer could not be written down"),
        }
    }
    false
}
