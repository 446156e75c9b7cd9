//! A program that talks to the whole server.
use crate::support::World;
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, header},
};
use photovault::boot::router::router;
use serde_json::Value;
use tower::ServiceExt;

pub struct Program {
    router: Router,
    pub token: Option<String>,
}

pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn text(&self, field: &str) -> String {
        self.body[field].as_str().unwrap_or_default().to_string()
    }

    /// The address of the list's next piece.
    pub fn next(&self) -> Option<String> {
        self.header("link").strip_prefix('<').and_then(|rest| rest.split('>').next()).map(str::to_string)
    }
}

impl Program {
    pub fn new(world: &World) -> Self {
        Self { router: router(world.services.clone(), "nowhere"), token: None }
    }

    pub fn with(&self, token: &str) -> Self {
        Self { router: self.router.clone(), token: Some(token.into()) }
    }

    /// The same program without a token.
    pub fn nobody(&self) -> Self {
        Self { router: self.router.clone(), token: None }
    }

    /// Signs somebody up and goes on in their name.
    pub async fn signed_up(world: &World, name: &str) -> Self {
        let program = Self::new(world);
        let answer = program.post("/api/auth/signup/", &sign_up(name)).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        program.with(answer.body["tokens"]["access"].as_str().unwrap())
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let body = serde_json::from_slice(&bytes).unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&bytes).into_owned()));
        Answer { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    pub fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let request = Request::builder().method(method).uri(path).header(header::HOST, "127.0.0.1:3000");
        match &self.token {
            Some(token) => request.header(header::AUTHORIZATION, format!("Bearer {token}")),
            None => request,
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request("GET", path).body(Body::empty()).unwrap()).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(self.request("DELETE", path).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.with_body("POST", path, body, None).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        self.with_body("PUT", path, body, None).await
    }

    pub async fn with_body(&self, method: &str, path: &str, body: &Value, key: Option<&str>) -> Answer {
        let mut request = self.request(method, path).header(header::CONTENT_TYPE, "application/json");
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }
}

pub fn sign_up(name: &str) -> Value {
    serde_json::json!({
        "email": format!("{name}@example.com"),
        "username": name,
        "password": "SecurePassword123",
        "password2": "SecurePassword123",
    })
}
