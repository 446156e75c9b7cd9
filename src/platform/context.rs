use super::{
    Actor, Clock, config::Config, db::Db, imaging_pool::ImagingPool, jobs::Bell, mail::Carrier, passwords::Passwords, payment::Stripe,
    seal::Seal, storage::Storage,
};
use crate::shared::AppError;
use axum::{
    extract::FromRequestParts,
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use leptos::prelude::use_context;
use std::{net::IpAddr, ops::Deref, sync::Arc};

/// The outside world as this process uses it; made once at the start (or per test).
pub struct Services {
    pub config: Config,
    pub db: Db,
    pub clock: Clock,
    pub storage: Storage,
    pub passwords: Passwords,
    pub imaging: ImagingPool,
    pub mail: Carrier,
    pub seal: Seal,
    /// None when the settings name no account: then cards are not offered.
    pub stripe: Option<Stripe>,
    /// Wakes the workers when a job was committed, so that nobody waits for the next look.
    pub bell: Bell,
}

/// Who is asking, from where, and what they may reach; built once per request, whatever the door.
#[derive(Clone)]
pub struct RequestContext {
    pub actor: Actor,
    pub client: Client,
    pub services: Arc<Services>,
}

/// The other end of the connection. The address is the peer's unless the peer is a proxy that the settings trust.
#[derive(Clone, Debug)]
pub struct Client {
    pub address: IpAddr,
    pub agent: String,
    /// The session cookie's secret, for signing out and for marking "this device".
    pub session: Option<String>,
    /// The cookie that says with which accounts this browser came in before; it opens nothing.
    pub known: Option<String>,
}

impl RequestContext {
    /// For server functions and pages; the door has put it there.
    pub async fn current() -> Result<Self, AppError> {
        use_context::<Self>().ok_or_else(|| super::log::internal("context", &"no request context"))
    }

    /// For jobs and the command line.
    pub fn system(services: Arc<Services>) -> Self {
        let client = Client { address: IpAddr::from([127, 0, 0, 1]), agent: "photovault".into(), session: None, known: None };
        Self { actor: Actor::System, client, services }
    }

    /// The same world seen by somebody else.
    pub fn acting_as(&self, actor: Actor) -> Self {
        Self { actor, ..self.clone() }
    }

    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    /// What limits count by: one IPv4 address, or the /64 that one IPv6 customer has.
    pub fn address_bucket(&self) -> String {
        match self.client.address {
            IpAddr::V4(v4) => v4.to_string(),
            IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
                Some(v4) => v4.to_string(),
                None => format!("{:x}:{:x}:{:x}:{:x}", v6.segments()[0], v6.segments()[1], v6.segments()[2], v6.segments()[3]),
            },
        }
    }
}

impl Deref for RequestContext {
    type Target = Services;
    fn deref(&self) -> &Services {
        &self.services
    }
}

impl<S: Sync> FromRequestParts<S> for RequestContext {
    type Rejection = AppError;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, AppError> {
        parts.extensions.get::<Self>().cloned().ok_or(AppError::NotFound)
    }
}

/// The bare answer to an error, for programs; `boot::doors` draws a page of it for people.
impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, [(header::CACHE_CONTROL, "no-store")], axum::Json(&self)).into_response();
        let wait = match &self {
            Self::TooMany { retry_after } => Some(*retry_after),
            Self::Unavailable => Some(5),
            Self::Full => Some(60),
            _ => None,
        };
        if let Some(wait) = wait {
            response.headers_mut().insert(header::RETRY_AFTER, wait.into());
        }
        response.extensions_mut().insert(self);
        response
    }
}
