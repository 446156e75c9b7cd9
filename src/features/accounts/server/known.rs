//! Browsers that somebody came in with before. Strangers can guess at an account until it takes no more guesses; that
//! must not keep its person out. So a browser that knew the password once keeps a voucher: it opens nothing, but what
//! others guess elsewhere no longer counts against it.
use crate::platform::{clock::DAY, config::Config, token};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use subtle::ConstantTimeEq;

/// Milliseconds.
pub const LASTS: i64 = 365 * DAY;
/// Accounts that share a browser, such as a studio's desk; the latest count.
const MOST: usize = 4;

/// The cookie's new value: a fresh voucher for this account, and those of others that it held already.
pub fn vouch(config: &Config, now: i64, email_key: &str, held: Option<&str>) -> String {
    let (browser, ends): (String, i64) = (token::fresh().secret.chars().take(22).collect(), now + LASTS);
    let fresh = format!("{browser}.{ends}.{}", seal(config, &browser, ends, email_key));
    let others = vouchers(held).filter(|voucher| voucher.browser_of(config, now, email_key).is_none()).map(|voucher| voucher.0);
    std::iter::once(fresh.as_str()).chain(others).take(MOST).collect::<Vec<_>>().join("~")
}

/// The name of this browser, if the cookie vouches for it at this account.
pub fn browser(config: &Config, now: i64, email_key: &str, held: Option<&str>) -> Option<String> {
    vouchers(held).find_map(|voucher| voucher.browser_of(config, now, email_key)).map(str::to_string)
}

/// `browser.end.seal`; whose it is cannot be read from it.
struct Voucher<'a>(&'a str);

fn vouchers(held: Option<&str>) -> impl Iterator<Item = Voucher<'_>> {
    held.unwrap_or_default()
        .split('~')
        .filter(|part| !part.is_empty() && part.len() <= 100 && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)))
        .take(MOST)
        .map(Voucher)
}

impl<'a> Voucher<'a> {
    fn browser_of(&self, config: &Config, now: i64, email_key: &str) -> Option<&'a str> {
        let (browser, rest) = self.0.split_once('.')?;
        let (ends, sealed) = rest.split_once('.')?;
        let ends: i64 = ends.parse().ok()?;
        let is_ours: bool = seal(config, browser, ends, email_key).as_bytes().ct_eq(sealed.as_bytes()).into();
        (is_ours && ends > now).then_some(browser)
    }
}

fn seal(config: &Config, browser: &str, ends: i64, email_key: &str) -> String {
    let key = blake3::derive_key("photovault 2026-11-28 known browsers", config.secret_key.as_bytes());
    let seal = blake3::keyed_hash(&key, format!("{browser}.{ends}.{email_key}").as_bytes());
    URL_SAFE_NO_PAD.encode(&seal.as_bytes()[..16])
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    const NOW: i64 = 1_781_438_400_000;

    fn config(secret: &str) -> Config {
        Config::read("", &BTreeMap::from([("SECRET_KEY".into(), secret.into())]), "x").unwrap()
    }

    fn ours() -> Config {
        config("a secret of at least thirty-two characters")
    }

    #[test]
    fn a_voucher_counts_for_its_own_account_and_for_a_year() {
        let held = vouch(&ours(), NOW, "ada@example.com", None);
        let known = |now, who| browser(&ours(), now, who, Some(&held)).is_some();
        assert!(known(NOW, "ada@example.com") && known(NOW + LASTS - 1, "ada@example.com"));
        assert!(!known(NOW, "eve@example.com") && !known(NOW + LASTS, "ada@example.com"));
        assert!(!held.contains("ada"));
    }

    #[test]
    fn nobody_vouches_for_themselves() {
        let held = vouch(&ours(), NOW, "ada@example.com", None);
        let foreign = config("another secret of thirty-two characters and more");
        assert_eq!(browser(&foreign, NOW, "ada@example.com", Some(&held)), None);
        let later = held.replacen(&(NOW + LASTS).to_string(), &(NOW + 2 * LASTS).to_string(), 1);
        for junk in ["", ".", "..", "~", "a.b.c", "x.9999999999999.", &held[1..], &later, &format!("{held}A"), &"x".repeat(9_000)] {
            assert_eq!(browser(&ours(), NOW, "ada@example.com", Some(junk)), None, "{junk}");
        }
    }

    #[test]
    fn a_shared_desk_keeps_the_latest_four_and_each_once() {
        let mut held = vouch(&ours(), NOW, "a", None);
        for who in ["b", "a", "c", "a", "d", "e"] {
            held = vouch(&ours(), NOW, who, Some(&held));
        }
        let known: String = ["a", "b", "c", "d", "e"].into_iter().filter(|who| browser(&ours(), NOW, who, Some(&held)).is_some()).collect();
        assert_eq!(known, "acde");
        assert_eq!(held.split('~').count(), 4);
    }
}
