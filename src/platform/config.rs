//! Every setting, with its default. Leptos.toml holds them in `[photovault]`, an environment variable of the name in
//! capitals wins. A value that makes no sense stops the start with one line; `.env.example` lists them all, and a test
//! holds it in step with [`SETTINGS`].
use super::{log, mail::MailSettings, network::Network, payment::StripeSettings, storage::StorageSettings};
use std::{collections::BTreeMap, path::PathBuf};

pub struct Setting {
    /// The environment variable; the same word in lower case is the key in Leptos.toml.
    pub name: &'static str,
    pub default: &'static str,
    pub meaning: &'static str,
}

const fn setting(name: &'static str, default: &'static str, meaning: &'static str) -> Setting {
    Setting { name, default, meaning }
}

pub const SETTINGS: &[Setting] = &[
    setting("PHOTOVAULT_DATA", "data", "folder of the database, the photographs and the outgoing mail"),
    setting("DATABASE_URL", "", "sqlite://path or postgres://user:password@host/name; empty: a SQLite file in the data folder"),
    setting("DATABASE_CONNECTIONS", "16", "most connections to a PostgreSQL"),
    setting(
        "SECRET_KEY",
        "",
        "at least 32 random characters; must be set when PRODUCTION is 1, otherwise one is made and kept in the data folder",
    ),
    setting(
        "PRODUCTION",
        "0",
        "1 refuses weak secrets, the demo, the sandbox and a BASE_URL without https (but for this machine alone), so that cookies are secure",
    ),
    setting("BASE_URL", "", "the address people use, such as https://photos.example.com; empty: http:// and the listening address"),
    setting("TRUSTED_PROXIES", "", "addresses or ranges of reverse proxies whose X-Forwarded-For is believed, separated by commas"),
    setting("HTTPS_REDIRECT", "1", "with an https BASE_URL, who came to the proxy by plain HTTP is sent to HTTPS"),
    setting("METRICS_TOKEN", "", "who may read /metrics; empty: only programs on this machine"),
    setting("PHOTOVAULT_DEMO", "0", "1 fills an empty data folder with the demo studio"),
    setting("PHOTOVAULT_DEMO_PASSWORD", "", "password of the demo's people; empty: a random one that is printed"),
    setting("PAYMENT_SANDBOX", "0", "1 offers the sandbox payment, which moves no money; always on in the demo"),
    setting("STRIPE_SECRET_KEY", "", "the secret key of the studio's account at Stripe; without the three keys cards are not offered"),
    setting("STRIPE_PUBLIC_KEY", "", "the publishable key of the same account"),
    setting("STRIPE_WEBHOOK_SECRET", "", "the signing secret of the webhook; two, separated by a comma, while one replaces the other"),
    setting("STRIPE_API_BASE", "", "another address than Stripe's, for trying things out; in production on this machine only"),
    setting("STRIPE_JS_URL", "", "another address for Stripe.js, with the same rule"),
    setting(
        "DISPUTES_SUSPEND",
        "1",
        "1: the downloads of an order rest while the payer's bank disputes its payment; 0: they stay until it is lost",
    ),
    setting("UPLOAD_LIMIT_MB", "200", "largest file that is accepted"),
    setting(
        "IMAGES_PER_PERSON_MB",
        "1024",
        "room for the images that one person keeps here by the API; the studio's own people have no limit",
    ),
    setting("UPLOAD_LIMIT_MEGAPIXELS", "200", "largest picture that is accepted"),
    setting("IMAGING_MEMORY_MB", "320", "memory for decoded pictures at any one time"),
    setting("IMAGING_THREADS", "0", "cores that prepare photographs; 0: half of them"),
    setting("SESSION_IDLE_MINUTES", "60", "a session that rests longer ends, unless \"stay signed in\" was chosen"),
    setting("SESSION_DAYS", "30", "the longest life of a session with \"stay signed in\"; 1 day without"),
    setting("EMAIL_VERIFICATION", "0", "1: nobody who signs up comes in before typing the code that we mail"),
    setting("ACCESS_TOKEN_MINUTES", "1440", "how long a program's access token holds"),
    setting("REFRESH_TOKEN_DAYS", "7", "how long a program that asks for nothing stays signed in"),
    setting(
        "CORS_ORIGINS",
        "",
        "sites whose pages may call the API, such as https://app.example.com, separated by commas; * for all; empty: none",
    ),
    setting(
        "ENCRYPTION_KEY",
        "",
        "seals letters and messages in the database; several, the newest first, while one is replaced; empty: SECRET_KEY",
    ),
    setting("MAIL_FROM", "PhotoVault <studio@photovault.test>", "sender of the studio's mail"),
    setting("EMAIL_HOST", "", "mail server; empty: letters are put into the folder mail of the data folder"),
    setting("EMAIL_PORT", "587", "port of the mail server"),
    setting("EMAIL_USE_TLS", "1", "1: STARTTLS, required; ssl: TLS from the first byte; optional; 0: none"),
    setting("EMAIL_HOST_USER", "", "name at the mail server"),
    setting("EMAIL_HOST_PASSWORD", "", "password at the mail server"),
    setting("EMAIL_PER_MINUTE", "120", "most letters a minute, over all instances; 0: no limit"),
    setting("USE_S3", "0", "1 keeps photographs in an S3 bucket instead of the data folder"),
    setting("AWS_STORAGE_BUCKET_NAME", "", "the bucket; when it is named, the other AWS_ settings must be there too"),
    setting("AWS_S3_REGION_NAME", "us-east-1", "the bucket's region"),
    setting("AWS_S3_ENDPOINT_URL", "", "the address of another S3 server than Amazon's, such as http://127.0.0.1:3900"),
    setting("AWS_ACCESS_KEY_ID", "", "the key that may read and write the bucket"),
    setting("AWS_SECRET_ACCESS_KEY", "", "its secret"),
    setting(
        "S3_DOWNLOADS",
        "redirect",
        "redirect: originals come straight from the bucket under an address that is signed for 4 minutes; proxy: through PhotoVault",
    ),
    setting("S3_CACHE_MB", "512", "room in the data folder for copies of the bucket's files"),
    setting("RUST_LOG", "info", "how much the log says: error, warn, info, debug"),
    setting("LOG_FORMAT", "text", "text or json"),
];

