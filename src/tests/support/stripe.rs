//! A bank that speaks as Stripe does, inside the test: it keeps its own books, and it can be away, late and confused.
use super::{World, worlds_with};
use axum::{
    Json, Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use photovault::{
    boot::{handlers::handlers, router::router},
    features::orders::{PaymentMethod, SandboxWish, server::service},
    platform::{RequestContext, jobs, payment::stripe::signature},
};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};
use tower::ServiceExt;

pub const SECRET: &str = "whsec_test";

/// Settings with which cards are offered.
pub const CARDS: [(&str, &str); 3] =
    [("STRIPE_SECRET_KEY", "sk_test_1"), ("STRIPE_PUBLIC_KEY", "pk_test_1"), ("STRIPE_WEBHOOK_SECRET", "whsec_old,whsec_test")];

#[derive(Clone, Default)]
pub struct Bank(Arc<Mutex<Books>>);

#[derive(Default)]
pub struct Books {
    pub intents: BTreeMap<String, Value>,
    pub refunds: Vec<Value>,
    pub disputes: BTreeMap<String, Value>,
    /// What was answered under each key, and to which request.
    keys: BTreeMap<String, (String, u16, Value)>,
    /// Events that were not delivered yet.
    pub events: Vec<Value>,
    pub calls: Vec<String>,
    pub charges: usize,
    /// Of a hundred requests so many go wrong, each in another way.
    pub chaos: u64,
    /// The next requests that begin like this go wrong in this way.
    pub faults: Vec<(&'static str, Fault)>,
    /// What a refund becomes at first.
    pub refund_status: Option<&'static str>,
    /// What the bank thinks of the next payments: their level of risk.
    pub risk: Option<&'static str>,
    seed: u64,
    count: usize,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fault {
    /// Done, but the answer is lost.
    LostAnswer,
    ErrorBefore,
    ErrorAfter,
    TooMany,
    /// It will not do this.
    Refused,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Card {
    Good,
    Declined,
    /// The bank wants a confirmation first.
    Asks,
    /// Takes days, as a bank transfer does.
    Slow,
}

/// Worlds in which cards are taken, each with its own bank.
pub async fn worlds_with_cards() -> Vec<(World, Bank)> {
    let mut all = vec![];
    let bank = Bank::default();
    let address = bank.open().await;
    let settings = [&CARDS[..], &[("STRIPE_API_BASE", address.as_str())]].concat();
    for world in worlds_with(&settings).await {
        all.push((world, bank.clone()));
    }
    all
}

impl Bank {
    /// Gives the address under which it is asked.
    pub async fn open(&self) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let app = Router::new().fallback(answer).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        address
    }

    pub fn books<T>(&self, look: impl FnOnce(&mut Books) -> T) -> T {
        look(&mut self.0.lock().unwrap())
    }

    /// Forgets everything, for the next world.
    pub fn reset(&self) {
        self.books(|books| *books = Books::default());
    }

    /// The person gives a card in the browser.
    pub fn pay(&self, intent: &str, card: Card) {
        self.books(|books| {
            let mut intent = books.intents[intent].clone();
            let kind = match card {
                Card::Good => {
                    assert_ne!(intent["status"], "succeeded", "paid twice");
                    assert_ne!(intent["status"], "canceled", "paid after it was closed");
                    intent["status"] = "succeeded".into();
                    intent["amount_received"] = intent["amount"].clone();
                    intent["last_payment_error"] = Value::Null;
                    let level = books.risk.unwrap_or("normal");
                    intent["latest_charge"] = json!({"id": "ch_1", "object": "charge", "outcome": {"risk_level": level, "type": "authorized", "network_status": "approved_by_network"}});
                    books.charges += 1;
                    "payment_intent.succeeded"
                }
                Card::Declined => {
                    intent["status"] = "requires_payment_method".into();
                    intent["last_payment_error"] = json!({"type": "card_error", "code": "card_declined", "decline_code": "insufficient_funds", "message": "Your card has insufficient funds."});
                    "payment_intent.payment_failed"
                }
                Card::Asks => {
                    intent["status"] = "requires_action".into();
                    "payment_intent.requires_action"
                }
                Card::Slow => {
                    intent["status"] = "processing".into();
                    "payment_intent.processing"
                }
            };
            books.intents.insert(intent["id"].as_str().unwrap().into(), intent.clone());
            books.tell(kind, intent);
        });
    }

    pub fn dispute(&self, intent: &str, id: &str, status: &str, kind: &str) {
        self.books(|books| {
            let dispute = json!({"id": id, "object": "dispute", "status": status, "reason": "fraudulent", "amount": books.intents[intent]["amount"], "currency": "eur", "payment_intent": intent, "charge": "ch_1"});
            books.disputes.insert(id.into(), dispute.clone());
            books.tell(kind, dispute);
        });
    }

    /// Somebody looks at the payment in the bank's pages, or has looked.
    pub fn review(&self, intent: &str, closed: Option<&str>) {
        self.books(|books| {
            let review = json!({"id": "prv_1", "object": "review", "payment_intent": intent, "open": closed.is_none(), "reason": closed.unwrap_or("rule"), "closed_reason": closed});
            books.intents.get_mut(intent).unwrap()["review"] = review.clone();
            books.tell(if closed.is_none() { "review.opened" } else { "review.closed" }, review);
        });
    }

    /// A refund that was through comes back.
    pub fn refund_comes_back(&self, at: usize) {
        self.books(|books| {
            books.refunds[at]["status"] = "failed".into();
            books.tell("refund.failed", books.refunds[at].clone());
        });
    }

    /// A refund made in the dashboard.
    pub fn refund_in_dashboard(&self, intent: &str, amount: i64) {
        self.books(|books| {
            let refund = json!({"id": format!("re_dash{}", books.refunds.len()), "object": "refund", "status": "succeeded", "amount": amount, "currency": "eur", "payment_intent": intent, "metadata": {}, "created": 1_781_438_400});
            books.refunds.push(refund);
            books.tell("charge.refunded", json!({"id": "ch_1", "object": "charge", "payment_intent": intent}));
        });
    }

    pub fn intents(&self) -> Vec<Value> {
        self.books(|books| books.intents.values().cloned().collect())
    }

    pub fn refunded(&self) -> i64 {
        self.books(|books| books.refunds.iter().filter(|r| r["status"] != "failed").map(|r| r["amount"].as_i64().unwrap()).sum())
    }

    pub fn take_events(&self) -> Vec<Value> {
        self.books(|books| std::mem::take(&mut books.events))
    }
}

impl Books {
    pub fn tell(&mut self, kind: &str, object: Value) {
        self.count += 1;
        let event = json!({"id": format!("evt_{}", self.count), "object": "event", "type": kind, "created": 1_781_438_400 + self.count, "livemode": false, "data": {"object": object}});
        self.events.push(event);
    }

    pub fn dice(&mut self) -> u64 {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.seed >> 33
    }

    fn fault(&mut self, call: &str) -> Option<Fault> {
        if let Some(at) = self.faults.iter().position(|(begins, _)| call.starts_with(begins)) {
            return Some(self.faults.remove(at).1);
        }
        if self.dice() % 100 >= self.chaos {
            return None;
        }
        Some([Fault::LostAnswer, Fault::ErrorBefore, Fault::ErrorAfter, Fault::TooMany][(self.dice() % 4) as usize])
    }

    fn id(&mut self, kind: &str) -> String {
        self.count += 1;
        format!("{kind}_{}", self.count)
    }

    fn work(&mut self, method: &Method, path: &str, form: &BTreeMap<String, String>) -> (u16, Value) {
        let parts: Vec<&str> = path.trim_start_matches("/v1/").split('/').collect();
        match (method.as_str(), parts.as_slice()) {
            ("POST", ["payment_intents"]) => {
                assert_eq!(form["automatic_payment_methods[enabled]"], "true");
                let id = self.id("pi");
                let marks: BTreeMap<_, _> = form
                    .iter()
                    .filter_map(|(k, v)| Some((k.strip_prefix("metadata[")?.strip_suffix(']')?.to_string(), v.clone())))
                    .collect();
                let intent = json!({"id": id, "object": "payment_intent", "status": "requires_payment_method", "amount": form["amount"].parse::<i64>().unwrap(), "amount_received": 0,
                    "currency": form["currency"], "livemode": false, "metadata": marks, "client_secret": format!("{id}_secret_x"), "latest_charge": null, "last_payment_error": null});
                self.intents.insert(id, intent.clone());
                self.tell("payment_intent.created", intent.clone());
                (200, intent)
            }
            ("GET", ["payment_intents"]) => {
                let newest: Vec<_> = self.intents.values().next_back().cloned().into_iter().collect();
                (200, json!({"object": "list", "data": newest, "has_more": false}))
            }
            ("GET", ["payment_intents", id]) => {
                let (status, mut intent) = found(self.intents.get(*id));
                for part in ["latest_charge", "review"] {
                    // only who asks for the whole of it gets more than its name
                    if !form.values().any(|asked| asked == part) && intent[part].is_object() {
                        intent[part] = intent[part]["id"].clone();
                    }
                }
                (status, intent)
            }
            ("POST", ["payment_intents", id, "cancel"]) => match self.intents.get_mut(*id) {
                Some(intent) if ["succeeded", "processing", "canceled"].contains(&intent["status"].as_str().unwrap()) => {
                    refusal("payment_intent_unexpected_state")
                }
                Some(intent) => {
                    intent["status"] = "canceled".into();
                    (200, intent.clone())
                }
                None => missing(),
            },
            ("POST", ["refunds"]) => self.refund(form),
            ("GET", ["refunds"]) => {
                let data: Vec<_> =
                    self.refunds.iter().filter(|r| r["payment_intent"] == form["payment_intent"].as_str()).cloned().collect();
                (200, json!({"object": "list", "data": data, "has_more": false}))
            }
            ("GET", ["refunds", id]) => found(self.refunds.iter().find(|r| r["id"] == *id)),
            ("GET", ["disputes", id]) => found(self.disputes.get(*id)),
            _ => panic!("nobody asked Stripe that: {method} {path}"),
        }
    }

    fn refund(&mut self, form: &BTreeMap<String, String>) -> (u16, Value) {
        let Some(intent) = self.intents.get(&form["payment_intent"]).cloned() else { return missing() };
        let amount: i64 = form["amount"].parse().unwrap();
        let of_intent = self.refunds.iter().filter(|r| r["payment_intent"] == intent["id"] && r["status"] != "failed");
        let left = intent["amount_received"].as_i64().unwrap() - of_intent.map(|r| r["amount"].as_i64().unwrap()).sum::<i64>();
        if amount > left {
            return refusal("charge_already_refunded");
        }
        let id = self.id("re");
        let status = self.refund_status.unwrap_or("succeeded");
        let refund = json!({"id": id, "object": "refund", "status": status, "amount": amount, "currency": intent["currency"], "payment_intent": intent["id"], "metadata": {"refund": form["metadata[refund]"]}, "created": 1_781_438_400});
        self.refunds.push(refund.clone());
        self.tell("refund.created", refund.clone());
        (200, refund)
    }
}

fn found(object: Option<&Value>) -> (u16, Value) {
    object.map_or_else(missing, |object| (200, object.clone()))
}

fn missing() -> (u16, Value) {
    (404, json!({"error": {"type": "invalid_request_error", "code": "resource_missing", "message": "No such thing"}}))
}

fn refusal(code: &str) -> (u16, Value) {
    (400, json!({"error": {"type": "invalid_request_error", "code": code, "message": "No"}}))
}

async fn answer(State(bank): State<Bank>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, 100_000).await.unwrap();
    let query = parts.uri.query().unwrap_or_default().to_string();
    let text = if body.is_empty() { query } else { String::from_utf8(body.to_vec()).unwrap() };
    let form: BTreeMap<String, String> = form_urlencoded::parse(text.as_bytes()).into_owned().collect();
    let key = parts.headers.get("idempotency-key").map(|key| key.to_str().unwrap().to_string());
    if parts.headers[header::AUTHORIZATION] != "Bearer sk_test_1" {
        return (StatusCode::UNAUTHORIZED, Json(json!({"error": {"type": "invalid_request_error", "message": "Invalid API Key"}})))
            .into_response();
    }
    assert!(parts.headers.contains_key("stripe-version"));
    let path = parts.uri.path();
    let call = format!("{} {path}", parts.method);
    let (fault, status, value) = bank.books(|books| {
        books.calls.push(format!("{call} {}", key.clone().unwrap_or_default()));
        let fault = books.fault(&call);
        if matches!(fault, Some(Fault::ErrorBefore | Fault::TooMany)) {
            return (fault, 500, Value::Null);
        }
        if fault == Some(Fault::Refused) {
            let (status, value) = refusal("amount_too_small");
            return (None, status, value);
        }
        // in whatever order
        let print = format!("{path} {form:?}");
        if let Some((first, status, value)) = key.as_ref().and_then(|key| books.keys.get(key)) {
            assert_eq!(*first, print, "one key, two requests");
            return (fault, *status, value.clone());
        }
        let (status, value) = books.work(&parts.method, path, &form);
        if let Some(key) = key {
            books.keys.insert(key, (print, status, value.clone()));
        } else {
            assert!(parts.method == Method::GET || path.ends_with("/cancel"), "a change without a key");
        }
        (fault, status, value)
    });
    match fault {
        None => (StatusCode::from_u16(status).unwrap(), Json(value)).into_response(),
        Some(Fault::TooMany) => {
            (StatusCode::TOO_MANY_REQUESTS, Json(json!({"error": {"type": "invalid_request_error", "code": "rate_limit"}}))).into_response()
        }
        Some(Fault::LostAnswer) => {
            // headers, and then the connection breaks
            let broken = futures::stream::iter([Err::<bytes::Bytes, _>(std::io::Error::other("gone"))]);
            (StatusCode::OK, [(header::CONTENT_LENGTH, "1000")], Body::from_stream(broken)).into_response()
        }
        Some(_) => (StatusCode::INTERNAL_SERVER_ERROR, Json(json!({"error": {"type": "api_error"}}))).into_response(),
    }
}

/// Brings an event to the program, signed as Stripe signs it; gives the status of the answer.
pub async fn deliver(cx: &RequestContext, event: &Value) -> u16 {
    let body = serde_json::to_vec_pretty(event).unwrap();
    let signed = signature::sign(SECRET, &body, cx.now() / 1000);
    send(cx, body, &[("stripe-signature", &signed)]).await
}

pub async fn send(cx: &RequestContext, body: Vec<u8>, headers: &[(&str, &str)]) -> u16 {
    let mut request =
        Request::builder().method("POST").uri("/api/payments/webhook").header("content-type", "application/json; charset=utf-8");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = router(cx.services.clone(), "nowhere").oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
    response.status().as_u16()
}

/// Delivers everything that the bank has to tell, and does the work that follows.
pub async fn hear(cx: &RequestContext, bank: &Bank) {
    for event in bank.take_events() {
        assert_eq!(deliver(cx, &event).await, 200);
    }
    work(cx).await;
}

pub async fn work(cx: &RequestContext) {
    jobs::run_due(&cx.services, &handlers()).await.unwrap();
}

/// An order that waits for a card, and the intent under which it is paid.
pub async fn order_by_card(client: &RequestContext) -> (String, String) {
    let number = super::shop::order(client, PaymentMethod::Card, SandboxWish::Success).await.unwrap();
    let intent = begin(client, &number).await;
    (number, intent)
}

pub async fn begin(client: &RequestContext, number: &str) -> String {
    let payment = service::begin_card_payment(client, number).await.unwrap();
    payment.client_secret.split("_secret_").next().unwrap().to_string()
}
