//! The real program as a process of its own, on SQLite in a temporary folder, to be started and killed.
use super::shop;
use photovault::{
    boot::{handlers::handlers, open_services},
    features::{
        accounts::server::service::{self as accounts, NewPerson},
        galleries::{NewGallery, server::service as galleries},
        site::{Opening, server::service as site},
    },
    platform::{Actor, Person, RequestContext, Services, config::Config, db::sql, jobs, token},
    shared::{GalleryId, PhotoId, Role, SessionId},
};
use std::{
    collections::BTreeMap,
    net::TcpListener,
    process::{Child, Command, Stdio},
    sync::Arc,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

pub struct Program {
    folder: tempfile::TempDir,
    address: String,
    cookie: String,
    gallery: GalleryId,
    child: Option<Child>,
}

/// How a photographer reaches the running program.
#[derive(Clone)]
pub struct Door {
    address: String,
    cookie: String,
    gallery: GalleryId,
}

impl Program {
    /// A studio with one photographer who is signed in, and one gallery; the program is not running yet.
    pub async fn prepare() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let services = services_in(folder.path()).await;
        let system = RequestContext::system(services.clone());
        let mut tx = services.db.begin().await.unwrap();
        let opening = Opening { name: "Studio".into(), time_zone: "UTC".into(), currency: "EUR".into() };
        site::open(&mut tx, &services.clock, &opening).await.unwrap();
        tx.commit().await.unwrap();
        let new = NewPerson {
            name: "Paula".into(),
            email: "paula@example.com".into(),
            role: Role::Photographer,
            password: "a long enough secret".into(),
            proven: true,
        };
        let id = accounts::create_person(&system, new).await.unwrap();
        let person = Person { id, role: Role::Photographer, name: "Paula".into(), email: "paula@example.com".into(), proven_email: None };
        let paula = system.acting_as(Actor::Person(person));
        let gallery = galleries::create_gallery(&paula, NewGallery { title: "Crash".into(), ..Default::default() }).await.unwrap();
        let session = token::fresh();
        let mut tx = services.db.begin().await.unwrap();
        sql("INSERT INTO sessions (id, token_hash, user_id, stay, agent, created_at, seen_at, ends_at) VALUES ($1, $2, $3, TRUE, 'test', $4, $4, $5)")
            .bind(SessionId::new())
            .bind(session.hash)
            .bind(shop::id(&paula))
            .bind(paula.now())
            .bind(paula.now() + 86_400_000)
            .run(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        services.db.close().await;
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
        Self { folder, address, cookie: format!("pv_session={}", session.secret), gallery, child: None }
    }

    /// Starts the program and waits until it says that it is ready.
    pub async fn start(&mut self) {
        let child = Command::new(env!("CARGO_BIN_EXE_photovault"))
            .arg("serve")
            .current_dir(self.folder.path())
            .env("PHOTOVAULT_DATA", self.folder.path().join("data"))
            .env("LEPTOS_SITE_ADDR", &self.address)
            .env_remove("DATABASE_URL")
            .env("RUST_LOG", "error")
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        self.child = Some(child);
        while exchange(&self.address, b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            .await
            .is_none_or(|answer| !answer.starts_with("HTTP/1.1 200"))
        {
            tokio::task::yield_now().await;
        }
    }

    /// SIGKILL: nothing is finished, nothing is said goodbye to.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    pub fn door(&self) -> Door {
        Door { address: self.address.clone(), cookie: self.cookie.clone(), gallery: self.gallery }
    }

    /// The data folder after the last kill, with everything done that was still to do.
    pub async fn look_inside(&self) -> Arc<Services> {
        let services = services_in(self.folder.path()).await;
        let mut tx = services.db.begin().await.unwrap();
        // what `serve` does at its start: the dead process's jobs are free
        sql("UPDATE jobs SET locked_until = 0 WHERE status = 'running'").run(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        jobs::run_due(&services, &handlers()).await.unwrap();
        services
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.kill();
    }
}

async fn services_in(folder: &std::path::Path) -> Arc<Services> {
    let env = BTreeMap::from([("PHOTOVAULT_DATA".to_string(), folder.join("data").display().to_string())]);
    open_services(Config::read("", &env, "127.0.0.1:0").unwrap()).await.unwrap()
}

impl Door {
    /// Uploads one file; the photo's id when, and only when, the program has confirmed it.
    pub async fn upload(&self, bytes: &[u8]) -> Option<PhotoId> {
        let mut body = format!("--x\r\nContent-Disposition: form-data; name=\"gallery\"\r\n\r\n{}\r\n--x\r\nContent-Disposition: form-data; name=\"photos\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n", self.gallery).into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--x--\r\n");
        let mut request = format!(
            "POST /_fn/upload_photos HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nSec-Fetch-Site: same-origin\r\nAccept: application/json\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            self.address, self.cookie, body.len()
        )
        .into_bytes();
        request.extend(body);
        let answer = exchange(&self.address, &request).await?;
        let (head, json) = answer.split_once("\r\n\r\n")?;
        assert!(head.starts_with("HTTP/1.1 200"), "{answer}");
        let report: serde_json::Value = serde_json::from_str(json).ok()?;
        report["files"][0]["photo"].as_str()?.parse().ok()
    }
}

/// One request and its whole answer; none when the connection broke.
async fn exchange(address: &str, request: &[u8]) -> Option<String> {
    let mut stream = TcpStream::connect(address).await.ok()?;
    stream.write_all(request).await.ok()?;
    let mut answer = vec![];
    stream.read_to_end(&mut answer).await.ok()?;
    (!answer.is_empty()).then(|| String::from_utf8_lossy(&answer).into_owned())
}

/// A small JPEG, another one for each seed.
pub fn photograph(seed: u64) -> Vec<u8> {
    let picture = image::RgbImage::from_fn(320, 240, |x, y| {
        let n = (u64::from(x) * 31 + u64::from(y) * 17).wrapping_mul(seed.wrapping_mul(2_654_435_761) | 1);
        image::Rgb([(n >> 3) as u8, (n >> 9) as u8, (x + y) as u8])
    });
    let mut bytes = vec![];
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 85).encode_image(&picture).unwrap();
    bytes
}
