use axum::http::Uri;

/// The studio's account at Stripe. All of it or nothing: half of it stops the start.
#[derive(Clone)]
pub struct StripeSettings {
    pub secret_key: String,
    /// Goes to the browser; it opens nothing but the form for the card.
    pub public_key: String,
    /// Two while one replaces the other.
    pub webhook_secrets: Vec<String>,
    /// Ends with a slash.
    pub api_base: String,
    pub js_url: String,
    /// No real money moves: the keys are Stripe's test keys.
    pub is_test: bool,
}

const NAMES: [&str; 3] = ["STRIPE_SECRET_KEY", "STRIPE_PUBLIC_KEY", "STRIPE_WEBHOOK_SECRET"];
pub const API_BASE: &str = "https://api.stripe.com/";
pub const JS_URL: &str = "https://js.stripe.com/v3/";

impl StripeSettings {
    /// `text`: the value of a setting, empty when it isn't set. None without any key: then cards are not offered.
    pub fn read(text: impl Fn(&str) -> String, production: bool) -> Result<Option<Self>, String> {
        let values = NAMES.map(&text);
        let own = |name: &str, default: &str| match text(name) {
            url if url.is_empty() => Ok(default.to_string()),
            url => own_address(name, &url, production).map(|()| url),
        };
        let (api_base, js_url) = (own("STRIPE_API_BASE", API_BASE)?, own("STRIPE_JS_URL", JS_URL)?);
        if values.iter().all(String::is_empty) {
            return match (api_base.as_str(), js_url.as_str()) {
                (API_BASE, JS_URL) => Ok(None),
                _ => Err(
                    "STRIPE_SECRET_KEY, STRIPE_PUBLIC_KEY and STRIPE_WEBHOOK_SECRET must be set beside STRIPE_API_BASE and STRIPE_JS_URL"
                        .into(),
                ),
            };
        }
        if let Some((name, _)) = NAMES.iter().zip(&values).find(|(_, value)| value.is_empty()) {
            return Err(format!("{name} is missing: card payment needs {}", NAMES.join(", ")));
        }
        let [secret_key, public_key, webhook_secret] = values;
        let of = |key: &str, kinds: &[&str]| kinds.iter().find_map(|kind| key.strip_prefix(kind)).map(|rest| rest.starts_with("test_"));
        let Some(is_test) = of(&secret_key, &["sk_", "rk_"]) else { return Err("STRIPE_SECRET_KEY must begin with sk_ or rk_".into()) };
        let Some(public_test) = of(&public_key, &["pk_"]) else { return Err("STRIPE_PUBLIC_KEY must begin with pk_".into()) };
        if is_test != public_test {
            return Err("STRIPE_PUBLIC_KEY and STRIPE_SECRET_KEY must both be test keys or both be live keys".into());
        }
        let webhook_secrets: Vec<_> = webhook_secret.split(',').map(|one| one.trim().to_string()).filter(|one| !one.is_empty()).collect();
        if webhook_secrets.is_empty() || webhook_secrets.len() > 2 || webhook_secrets.iter().any(|one| !one.starts_with("whsec_")) {
            return Err("STRIPE_WEBHOOK_SECRET must begin with whsec_; two may stand there, separated by a comma".into());
        }
        Ok(Some(Self {
            secret_key,
            public_key,
            webhook_secrets,
            api_base: format!("{}/", api_base.trim_end_matches('/')),
            js_url,
            is_test,
        }))
    }
}

/// An address other than Stripe's is for trying things out. In production money and cards go to nobody else, unless the
/// address is this very machine.
fn own_address(name: &str, url: &str, production: bool) -> Result<(), String> {
    let parsed = url.parse::<Uri>().ok().filter(|uri| matches!(uri.scheme_str(), Some("http" | "https")));
    let Some(host) = parsed.as_ref().and_then(Uri::host) else { return Err(format!("{name} must begin with https:// or http://")) };
    let is_here =
        host == "localhost" || host.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
    let is_stripes = url.starts_with("https://") && (host == "api.stripe.com" || host == "js.stripe.com");
    match is_here || is_stripes || !production {
        true => Ok(()),
        false => Err(format!("{name} must be Stripe's own address when PRODUCTION is 1")),
    }
}

impl std::fmt::Debug for StripeSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StripeSettings").field("api_base", &self.api_base).field("is_test", &self.is_test).finish_non_exhaustive()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)], production: bool) -> Result<Option<StripeSettings>, String> {
        StripeSettings::read(|name| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| v.to_string()).unwrap_or_default(), production)
    }

    const KEYS: [(&str, &str); 3] =
        [("STRIPE_SECRET_KEY", "sk_test_1"), ("STRIPE_PUBLIC_KEY", "pk_test_1"), ("STRIPE_WEBHOOK_SECRET", "whsec_1")];

    #[test]
    fn nothing_set_means_no_cards_and_everything_set_means_cards() {
        assert!(read(&[], true).unwrap().is_none());
        let settings = read(&KEYS, false).unwrap().unwrap();
        assert_eq!((settings.api_base.as_str(), settings.js_url.as_str(), settings.is_test), (API_BASE, JS_URL, true));
    }

    #[test]
    fn half_of_it_is_refused_by_name() {
        for missing in 0..3 {
            let mut keys = KEYS.to_vec();
            let (name, _) = keys.remove(missing);
            assert!(read(&keys, false).unwrap_err().contains(name));
        }
        assert!(read(&[("STRIPE_API_BASE", "http://127.0.0.1:1")], false).is_err());
    }

    #[test]
    fn keys_that_cannot_be_right_are_refused() {
        for (name, value) in [
            ("STRIPE_SECRET_KEY", "pk_test_1"),
            ("STRIPE_PUBLIC_KEY", "sk_test_1"),
            ("STRIPE_PUBLIC_KEY", "pk_live_1"),
            ("STRIPE_WEBHOOK_SECRET", "secret"),
            ("STRIPE_WEBHOOK_SECRET", "whsec_1,whsec_2,whsec_3"),
        ] {
            let keys: Vec<_> = KEYS.iter().map(|(n, v)| if *n == name { (*n, value) } else { (*n, *v) }).collect();
            assert!(read(&keys, false).is_err(), "{name}={value}");
        }
        let two: Vec<_> = KEYS.iter().map(|(n, v)| if n.contains("WEBHOOK") { (*n, "whsec_1, whsec_2") } else { (*n, *v) }).collect();
        assert_eq!(read(&two, false).unwrap().unwrap().webhook_secrets, ["whsec_1", "whsec_2"]);
    }

    #[test]
    fn in_production_money_goes_to_stripe_or_to_this_machine() {
        let with = |name: &'static str, url: &'static str| [KEYS.to_vec(), vec![(name, url)]].concat();
        for url in
            ["https://stripe.example.com", "http://10.0.0.1:12111", "https://api.stripe.com.evil.example", "ftp://127.0.0.1", "nonsense"]
        {
            for name in ["STRIPE_API_BASE", "STRIPE_JS_URL"] {
                assert!(read(&with(name, url), true).is_err(), "{name}={url}");
            }
        }
        for url in ["http://127.0.0.1:8421", "http://localhost:1/", "http://[::1]:1", "https://api.stripe.com"] {
            assert!(read(&with("STRIPE_API_BASE", url), true).is_ok(), "{url}");
        }
        assert!(read(&with("STRIPE_API_BASE", "http://10.0.0.1:12111"), false).is_ok());
    }
}