#[derive(Clone, Debug)]
pub struct Config {
    pub data: PathBuf,
    pub database_url: String,
    pub secret_key: String,
    pub production: bool,
    /// Without a trailing slash.
    pub base_url: String,
    pub trusted_proxies: Vec<Network>,
    pub demo: bool,
    pub demo_password: String,
    pub payment_sandbox: bool,
    pub stripe: Option<StripeSettings>,
    pub disputes_suspend: bool,
    /// Bytes.
    pub upload_limit: u64,
    /// Bytes.
    pub images_per_person: u64,
    /// Pixels.
    pub pixel_limit: u64,
    pub imaging_memory_mb: u64,
    pub imaging_threads: usize,
    /// Milliseconds.
    pub session_idle: i64,
    pub session_days: i64,
    pub email_verification: bool,
    /// Milliseconds.
    pub access_lasts: i64,
    /// Milliseconds.
    pub refresh_lasts: i64,
    /// Origins, or `*` alone.
    pub cors_origins: Vec<String>,
    pub https_redirect: bool,
    pub metrics_token: String,
    pub database_connections: u32,
    pub encryption_key: String,
    pub mail: MailSettings,
    pub storage: StorageSettings,
    pub log: String,
    pub log_json: bool,
}

/// What is wrong with the settings, in one line.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Misconfigured(pub String);

