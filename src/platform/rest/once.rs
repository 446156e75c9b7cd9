//! Doing a thing once, however often a program that lost the answer asks for it again under the same key.
use super::{Fingerprint, Refusal, broken_form};
use crate::{
    platform::{
        RequestContext, Services,
        clock::{DAY, MINUTE},
        db::sql,
    },
    shared::AppError,
};
use axum::{
    Json,
    body::Body,
    extract::FromRequestParts,
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use std::future::Future;

/// Who died while carrying it out leaves the key free after this long.
const IN_WORK: i64 = 2 * MINUTE;
const KEPT: i64 = DAY;

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

#[derive(sqlx::FromRow)]
struct Row {
    fingerprint: Vec<u8>,
    status: Option<i64>,
    location: Option<String>,
    body: Option<String>,
}

/// Carries out `act`, unless the same was carried out under this key: then it answers what was answered. `fingerprint`
/// tells the same request from another one that reuses the key. What failed on our side may be tried again.
pub async fn once(
    cx: &RequestContext,
    key: &Key,
    route: &'static str,
    fingerprint: &[u8],
    act: impl Future<Output = Result<Done, Refusal>>,
) -> Result<Response, Refusal> {
    let (Some(key), Some(person)) = (&key.0, cx.actor.user()) else { return act.await.map(IntoResponse::into_response) };
    let fingerprint = blake3::hash(fingerprint).as_bytes().to_vec();
    if let Some(before) = claim(cx, person.0, route, key, &fingerprint).await? {
        return answered(before, &fingerprint);
    }
    keep(cx, route, key, act.await, Some(fingerprint)).await
}

/// The same for a form with files, which is compared while it streams by.
pub async fn once_streamed<F: Future<Output = Result<Done, Refusal>>>(
    cx: &RequestContext,
    key: &Key,
    route: &'static str,
    (boundary, body): (String, Body),
    act: impl FnOnce(String, Body) -> F,
) -> Result<Response, Refusal> {
    let (Some(key), Some(person)) = (&key.0, cx.actor.user()) else {
        return act(boundary, body).await.map(IntoResponse::into_response);
    };
    let print = Fingerprint::new(&boundary);
    let body = print.of(body);
    if let Some(before) = claim(cx, person.0, route, key, &[]).await? {
        let fingerprint = print.finish(Some(body)).await.ok_or_else(broken_form)?;
        return answered(before, &fingerprint);
    }
    let done = act(boundary, body).await;
    keep(cx, route, key, done, print.finish(None).await).await
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
    if let (Some(key), Some(person)) = (&key.0, cx.actor.user()) {
        let fingerprint = blake3::hash(fingerprint).as_bytes().to_vec();
        match claim(cx, person.0, route, key, &fingerprint).await? {
            Some(before) if before.fingerprint != fingerprint => return Err(used_for_another()),
            Some(_) => {}
            None => {
                write(cx, person.0, route, key, &Done { status: StatusCode::OK, location: None, body: Default::default() }, fingerprint)
                    .await?
            }
        }
    }
    act.await.map(IntoResponse::into_response)
}

fn used_for_another() -> Refusal {
    Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "This Idempotency-Key was used for another request.")
}

/// Writes the answer down for whoever asks again. Without a fingerprint the request was not heard out: that is no answer.
async fn keep(
    cx: &RequestContext,
    route: &str,
    key: &str,
    done: Result<Done, Refusal>,
    fingerprint: Option<Vec<u8>>,
) -> Result<Response, Refusal> {
    let person = cx.actor.person()?.id;
    let Some(fingerprint) = fingerprint else {
        release(cx, person.0, route, key).await?;
        return done.map(IntoResponse::into_response);
    };
    let (status, location, body) = match done {
        Ok(done) => (done.status, done.location, done.body),
        Err(refusal) if refusal.status.is_server_error() || refusal.status == StatusCode::TOO_MANY_REQUESTS => {
            release(cx, person.0, route, key).await?;
            return Err(refusal);
        }
        Err(refusal) => (refusal.status, None, serde_json::to_value(&refusal.words).unwrap_or_default()),
    };
    let done = Done { status, location, body };
    write(cx, person.0, route, key, &done, fingerprint).await?;
    Ok(done.into_response())
}

async fn write(cx: &RequestContext, person: uuid::Uuid, route: &str, key: &str, done: &Done, fingerprint: Vec<u8>) -> Result<(), AppError> {
    let mut tx = cx.db.begin().await?;
    sql("UPDATE api_answers SET status = $4, location = $5, body = $6, fingerprint = $7 WHERE user_id = $1 AND route = $2 AND idempotency_key = $3")
        .bind(person)
        .bind(route)
        .bind(key)
        .bind(i64::from(done.status.as_u16()))
        .bind(done.location.clone())
        .bind(done.body.to_string())
        .bind(fingerprint)
        .run(&mut tx)
        .await?;
    tx.commit().await
}

/// None: it is ours to carry out. Otherwise what stands under the key.
async fn claim(cx: &RequestContext, person: uuid::Uuid, route: &str, key: &str, fingerprint: &[u8]) -> Result<Option<Row>, AppError> {
    let now = cx.now();
    let mut tx = cx.db.begin().await?;
    let claimed = sql("INSERT INTO api_answers (user_id, route, idempotency_key, fingerprint, created_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (user_id, route, idempotency_key) DO UPDATE SET fingerprint = $4, created_at = $5, status = NULL, location = NULL, body = NULL
         WHERE api_answers.created_at < $6 OR (api_answers.status IS NULL AND api_answers.created_at < $7)")
    .bind(person)
    .bind(route)
    .bind(key)
    .bind(fingerprint)
    .bind(now)
    .bind(now - KEPT)
    .bind(now - IN_WORK)
    .run(&mut tx)
    .await?;
    let before = match claimed {
        1 => None,
        _ => {
            sql("SELECT fingerprint, status, location, body FROM api_answers WHERE user_id = $1 AND route = $2 AND idempotency_key = $3")
                .bind(person)
                .bind(route)
                .bind(key)
                .optional(&mut tx)
                .await?
        }
    };
    tx.commit().await?;
    Ok(before)
}

fn answered(before: Row, fingerprint: &[u8]) -> Result<Response, Refusal> {
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
    response.headers_mut().insert("idempotent-replayed", axum::http::HeaderValue::from_static("true"));
    Ok(response)
}

async fn release(cx: &RequestContext, person: uuid::Uuid, route: &str, key: &str) -> Result<(), AppError> {
    let mut tx = cx.db.begin().await?;
    sql("DELETE FROM api_answers WHERE user_id = $1 AND route = $2 AND idempotency_key = $3 AND status IS NULL")
        .bind(person)
        .bind(route)
        .bind(key)
        .run(&mut tx)
        .await?;
    tx.commit().await
}

/// Forgets answers that nobody can ask for any more; run once an hour.
pub async fn sweep(services: &Services) -> Result<(), AppError> {
    let mut tx = services.db.begin().await?;
    sql("DELETE FROM api_answers WHERE created_at < $1").bind(services.clock.now() - KEPT).run(&mut tx).await?;
    tx.commit().await
}
