//! An S3 server in this process, strict about signatures, behind a line that can be cut, torn and made to lie.
use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto::Builder,
};
use photovault::platform::{
    config::Config,
    storage::{Storage, StorageSettings},
};
use s3s::{auth::SimpleAuth, service::S3ServiceBuilder};
use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::AbortHandle,
};

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Line {
    Well,
    /// Every connection is ended at once.
    Cut,
    /// Accepts, and says nothing.
    Silent,
    /// Ends each answer after so many bytes.
    Torn(usize),
    /// Changes one byte of each answer, at this place counted from its end.
    Lying(usize),
    /// Answers 503 by itself.
    Overloaded,
    /// Answers 404 by itself, with a page, as a proxy in front of nothing does.
    Nothing,
}

pub struct TestBucket {
    folder: tempfile::TempDir,
    pub address: String,
    line: Arc<Mutex<Line>>,
    pub connections: Arc<AtomicUsize>,
    tasks: Vec<AbortHandle>,
    open: Arc<Mutex<Vec<AbortHandle>>>,
}

pub const NAME: &str = "photovault";

impl TestBucket {
    pub async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(NAME)).unwrap();
        let mut builder = S3ServiceBuilder::new(s3s_fs::FileSystem::new(folder.path()).unwrap());
        builder.set_auth(SimpleAuth::from_single("PVTESTAK", "pvtestsecretkey123"));
        let service = builder.build();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = listener.local_addr().unwrap();
        let serving = tokio::spawn(async move {
            loop {
                let Ok((socket, _)) = listener.accept().await else { continue };
                let service = service.clone();
                tokio::spawn(async move {
                    let _ = Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(socket), service).await;
                });
            }
        });
        let line = Arc::new(Mutex::new(Line::Well));
        let connections = Arc::new(AtomicUsize::new(0));
        let front = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", front.local_addr().unwrap());
        let open = Arc::new(Mutex::new(vec![]));
        let (told, counted, held) = (line.clone(), connections.clone(), open.clone());
        let passing = tokio::spawn(async move {
            loop {
                let Ok((socket, _)) = front.accept().await else { continue };
                counted.fetch_add(1, Ordering::SeqCst);
                let connection = tokio::spawn(pass(socket, server, told.clone()));
                held.lock().unwrap().push(connection.abort_handle());
            }
        });
        Self { folder, address, line, connections, tasks: vec![serving.abort_handle(), passing.abort_handle()], open }
    }

    /// Also ends the connections that are open: a client keeps them, and would go on using a line that was well.
    pub fn set(&self, line: Line) {
        *self.line.lock().unwrap() = line;
        self.open.lock().unwrap().drain(..).for_each(|connection: AbortHandle| connection.abort());
    }

    /// As the settings of an installation name it.
    pub fn env(&self) -> BTreeMap<String, String> {
        [
            ("USE_S3", "1"),
            ("AWS_STORAGE_BUCKET_NAME", NAME),
            ("AWS_S3_ENDPOINT_URL", &self.address),
            ("AWS_ACCESS_KEY_ID", "PVTESTAK"),
            ("AWS_SECRET_ACCESS_KEY", "pvtestsecretkey123"),
        ]
        .map(|(name, value)| (name.to_string(), value.to_string()))
        .into()
    }

    pub fn settings(&self, more: &[(&str, &str)]) -> StorageSettings {
        let mut env = self.env();
        env.extend(more.iter().map(|(name, value)| (name.to_string(), value.to_string())));
        Config::read("", &env, "127.0.0.1:3000").unwrap().storage
    }

    /// A storage with a folder of its own beside this bucket.
    pub async fn storage(&self, more: &[(&str, &str)]) -> (Storage, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        (Storage::open(folder.path(), &self.settings(more)).await.unwrap(), folder)
    }

    /// Where the server keeps the bytes of a file.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(NAME).join(name)
    }

    /// Parts of uploads that were neither ended nor given up.
    pub fn open_uploads(&self) -> usize {
        let names = std::fs::read_dir(self.folder.path()).unwrap();
        names.filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with(".upload")).count()
    }
}

impl Drop for TestBucket {
    fn drop(&mut self) {
        self.tasks.iter().for_each(AbortHandle::abort);
    }
}

/// One request a connection: so that each answer is one piece that can be spoilt.
async fn pass(mut client: TcpStream, server: std::net::SocketAddr, line: Arc<Mutex<Line>>) {
    let kind = *line.lock().unwrap();
    let canned = |status: &str| {
        format!("HTTP/1.1 {status}\r\ncontent-type: text/html\r\ncontent-length: 11\r\nconnection: close\r\n\r\n<p>no.</p>\r\n")
    };
    match kind {
        Line::Cut => return,
        Line::Silent => return std::future::pending().await,
        Line::Overloaded | Line::Nothing => {
            let mut request = vec![0; 64 * 1024];
            let _ = client.read(&mut request).await;
            let _ = client.write_all(canned(if kind == Line::Nothing { "404 Not Found" } else { "503 Slow Down" }).as_bytes()).await;
            return;
        }
        _ => {}
    }
    let Ok(mut upstream) = TcpStream::connect(server).await else { return };
    if kind == Line::Well {
        let _ = tokio::io::copy_bidirectional(&mut client, &mut upstream).await;
        return;
    }
    let (mut from_client, mut to_client) = client.split();
    let (mut from_server, mut to_server) = upstream.split();
    let there = async {
        let _ = tokio::io::copy(&mut from_client, &mut to_server).await;
    };
    let back = async {
        let mut answer = vec![];
        let mut piece = vec![0; 64 * 1024];
        // the server keeps the connection open: an answer is over when nothing comes for a while
        while let Ok(Ok(read @ 1..)) = tokio::time::timeout(std::time::Duration::from_millis(300), from_server.read(&mut piece)).await {
            answer.extend_from_slice(&piece[..read]);
        }
        match kind {
            Line::Torn(after) => answer.truncate(after),
            Line::Lying(from_end) => {
                if let Some(at) = answer.len().checked_sub(from_end) {
                    answer[at] ^= 1;
                }
            }
            _ => {}
        }
        let _ = to_client.write_all(&answer).await;
        let _ = to_client.shutdown().await;
    };
    tokio::select! { () = async { tokio::join!(there, back); } => {} , () = async { tokio::time::sleep(std::time::Duration::from_secs(20)).await } => {} }
}