impl Config {
    /// `file`: the text of Leptos.toml; `env`: the environment; `address`: where the server will listen.
    pub fn read(file: &str, env: &BTreeMap<String, String>, address: &str) -> Result<Self, Misconfigured> {
        let values = Values::gather(file, env)?;
        let production = values.flag("PRODUCTION")?;
        let demo = values.flag("PHOTOVAULT_DEMO")?;
        let data = PathBuf::from(values.text("PHOTOVAULT_DATA"));
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let config = Self {
            database_url: match values.text("DATABASE_URL") {
                url if url.is_empty() => format!("sqlite://{}", data.join("photovault.db").display()),
                url if ["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme)) => url,
                _ => return Err(Misconfigured("DATABASE_URL must begin with sqlite:// or postgres://".into())),
            },
            secret_key: values.text("SECRET_KEY"),
            production,
            base_url: match values.text("BASE_URL").trim_end_matches('/') {
                "" => format!("http://{address}"),
                url if url.starts_with("http://") || url.starts_with("https://") => url.into(),
                _ => return Err(Misconfigured("BASE_URL must begin with https:// or http://".into())),
            },
            trusted_proxies: values.addresses("TRUSTED_PROXIES")?,
            demo,
            demo_password: values.text("PHOTOVAULT_DEMO_PASSWORD"),
            payment_sandbox: demo || values.flag("PAYMENT_SANDBOX")?,
            stripe: StripeSettings::read(|name| values.text(name), production).map_err(Misconfigured)?,
            disputes_suspend: values.flag("DISPUTES_SUSPEND")?,
            upload_limit: values.number("UPLOAD_LIMIT_MB", 1, 10_000)? * 1024 * 1024,
            images_per_person: values.number("IMAGES_PER_PERSON_MB", 1, 10_000_000)? * 1024 * 1024,
            pixel_limit: values.number("UPLOAD_LIMIT_MEGAPIXELS", 1, 1_000)? * 1_000_000,
            imaging_memory_mb: values.number("IMAGING_MEMORY_MB", 64, 65_536)?,
            imaging_threads: match values.number("IMAGING_THREADS", 0, 256)? as usize {
                0 => (cores / 2).max(1),
                threads => threads,
            },
            session_idle: values.number("SESSION_IDLE_MINUTES", 1, 100_000)? as i64 * super::clock::MINUTE,
            session_days: values.number("SESSION_DAYS", 1, 3_650)? as i64,
            email_verification: values.flag("EMAIL_VERIFICATION")?,
            access_lasts: values.number("ACCESS_TOKEN_MINUTES", 1, 100_000)? as i64 * super::clock::MINUTE,
            refresh_lasts: values.number("REFRESH_TOKEN_DAYS", 1, 3_650)? as i64 * super::clock::DAY,
            cors_origins: values.origins("CORS_ORIGINS")?,
            https_redirect: values.flag("HTTPS_REDIRECT")?,
            metrics_token: values.text("METRICS_TOKEN"),
            database_connections: values.number("DATABASE_CONNECTIONS", 2, 1_000)? as u32,
            encryption_key: values.text("ENCRYPTION_KEY"),
            mail: MailSettings::read(&values, production)?,
            storage: StorageSettings::read(&values)?,
            log: match values.text("RUST_LOG") {
                filter if log::is_filter(&filter) => filter,
                _ => return Err(Misconfigured("RUST_LOG must be error, warn, info, debug, trace or off".into())),
            },
            log_json: match values.text("LOG_FORMAT").as_str() {
                "json" => true,
                "text" | "" => false,
                _ => return Err(Misconfigured("LOG_FORMAT must be text or json".into())),
            },
            data,
        };
        config.refuse_danger()?;
        Ok(config)
    }

    /// What must never reach production.
    fn refuse_danger(&self) -> Result<(), Misconfigured> {
        if self.encryption_key.split(',').any(|key| !key.is_empty() && key.trim().len() < 32) {
            return Err(Misconfigured("ENCRYPTION_KEY is too short: use at least 32 random characters".into()));
        }
        if !self.secret_key.is_empty() && self.secret_key.len() < 32 {
            return Err(Misconfigured("SECRET_KEY is too short: use at least 32 random characters".into()));
        }
        if !self.production {
            return Ok(());
        }
        let weak = ["your-secret-key", "change-me", "changeme", "strong-random-secret-key", "secret"];
        let key = self.secret_key.to_lowercase();
        let few = key.bytes().collect::<std::collections::BTreeSet<_>>().len() < 10;
        if key.is_empty() || few || weak.iter().any(|word| key.starts_with(word)) {
            return Err(Misconfigured("SECRET_KEY must be set to at least 32 random characters when PRODUCTION is 1".into()));
        }
        if self.demo || self.payment_sandbox {
            return Err(Misconfigured("the demo and the payment sandbox must be off when PRODUCTION is 1".into()));
        }
        if !self.is_https() && !self.is_for_this_machine() {
            return Err(Misconfigured("BASE_URL must begin with https:// when PRODUCTION is 1: only then are cookies secure".into()));
        }
        Ok(())
    }

    /// Whether nobody on another machine can follow our links.
    fn is_for_this_machine(&self) -> bool {
        let uri: Option<axum::http::Uri> = self.base_url.parse().ok();
        let host = uri.as_ref().and_then(|uri| uri.host()).unwrap_or_default().trim_matches(['[', ']']);
        host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
    }

    /// What sealed columns are closed with.
    pub fn sealing_key(&self) -> &str {
        if self.encryption_key.is_empty() { &self.secret_key } else { &self.encryption_key }
    }

    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https://")
    }

    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.base_url)
    }
}

