use crate::platform::config::{Misconfigured, Values};
use std::net::IpAddr;

/// How the studio's mail leaves the house.
#[derive(Clone, Debug)]
pub struct MailSettings {
    /// The sender, as `Studio <studio@example.com>`.
    pub from: String,
    /// None: letters are put into the folder `mail` of the data folder.
    pub server: Option<Server>,
    /// Letters a minute, over all instances; 0: as many as there are.
    pub per_minute: i64,
}

#[derive(Clone)]
pub struct Server {
    pub host: String,
    pub port: u16,
    pub safety: Safety,
    /// Name and password.
    pub account: Option<(String, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// STARTTLS or nothing: a server that doesn't offer it gets no letter.
    StartTls,
    /// Encrypted from the first byte, as on port 465.
    Tls,
    /// Encrypted when the server offers it.
    Optional,
    /// Never; for a server on the same machine.
    None,
}

/// The password is for the mail server only, not for a log.
impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{} ({:?})", self.host, self.port, self.safety)
    }
}

impl MailSettings {
    pub fn read(values: &Values, production: bool) -> Result<Self, Misconfigured> {
        let from = values.text("MAIL_FROM");
        if from.parse::<lettre::message::Mailbox>().is_err() {
            return Err(Misconfigured("MAIL_FROM must be an address such as Studio <studio@example.com>".into()));
        }
        let per_minute = values.number("EMAIL_PER_MINUTE", 0, 100_000)? as i64;
        Ok(Self { from, server: Server::read(values, production)?, per_minute })
    }
}

impl Server {
    fn read(values: &Values, production: bool) -> Result<Option<Self>, Misconfigured> {
        let host = values.text("EMAIL_HOST");
        let (name, password) = (values.text("EMAIL_HOST_USER"), values.text("EMAIL_HOST_PASSWORD"));
        if name.is_empty() != password.is_empty() {
            return Err(Misconfigured("EMAIL_HOST_USER and EMAIL_HOST_PASSWORD belong together: set both or neither".into()));
        }
        if host.is_empty() {
            if !name.is_empty() {
                return Err(Misconfigured("EMAIL_HOST_USER is set, but EMAIL_HOST is not".into()));
            }
            return Ok(None);
        }
        let safety = match values.text("EMAIL_USE_TLS").to_lowercase().as_str() {
            "1" | "true" | "yes" | "on" | "starttls" => Safety::StartTls,
            "ssl" | "tls" => Safety::Tls,
            "optional" => Safety::Optional,
            "0" | "false" | "no" | "off" | "" => Safety::None,
            _ => return Err(Misconfigured("EMAIL_USE_TLS must be 1, ssl, optional or 0".into())),
        };
        let is_here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        if !is_here && matches!(safety, Safety::None | Safety::Optional) {
            if !name.is_empty() {
                return Err(Misconfigured("EMAIL_USE_TLS must be 1 or ssl: the password would travel in the open".into()));
            }
            if production {
                return Err(Misconfigured("EMAIL_USE_TLS must be 1 or ssl when PRODUCTION is 1".into()));
            }
        }
        let port = values.number("EMAIL_PORT", 1, 65_535)? as u16;
        Ok(Some(Self { host, port, safety, account: (!name.is_empty()).then_some((name, password)) }))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::Safety;
    use crate::platform::config::{Config, Misconfigured};

    fn read(pairs: &[(&str, &str)]) -> Result<Config, Misconfigured> {
        Config::read("", &pairs.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect(), "127.0.0.1:3000")
    }

    #[test]
    fn half_a_mail_server_stops_the_start_with_one_line() {
        for wrong in [
            [("EMAIL_HOST", "mail.example.com"), ("EMAIL_HOST_USER", "me")].as_slice(),
            &[("EMAIL_HOST", "mail.example.com"), ("EMAIL_HOST_PASSWORD", "word")],
            &[("EMAIL_HOST_USER", "me"), ("EMAIL_HOST_PASSWORD", "word")],
            &[("EMAIL_HOST", "mail.example.com"), ("EMAIL_USE_TLS", "maybe")],
            &[("EMAIL_HOST", "mail.example.com"), ("EMAIL_PORT", "smtp")],
            &[("EMAIL_HOST", "mail.example.com"), ("EMAIL_USE_TLS", "0"), ("EMAIL_HOST_USER", "me"), ("EMAIL_HOST_PASSWORD", "word")],
            &[
                ("EMAIL_HOST", "mail.example.com"),
                ("EMAIL_USE_TLS", "optional"),
                ("EMAIL_HOST_USER", "me"),
                ("EMAIL_HOST_PASSWORD", "word"),
            ],
            &[("MAIL_FROM", "nobody")],
        ] {
            let message = read(wrong).unwrap_err().to_string();
            assert!(!message.contains('\n') && !message.contains("word'"), "{message}");
        }
    }

    #[test]
    fn tls_is_required_unless_somebody_says_otherwise() {
        assert!(read(&[]).unwrap().mail.server.is_none());
        let server = read(&[("EMAIL_HOST", "mail.example.com")]).unwrap().mail.server.unwrap();
        assert_eq!((server.port, server.safety), (587, Safety::StartTls));
        let local = read(&[("EMAIL_HOST", "127.0.0.1"), ("EMAIL_USE_TLS", "False")]).unwrap().mail.server.unwrap();
        assert_eq!(local.safety, Safety::None);
    }

    #[test]
    fn the_password_is_not_in_what_is_printed() {
        let pairs = [("EMAIL_HOST", "mail.example.com"), ("EMAIL_HOST_USER", "me"), ("EMAIL_HOST_PASSWORD", "hush-hush")];
        assert!(!format!("{:?}", read(&pairs).unwrap()).contains("hush"));
    }
}
