//! A whole server in front of a small studio, and everybody who might knock.
use crate::support::{
    World,
    program::photograph,
    shop::{self, Shop},
};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use photovault::{
    boot::router::router,
    features::{
        accounts::server::service as accounts,
        images::server::service::{self as images, NewImage},
    },
    platform::{RequestContext, Services, db::sql, mail, token},
    shared::{GalleryId, ImageId, MailId, PhotoId, Role, SessionId, UserId},
};
use std::sync::Arc;
use tower::ServiceExt;

/// One letter a person: guest, client A (the studio's client), client B, photographer A (whose gallery it is),
/// photographer B, crew, owner, and a client whose account was deactivated.
pub const EVERYBODY: &str = "gabpqcod";

pub struct House {
    router: Router,
    cookies: Vec<(char, String)>,
    tokens: Vec<(char, String)>,
    pub gallery: GalleryId,
    pub photo: PhotoId,
    /// The one in client A's order.
    pub sold: PhotoId,
    pub order: String,
    pub client: UserId,
    /// One that client A keeps.
    image: ImageId,
    pub mail: MailId,
}

pub struct Answer {
    pub status: StatusCode,
    pub location: Option<String>,
    pub cookies: Vec<String>,
    pub headers: axum::http::HeaderMap,
    pub body: String,
}

impl House {
    pub async fn open(world: &World) -> Self {
        let shop = Shop::open(world, 3).await;
        let client = shop.client_with(world, "a@example.com", &shop.photos[..1]).await;
        let order = shop::order_offline(&client).await;
        let client_b = world.person(Role::Client, "b@example.com").await;
        let photographer_b = world.person(Role::Photographer, "q@example.com").await;
        let crew = world.person(Role::Crew, "crew@example.com").await;
        let gone = shop.client(world, "gone@example.com").await;
        let (mut cookies, mut tokens) = (vec![], vec![]);
        for (letter, cx) in [
            ('a', &client),
            ('b', &client_b),
            ('p', &shop.photographer),
            ('q', &photographer_b),
            ('c', &crew),
            ('o', &shop.owner),
            ('d', &gone),
        ] {
            cookies.push((letter, cookie(cx).await));
            tokens.push((letter, accounts::renew(cx).await.unwrap().access));
        }
        accounts::set_active(&shop.owner, shop::id(&gone), false).await.unwrap();
        Self {
            router: router(world.services.clone(), "nowhere"),
            cookies,
            tokens,
            image: image(&client).await,
            gallery: shop.gallery,
            photo: shop.photos[1],
            sold: shop.photos[0],
            order,
            client: shop::id(&client),
            mail: mail::outbox(&world.services.db, 1).await.unwrap()[0].id,
        }
    }

    /// The same people in front of another instance.
    pub fn at(self, services: Arc<Services>) -> Self {
        Self { router: router(services, "nowhere"), ..self }
    }

    pub fn token(&self, who: char) -> Option<&str> {
        self.tokens.iter().find(|(letter, _)| *letter == who).map(|(_, token)| token.as_str())
    }

    fn request(&self, who: char, method: &str, path: &str) -> axum::http::request::Builder {
        let request =
            Request::builder().method(method).uri(path).header(header::HOST, "127.0.0.1:3000").header("sec-fetch-site", "same-origin");
        match self.cookies.iter().find(|(letter, _)| *letter == who) {
            Some((_, cookie)) => request.header(header::COOKIE, cookie),
            None => request,
        }
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let text = |name| parts.headers.get_all(name).iter().map(|v| v.to_str().unwrap().to_string()).collect::<Vec<_>>();
        Answer {
            status: parts.status,
            location: text(header::LOCATION).pop(),
            cookies: text(header::SET_COOKIE),
            body: String::from_utf8_lossy(&to_bytes(body, 8_000_000).await.unwrap()).into_owned(),
            headers: parts.headers,
        }
    }

    /// A page, as a browser asks for it.
    pub async fn visit(&self, who: char, path: &str) -> Answer {
        self.send(self.request(who, "GET", path).header(header::ACCEPT, "text/html").body(Body::empty()).unwrap()).await
    }

