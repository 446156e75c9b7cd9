use super::{Content, MailSettings, Safety, Server};
use crate::{
    platform::log,
    shared::{AppError, MailId},
};
use lettre::{
    AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Attachment, Mailbox, MultiPart, header::ContentType},
    transport::smtp::{
        PoolConfig,
        authentication::Credentials,
        client::{Tls, TlsParameters},
    },
};
use std::{
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

/// A server that says nothing for so long is away.
const SILENCE: Duration = Duration::from_secs(30);
/// The longest that one letter may take from the first to the last word.
pub const WHOLE: Duration = Duration::from_secs(120);

/// Draws what a letter encloses, from its source.
pub type Draw = fn(&str) -> Result<Vec<u8>, AppError>;

/// The way out: a mail server, or a folder in which letters can be read as `.eml`.
pub struct Carrier {
    from: Mailbox,
    way: Way,
    draw: Draw,
}

enum Way {
    Folder(PathBuf),
    Server(AsyncSmtpTransport<Tokio1Executor>),
}

/// Why a letter did not go.
#[derive(Debug, PartialEq)]
pub enum Trouble {
    /// This letter will never go.
    Bounced(String),
    /// This letter will not go now.
    Later(String),
    /// It cannot be read any more, so there is nothing that could go.
    Unreadable,
    /// None will go now: nobody is there, or our name and password are not taken.
    Away(String),
}

pub struct Parcel<'a> {
    pub id: MailId,
    pub to: &'a str,
    pub subject: &'a str,
    pub content: &'a Content,
    pub written_at: i64,
}

impl Carrier {
    pub fn open(settings: &MailSettings, data: &Path, draw: Draw) -> Result<Self, String> {
        let from = settings.from.parse().map_err(|e| format!("MAIL_FROM: {e}"))?;
        let way = match &settings.server {
            None => Way::Folder(data.join("mail")),
            Some(server) => Way::Server(connect(server).map_err(|e| format!("the mail server's settings: {e}"))?),
        };
        Ok(Self { from, way, draw })
    }

    pub fn is_folder(&self) -> bool {
        matches!(self.way, Way::Folder(_))
    }

    /// Whether the mail server lets us in; a folder always does.
    pub async fn is_reachable(&self) -> Result<(), String> {
        match &self.way {
            Way::Folder(_) => Ok(()),
            Way::Server(server) => match tokio::time::timeout(SILENCE, server.test_connection()).await {
                Ok(Ok(true)) => Ok(()),
                Ok(Ok(false)) => Err("the mail server does not answer".into()),
                Ok(Err(error)) => Err(in_words(&error)),
                Err(_) => Err("the mail server does not answer".into()),
            },
        }
    }

    pub async fn carry(&self, parcel: Parcel<'_>) -> Result<(), Trouble> {
        let enclosed = self.enclosed(parcel.content).await.map_err(|e| Trouble::Later(e.to_string()))?;
        let message = self.write(&parcel, enclosed).map_err(|e| Trouble::Bounced(e.to_string()))?;
        match &self.way {
            Way::Folder(folder) => {
                let put = async {
                    tokio::fs::create_dir_all(folder).await?;
                    Ok::<_, Box<dyn std::error::Error + Send + Sync>>(
                        AsyncFileTransport::<Tokio1Executor>::new(folder).send(message).await.map(drop)?,
                    )
                };
                put.await.map_err(|e| Trouble::Away(e.to_string()))
            }
            Way::Server(server) => match tokio::time::timeout(WHOLE, server.send(message)).await {
                Ok(sent) => sent.map(drop).map_err(|e| judge(&e)),
                Err(_) => Err(Trouble::Away("the mail server took too long".into())),
            },
        }
    }

    /// Names and bytes. Drawing takes a few milliseconds that requests need not wait for.
    async fn enclosed(&self, content: &Content) -> Result<Vec<(String, Vec<u8>)>, AppError> {
        let (enclosed, draw) = (content.enclosed.clone(), self.draw);
        if enclosed.is_empty() {
            return Ok(vec![]);
        }
        let drawn = move || enclosed.into_iter().map(|one| Ok((one.filename, draw(&one.source)?))).collect();
        tokio::task::spawn_blocking(drawn).await.map_err(|error| log::internal("letter", &error))?
    }

