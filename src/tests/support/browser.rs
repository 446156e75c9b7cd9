//! Somebody at a running server, by the plainest of clients: one connection a request.
use super::shop;
use photovault::{
    boot::{Listening, serve},
    platform::{RequestContext, Services, db::sql, token},
    shared::{GalleryId, PhotoId, SessionId},
};
use std::{net::SocketAddr, sync::Arc};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, Lines, ReadHalf},
    net::TcpStream,
};

#[derive(Clone)]
pub struct Browser {
    pub address: SocketAddr,
    cookie: String,
}

/// What came back.
#[derive(Debug)]
pub struct Page {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Page {
    pub fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_str(&self.body).ok()
    }

    /// The photograph that an upload's answer confirms.
    pub fn photo(&self) -> Option<PhotoId> {
        self.json()?["files"][0]["photo"].as_str()?.parse().ok()
    }
}

/// An open stream of events.
pub struct Stream {
    lines: Lines<BufReader<ReadHalf<TcpStream>>>,
    _write: tokio::io::WriteHalf<TcpStream>,
    /// The id of the last event.
    pub last: String,
}

/// The server of this program on a free port.
pub async fn served(services: Arc<Services>) -> Listening {
    serve(services, "127.0.0.1:0", "nowhere").await.unwrap()
}

impl Browser {
    pub fn guest(address: SocketAddr) -> Self {
        Self { address, cookie: String::new() }
    }

    /// Signed in as this person, wherever the sessions of this database count.
    pub async fn of(cx: &RequestContext, address: SocketAddr) -> Self {
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
        Self { address, cookie: format!("pv_session={}", token.secret) }
    }

    pub fn cookie(&self) -> &str {
        &self.cookie
    }

    /// The same browser in front of another instance.
    pub fn at(&self, address: SocketAddr) -> Self {
        Self { address, ..self.clone() }
    }

    fn head(&self, method: &str, path: &str, accept: &str) -> String {
        format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nSec-Fetch-Site: same-origin\r\nAccept: {accept}\r\nConnection: close\r\n",
            self.address, self.cookie
        )
    }

    pub async fn visit(&self, path: &str) -> Page {
        self.try_visit(path).await.unwrap()
    }

    /// None when the connection broke: nobody knows what was done then.
    pub async fn try_visit(&self, path: &str) -> Option<Page> {
        self.exchange(format!("{}\r\n", self.head("GET", path, "text/html")).as_bytes()).await
    }

    pub async fn call(&self, endpoint: &str, form: &str) -> Page {
        self.try_call(endpoint, form).await.unwrap()
    }

    pub async fn try_call(&self, endpoint: &str, form: &str) -> Option<Page> {
        self.post(&format!("/_fn/{endpoint}"), "Content-Type: application/x-www-form-urlencoded\r\n", form).await
    }

    /// `headers`: whole lines.
    pub async fn post(&self, path: &str, headers: &str, body: &str) -> Option<Page> {
        let head = self.head("POST", path, "application/json");
        self.exchange(format!("{head}{headers}Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes()).await
    }

    /// The head of an upload and its body, to be sent as one likes.
    pub fn upload_request(&self, gallery: GalleryId, bytes: &[u8]) -> (String, Vec<u8>) {
        let mut body = format!("--x\r\nContent-Disposition: form-data; name=\"gallery\"\r\n\r\n{gallery}\r\n--x\r\nContent-Disposition: form-data; name=\"photos\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n").into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--x--\r\n");
        let head = self.head("POST", "/_fn/upload_photos", "application/json");
        (format!("{head}Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {}\r\n\r\n", body.len()), body)
    }

    pub async fn upload(&self, gallery: GalleryId, bytes: &[u8]) -> PhotoId {
        let page = self.try_upload(gallery, bytes).await.unwrap();
        assert_eq!(page.status, 200, "{page:?}");
        page.photo().unwrap()
    }

    pub async fn try_upload(&self, gallery: GalleryId, bytes: &[u8]) -> Option<Page> {
        let (head, body) = self.upload_request(gallery, bytes);
        self.exchange(&[head.as_bytes(), &body].concat()).await
    }

    /// Opens the live line and hears its first word.
    pub async fn listen(&self, topic: &str) -> Stream {
        let mut stream = self.listen_after(topic, "").await;
        assert_eq!(stream.next().await.as_deref(), Some("hello"));
        stream
    }

    /// Opens the live line again after a break.
    pub async fn listen_after(&self, topic: &str, last: &str) -> Stream {
        let (read, mut write) = tokio::io::split(TcpStream::connect(self.address).await.unwrap());
        let head = self.head("GET", &format!("/live?topic={topic}"), "text/event-stream");
        write.write_all(format!("{head}Last-Event-ID: {last}\r\n\r\n").as_bytes()).await.unwrap();
        Stream { lines: BufReader::new(read).lines(), _write: write, last: String::new() }
    }

    async fn exchange(&self, request: &[u8]) -> Option<Page> {
        let mut stream = TcpStream::connect(self.address).await.ok()?;
        stream.write_all(request).await.ok()?;
        read(stream).await
    }
}

/// Reads an answer to its end.
pub async fn read(mut stream: TcpStream) -> Option<Page> {
    let mut bytes = vec![];
    stream.read_to_end(&mut bytes).await.ok()?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = text.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some(Page { status, head: head.to_ascii_lowercase(), body: body.into() })
}

impl Stream {
    /// The name of the next event; none when the stream has ended.
    pub async fn next(&mut self) -> Option<String> {
        let mut name = None;
        loop {
            let line = self.lines.next_line().await.ok()??;
            if let Some(found) = line.strip_prefix("event: ") {
                name = Some(found.to_string());
            } else if let Some(id) = line.strip_prefix("id: ") {
                self.last = id.to_string();
            } else if line.is_empty() && name.is_some() {
                return name;
            }
        }
    }

    /// Waits until something changed. "hello" in between means that the server has only now begun to listen.
    pub async fn changed(&mut self) -> bool {
        while let Some(name) = self.next().await {
            if name == "changed" {
                return true;
            }
        }
        false
    }

    /// Whether the server hung up.
    pub async fn ends(&mut self) -> bool {
        while let Some(name) = self.next().await {
            if name == "changed" {
                return false;
            }
        }
        true
    }
}