pub struct Values(BTreeMap<&'static str, String>);

impl Values {
    fn gather(file: &str, env: &BTreeMap<String, String>) -> Result<Self, Misconfigured> {
        let known = |name: &str| SETTINGS.iter().find(|s| s.name == name);
        let table: toml::Table = file.parse().map_err(|e| Misconfigured(format!("Leptos.toml cannot be read: {e}").replace('\n', " ")))?;
        let mut values: BTreeMap<_, _> = SETTINGS.iter().map(|s| (s.name, s.default.to_string())).collect();
        for (key, value) in table.get("photovault").and_then(toml::Value::as_table).into_iter().flatten() {
            let Some(setting) = known(&key.to_uppercase()) else {
                return Err(Misconfigured(format!("Leptos.toml: there is no setting \"{key}\"")));
            };
            values.insert(setting.name, value.as_str().map_or_else(|| value.to_string(), str::to_string));
        }
        for (name, value) in env {
            match known(name) {
                Some(setting) => drop(values.insert(setting.name, value.trim().to_string())),
                None if name.starts_with("PHOTOVAULT_") && !name.starts_with("PHOTOVAULT_TEST_") => {
                    return Err(Misconfigured(format!("there is no setting {name}")));
                }
                None => {}
            }
        }
        Ok(Self(values))
    }

    pub fn text(&self, name: &str) -> String {
        self.0.get(name).cloned().unwrap_or_default()
    }

    pub fn flag(&self, name: &str) -> Result<bool, Misconfigured> {
        match self.text(name).to_lowercase().as_str() {
            "1" | "true" | "yes" | "on" => Ok(true),
            "0" | "false" | "no" | "off" | "" => Ok(false),
            _ => Err(Misconfigured(format!("{name} must be 1 or 0"))),
        }
    }

    pub fn number(&self, name: &str, least: u64, most: u64) -> Result<u64, Misconfigured> {
        match self.text(name).parse() {
            Ok(number) if (least..=most).contains(&number) => Ok(number),
            _ => Err(Misconfigured(format!("{name} must be a whole number from {least} to {most}"))),
        }
    }

    /// Each as a browser sends it: scheme, host and port, nothing behind.
    fn origins(&self, name: &str) -> Result<Vec<String>, Misconfigured> {
        let text = self.text(name);
        let all: Vec<String> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_string).collect();
        let is_origin = |part: &String| match part.split_once("://") {
            Some(("http" | "https", host)) => !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.:[]".contains(&b)),
            _ => false,
        };
        match all.iter().find(|part| !is_origin(part)) {
            Some(part) if part != "*" || all.len() > 1 => {
                Err(Misconfigured(format!("{name}: \"{part}\" is no origin such as https://app.example.com")))
            }
            _ => Ok(all),
        }
    }

    pub fn addresses(&self, name: &str) -> Result<Vec<Network>, Misconfigured> {
        let text = self.text(name);
        text.split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(|part| part.parse().map_err(|_| Misconfigured(format!("{name}: \"{part}\" is no address and no range of addresses"))))
            .collect()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Config, Misconfigured> {
        Config::read("", &pairs.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect(), "127.0.0.1:3000")
    }

    #[test]
    fn nothing_set_is_a_working_laptop() {
        let config = read(&[]).unwrap();
        assert_eq!(config.database_url, "sqlite://data/photovault.db");
        assert_eq!(config.base_url, "http://127.0.0.1:3000");
        assert!(!config.payment_sandbox);
    }

    #[test]
    fn production_refuses_weak_secrets_the_demo_and_the_sandbox() {
        let good = "kX9#mQ2vL8@pR4wZ7!nB5yT1cF6hJ3dS0gA";
        for key in [
            "",
            "your-secret-key-here",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "short",
            "your-secret-key-here-and-some-more-characters",
        ] {
            assert!(read(&[("PRODUCTION", "1"), ("SECRET_KEY", key)]).is_err(), "{key}");
        }
        assert!(read(&[("PRODUCTION", "1"), ("SECRET_KEY", good)]).is_ok());
        for danger in ["PHOTOVAULT_DEMO", "PAYMENT_SANDBOX"] {
            assert!(read(&[("PRODUCTION", "1"), ("SECRET_KEY", good), (danger, "1")]).is_err(), "{danger}");
        }
        for (url, fits) in [
            ("https://photos.example.com", true),
            ("http://photos.example.com", false),
            ("http://192.168.1.5:3000", false),
            ("http://localhost.example.com", false),
            ("http://localhost:3000", true),
            ("http://[::1]:3000", true),
        ] {
            let outcome = read(&[("PRODUCTION", "1"), ("SECRET_KEY", good), ("BASE_URL", url)]);
            assert_eq!(outcome.as_ref().is_ok(), fits, "{url}");
            assert!(outcome.err().is_none_or(|error| error.to_string().contains("BASE_URL")), "{url}");
        }
        // listening to everybody without saying under which name
        let everywhere = BTreeMap::from([("PRODUCTION".into(), "1".into()), ("SECRET_KEY".into(), good.to_string())]);
        assert!(Config::read("", &everywhere, "0.0.0.0:3000").is_err());
    }

    #[test]
    fn what_is_unknown_or_wrong_stops_the_start_with_one_line() {
        for (name, value) in [
            ("PHOTOVAULT_DTA", "x"),
            ("UPLOAD_LIMIT_MB", "lots"),
            ("PRODUCTION", "maybe"),
            ("DATABASE_URL", "mysql://x"),
            ("TRUSTED_PROXIES", "proxy"),
            ("S3_DOWNLOADS", "never"),
            ("LOG_FORMAT", "JSON"),
            ("RUST_LOG", "loud=very"),
            ("RUST_LOG", "verbose"),
            ("DISPUTES_SUSPEND", "perhaps"),
            ("CORS_ORIGINS", "https://app.example.com/"),
            ("CORS_ORIGINS", "*,https://app.example.com"),
        ] {
            let message = read(&[(name, value)]).unwrap_err().to_string();
            assert!(message.contains(name) && !message.contains('\n'), "{message}");
        }
        assert!(Config::read("[photovault]\nupload_limit = 3", &BTreeMap::new(), "x").is_err());
    }

    #[test]
    fn a_bucket_is_named_whole_or_not_at_all() {
        let whole = [("USE_S3", "1"), ("AWS_STORAGE_BUCKET_NAME", "b"), ("AWS_ACCESS_KEY_ID", "k"), ("AWS_SECRET_ACCESS_KEY", "s")];
        assert!(read(&whole).unwrap().storage.in_bucket);
        for missing in 1..whole.len() {
            let half: Vec<_> = whole.iter().enumerate().filter(|(n, _)| *n != missing).map(|(_, pair)| *pair).collect();
            let message = read(&half).unwrap_err().to_string();
            assert!(message.contains(whole[missing].0), "{message}");
        }
        // keys that are there for another program are no bucket of ours
        assert!(read(&whole[2..]).unwrap().storage.bucket.is_none());
        let wrong = [("AWS_S3_ENDPOINT_URL", "127.0.0.1:3900")];
        for pair in wrong {
            assert!(read(&[&whole[..], &[pair]].concat()).is_err(), "{}", pair.0);
        }
        assert!(
            !format!("{:?}", read(&[&whole[..2], &[("AWS_ACCESS_KEY_ID", "k"), ("AWS_SECRET_ACCESS_KEY", "hush")]].concat()).unwrap())
                .contains("hush")
        );
    }

    #[test]
    fn the_environment_wins_over_the_file() {
        let file = "[photovault]\nupload_limit_mb = 10\nmail_from = \"A <a@b.de>\"";
        let env = BTreeMap::from([("UPLOAD_LIMIT_MB".to_string(), "20".to_string())]);
        let config = Config::read(file, &env, "127.0.0.1:3000").unwrap();
        assert_eq!((config.upload_limit, config.mail.from.as_str()), (20 * 1024 * 1024, "A <a@b.de>"));
    }
}