    fn write(&self, parcel: &Parcel<'_>, enclosed: Vec<(String, Vec<u8>)>) -> Result<Message, Box<dyn std::error::Error + Send + Sync>> {
        let domain = self.from.email.domain();
        let words = MultiPart::alternative_plain_html(parcel.content.text(), parcel.content.html(parcel.subject));
        let whole = match enclosed.is_empty() {
            true => words,
            false => {
                let pdf = ContentType::parse("application/pdf")?;
                let whole = MultiPart::mixed().multipart(words);
                enclosed.into_iter().fold(whole, |whole, (name, bytes)| whole.singlepart(Attachment::new(name).body(bytes, pdf.clone())))
            }
        };
        Ok(Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, parcel.to.parse()?))
            .subject(parcel.subject)
            // the same letter keeps its id and its date: should it travel twice, the other side can tell
            .message_id(Some(format!("<{}@{domain}>", parcel.id)))
            .date(SystemTime::UNIX_EPOCH + Duration::from_millis(parcel.written_at.max(0) as u64))
            .header(AutoSubmitted)
            .multipart(whole)?)
    }
}

/// Tells holiday notices to stay at home.
#[derive(Clone)]
struct AutoSubmitted;

impl lettre::message::header::Header for AutoSubmitted {
    fn name() -> lettre::message::header::HeaderName {
        lettre::message::header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }
    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }
    fn display(&self) -> lettre::message::header::HeaderValue {
        lettre::message::header::HeaderValue::new(Self::name(), "auto-generated".into())
    }
}

fn connect(server: &Server) -> Result<AsyncSmtpTransport<Tokio1Executor>, lettre::transport::smtp::Error> {
    let parameters = || TlsParameters::new(server.host.clone());
    let tls = match server.safety {
        Safety::StartTls => Tls::Required(parameters()?),
        Safety::Tls => Tls::Wrapper(parameters()?),
        Safety::Optional => Tls::Opportunistic(parameters()?),
        Safety::None => Tls::None,
    };
    let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&server.host)
        .port(server.port)
        .tls(tls)
        .timeout(Some(SILENCE))
        .pool_config(PoolConfig::new().max_size(super::postman::HANDS as u32).idle_timeout(Duration::from_secs(60)));
    if let Some((name, password)) = &server.account {
        builder = builder.credentials(Credentials::new(name.clone(), password.clone()));
    }
    Ok(builder.build())
}

fn judge(error: &lettre::transport::smtp::Error) -> Trouble {
    let reason = in_words(error);
    let code = error.status().map(u16::from);
    match code {
        // about us, not about the letter: closing, name and password
        Some(421 | 432 | 454 | 530 | 534 | 535 | 538) => Trouble::Away(reason),
        Some(500..) => Trouble::Bounced(reason),
        Some(_) => Trouble::Later(reason),
        // this server has no way to write this address
        None if error.is_client() && reason.contains("non-ascii") => Trouble::Bounced(reason),
        None => Trouble::Away(reason),
    }
}

/// The whole chain of causes, for the owner's page.
fn in_words(error: &lettre::transport::smtp::Error) -> String {
    let mut words = match error {
        e if e.is_tls() || causes(e).any(|cause| cause.to_string().contains("certificate")) => {
            "The mail server's certificate is not accepted: ".to_string()
        }
        e if e.is_timeout() => "The mail server does not answer: ".to_string(),
        _ => String::new(),
    };
    words.push_str(&error.to_string());
    for deeper in causes(error) {
        let text = deeper.to_string();
        if !words.contains(&text) {
            words.push_str(": ");
            words.push_str(&text);
        }
    }
    words.chars().take(500).collect()
}

fn causes(error: &lettre::transport::smtp::Error) -> impl Iterator<Item = &dyn std::error::Error> {
    std::iter::successors(std::error::Error::source(error), |cause| cause.source())
}