    /// The page that a browser goes on to after a form, with the cookies that the answer set.
    pub async fn go_on(&self, who: char, path: &str, answer: &Answer) -> Answer {
        let mut request = self.request(who, "GET", path).header(header::ACCEPT, "text/html");
        for cookie in &answer.cookies {
            request = request.header(header::COOKIE, cookie.split(';').next().unwrap_or_default());
        }
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// A server function, as an island calls it.
    pub async fn call(&self, who: char, endpoint: &str, form: &str) -> Answer {
        let request = self.request(who, "POST", &format!("/_fn/{endpoint}")).header(header::ACCEPT, "application/json");
        self.send(request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(Body::from(form.to_string())).unwrap())
            .await
    }

    /// A form on a page, as a browser without JavaScript sends it.
    pub async fn submit(&self, who: char, page: &str, endpoint: &str, form: &str) -> Answer {
        let request = self.request(who, "POST", &format!("/_fn/{endpoint}")).header(header::ACCEPT, "text/html,application/xhtml+xml");
        let request = request.header(header::REFERER, format!("http://127.0.0.1:3000{page}"));
        self.send(request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(Body::from(form.to_string())).unwrap())
            .await
    }

    /// One file to the upload, with JavaScript or without.
    pub async fn upload(&self, who: char, gallery: &str) -> Answer {
        let body = format!(
            "--x\r\nContent-Disposition: form-data; name=\"gallery\"\r\n\r\n{gallery}\r\n--x\r\nContent-Disposition: form-data; name=\"photos\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\nno photograph\r\n--x--\r\n"
        );
        let request = self.request(who, "POST", "/_fn/upload_photos").header(header::ACCEPT, "application/json");
        self.send(request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=x").body(Body::from(body)).unwrap()).await
    }

    /// Puts the studio's own ids into a path or a form.
    pub fn own(&self, text: &str) -> String {
        let client = self.client.to_string();
        text.replace("{gallery}", &self.gallery.to_string())
            .replace("{photo}", &self.photo.to_string())
            .replace("{order}", &self.order)
            .replace("{client}", &client)
            .replace("{image}", &self.image.to_string())
            .replace("{mail}", &self.mail.to_string())
    }
}

/// What nobody has.
const NOBODY: &str = "01900000-0000-7000-8000-000000000000";
const NO_ORDER: &str = "PV-2026-999999";

/// The same text with ids that nobody has.
pub fn missing(text: &str) -> String {
    text.replace("{gallery}", NOBODY)
        .replace("{photo}", NOBODY)
        .replace("{order}", NO_ORDER)
        .replace("{client}", NOBODY)
        .replace("{image}", NOBODY)
        .replace("{mail}", NOBODY)
}

impl Answer {
    /// Everything that somebody learns from it, apart from what they said themselves and from the answer's own numbers.
    /// What is foreign and what doesn't exist must read the same.
    pub fn told(&self, house: &House) -> String {
        let kind = self.headers.get(header::CONTENT_TYPE).map_or("", |kind| kind.to_str().unwrap());
        let mut text = format!("{} {} {kind}\n{}", self.status.as_u16(), self.location.as_deref().unwrap_or_default(), self.body);
        let ids = [house.gallery.0, house.photo.0, house.client.0, house.image.0, house.mail.0].map(|id| id.to_string());
        for said in ids.iter().map(String::as_str).chain([house.order.as_str(), NOBODY, NO_ORDER]) {
            text = text.replace(said, "…");
        }
        if let Some(number) = self.headers.get("x-request-id") {
            text = text.replace(number.to_str().unwrap(), "…");
        }
        // a nonce is good for one page
        let mut parts = text.split("nonce=\"");
        let first = parts.next().unwrap_or_default().to_string();
        parts.fold(first, |whole, part| whole + "nonce=" + part.split_once('"').map_or(part, |(_, rest)| rest))
    }
}

async fn image(cx: &RequestContext) -> ImageId {
    let mut incoming = cx.storage.receive(1 << 20).await.unwrap();
    incoming.write(&photograph(1)).await.unwrap();
    let new = NewImage { filename: "a.jpg".into(), ..Default::default() };
    images::keep_image(cx, new, incoming.finish().await.unwrap()).await.unwrap().id
}

async fn cookie(cx: &RequestContext) -> String {
    let token = token::fresh();
    let mut tx = cx.db.begin().await.unwrap();
    sql("INSERT INTO sessions (id, token_hash, user_id, stay, agent, created_at, seen_at, ends_at) VALUES ($1, $2, $3, TRUE, 'test', $4, $4, $5)")
        .bind(SessionId::new())
        .bind(token.hash)
        .bind(shop::id(cx))
        .bind(cx.now())
        .bind(cx.now() + 86_400_000)
        .run(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    format!("pv_session={}", token.secret)
}
