//! A mail server that does what the recipient's name says: bounce, tempfail, greylist, drop, slow.
use base64::{Engine, engine::general_purpose::STANDARD};
use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    net::TcpListener,
    sync::Notify,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
    },
};

/// A certificate that nobody has signed but itself, for 127.0.0.1, and its key; for this test alone.
const CERTIFICATE: &str = "MIIBkDCCATagAwIBAgIUNs28Ftbk9ZWUTFCerGlUXQDU9skwCgYIKoZIzj0EAwIwFDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2MTEyMDIwMDY1N1oYDzIx\
     MjYxMDI3MjAwNjU3WjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASftqSoCEsiu4J8e129UpUqptZulLf4gjcuu+mF\
     DWKiaYJoYI5Qq3n6nmp7vdTtBmpNfMrbmAY+AchfjcbQQxrJo2QwYjAdBgNVHQ4EFgQU3NB+ifpYyzlL3pOHSzLt/LBJ3x8wHwYDVR0jBBgwFoAU3NB+ifpY\
     yzlL3pOHSzLt/LBJ3x8wDwYDVR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0gAMEUCICg4lEkRdh9S59Qhq7Z9LOSrkRHcJgd8\
     qaLhZwmSfSZNAiEAmNXGh9NV7KuyCUkXDYmEzfBczo69ufm6DUHPMZeLkr4=";
const ITS_KEY: &str = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgRuMsm53SAACLpwxKdVMSM/v1wH/4sPtQYyMo82jAL+WhRANCAASftqSoCEsiu4J8e129UpUq\
     ptZulLf4gjcuu+mFDWKiaYJoYI5Qq3n6nmp7vdTtBmpNfMrbmAY+AchfjcbQQxrJ";

#[derive(Clone)]
pub struct PostOffice {
    pub address: SocketAddr,
    inside: Arc<Inside>,
}

#[derive(Default)]
struct Inside {
    letters: Mutex<Vec<Arrived>>,
    asked: Mutex<HashMap<String, usize>>,
    is_closed: AtomicBool,
    knocks: AtomicUsize,
    wants_password: bool,
    slow_one_is_here: Notify,
    go_on: Notify,
}

#[derive(Clone, Debug)]
pub struct Arrived {
    pub to: String,
    pub text: String,
}

impl Arrived {
    pub fn header(&self, name: &str) -> String {
        let start = format!("{name}: ");
        self.text.lines().take_while(|line| !line.is_empty()).find_map(|line| line.strip_prefix(&start)).unwrap_or_default().to_string()
    }
}

impl PostOffice {
    pub async fn open() -> Self {
        Self::start(false, None).await
    }

    /// One that speaks TLS from the first byte, with a certificate that nobody trusts.
    pub async fn with_bad_certificate() -> Self {
        let der = |text: &str| STANDARD.decode(text.replace(char::is_whitespace, "")).unwrap();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(der(ITS_KEY)));
        let provider = Arc::new(tokio_rustls::rustls::crypto::aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap().with_no_client_auth();
        let config = config.with_single_cert(vec![CertificateDer::from(der(CERTIFICATE))], key).unwrap();
        Self::start(false, Some(TlsAcceptor::from(Arc::new(config)))).await
    }

    /// One that lets nobody in: every password is wrong.
    pub async fn with_wrong_password() -> Self {
        Self::start(true, None).await
    }

    async fn start(wants_password: bool, tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let office = Self { address: listener.local_addr().unwrap(), inside: Arc::new(Inside { wants_password, ..Inside::default() }) };
        let inside = office.inside.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                inside.knocks.fetch_add(1, Ordering::SeqCst);
                if !inside.is_closed.load(Ordering::SeqCst) {
                    let (inside, tls) = (inside.clone(), tls.clone());
                    tokio::spawn(async move {
                        match tls {
                            None => drop(inside.talk(stream).await),
                            Some(tls) => {
                                if let Ok(stream) = tls.accept(stream).await {
                                    drop(inside.talk(stream).await);
                                }
                            }
                        }
                    });
                }
            }
        });
        office
    }

    /// The settings with which a studio uses it.
    pub fn settings(&self) -> [(&'static str, String); 3] {
        [("EMAIL_HOST", "127.0.0.1".into()), ("EMAIL_PORT", self.address.port().to_string()), ("EMAIL_USE_TLS", "0".into())]
    }

    pub fn letters(&self) -> Vec<Arrived> {
        self.inside.letters.lock().unwrap().clone()
    }

    pub fn count(&self) -> usize {
        self.inside.letters.lock().unwrap().len()
    }

    pub fn forget(&self) {
        self.inside.letters.lock().unwrap().clear();
    }

    pub fn knocks(&self) -> usize {
        self.inside.knocks.load(Ordering::SeqCst)
    }

    /// Whoever connects from now on is hung up on; or is let in again.
    pub fn close(&self, is_closed: bool) {
        self.inside.is_closed.store(is_closed, Ordering::SeqCst);
    }

    /// Waits until a letter to slow@ is in hand, which stays so until [`Self::let_slow_go`].
    pub async fn slow_is_here(&self) {
        self.inside.slow_one_is_here.notified().await;
    }

    pub fn let_slow_go(&self) {
        self.inside.go_on.notify_one();
    }
}

impl Inside {
    async fn talk(&self, stream: impl AsyncRead + AsyncWrite) -> std::io::Result<()> {
        let (read, mut write) = tokio::io::split(stream);
        let mut lines = BufReader::new(read).lines();
        write.write_all(b"220 here\r\n").await?;
        let mut to = String::new();
        while let Some(line) = lines.next_line().await? {
            if self.is_closed.load(Ordering::SeqCst) {
                return Ok(());
            }
            let answer = match line.split([' ', ':']).next().unwrap_or_default().to_uppercase().as_str() {
                "EHLO" if self.wants_password => "250-here\r\n250 AUTH PLAIN LOGIN".into(),
                "EHLO" => "250-here\r\n250 8BITMIME".into(),
                "AUTH" => "535 5.7.8 not you".into(),
                "RCPT" => {
                    to = line.split(['<', '>']).nth(1).unwrap_or_default().into();
                    self.judge(&to)
                }
                "DATA" => {
                    write.write_all(b"354 go on\r\n").await?;
                    let mut text = String::new();
                    while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
                        text.push_str(line.strip_prefix("..").map_or(&line, |_| &line[1..]));
                        text.push('\n');
                    }
                    if to.starts_with("slow@") {
                        self.slow_one_is_here.notify_one();
                        self.go_on.notified().await;
                    }
                    self.letters.lock().unwrap().push(Arrived { to: to.clone(), text });
                    if to.starts_with("drop@") && self.times(&format!("{to} data")) == 1 {
                        return Ok(());
                    }
                    "250 taken".into()
                }
                "QUIT" => {
                    write.write_all(b"221 bye\r\n").await?;
                    return Ok(());
                }
                _ => "250 fine".to_string(),
            };
            write.write_all(format!("{answer}\r\n").as_bytes()).await?;
        }
        Ok(())
    }

    fn judge(&self, to: &str) -> String {
        let times = self.times(to);
        match to.split('@').next().unwrap_or_default() {
            "bounce" => "550 5.1.1 no such user".into(),
            "tempfail" => "451 4.3.0 try later".into(),
            "greylist" if times <= 2 => "451 4.7.1 greylisted".into(),
            _ => "250 fine".into(),
        }
    }

    fn times(&self, what: &str) -> usize {
        let mut asked = self.asked.lock().unwrap();
        let times = asked.entry(what.into()).or_default();
        *times += 1;
        *times
    }
}
