//! The signature under each webhook: an HMAC over the moment and the bytes exactly as they came.
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Seconds. What is older may be a recording played again.
const TOLERANCE: i64 = 300;

/// Whether one of our secrets has signed these bytes just now. `now`: unix milliseconds.
pub fn is_genuine(secrets: &[String], header: &str, body: &[u8], now: i64) -> bool {
    let mut moment = None;
    let mut signatures = vec![];
    for (name, value) in header.split(',').filter_map(|part| part.trim().split_once('=')) {
        match name {
            "t" => moment = moment.or(Some(value)),
            "v1" => signatures.extend(bytes(value)),
            _ => {}
        }
    }
    let Some((text, at)) = moment.and_then(|text| Some((text, text.parse::<i64>().ok()?))) else { return false };
    if (now / 1000 - at).abs() > TOLERANCE {
        return false;
    }
    // compared in constant time, and all of them, so that nothing is learned from how long it takes
    let matches = secrets.iter().flat_map(|secret| signatures.iter().map(move |signature| (secret, signature)));
    matches.filter(|(secret, signature)| is_signed(secret, text, body, signature)).count() > 0
}

fn is_signed(secret: &str, moment: &str, body: &[u8], signature: &[u8]) -> bool {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return false };
    mac.update(moment.as_bytes());
    mac.update(b".");
    mac.update(body);
    mac.verify_slice(signature).is_ok()
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    (hex.len() == 64 && hex.is_ascii()).then_some(())?;
    (0..32).map(|n| u8::from_str_radix(&hex[2 * n..2 * n + 2], 16).ok()).collect()
}

/// The header as Stripe writes it; for those who play Stripe in tests.
pub fn sign(secret: &str, body: &[u8], at: i64) -> String {
    let mut signed = String::new();
    if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) {
        mac.update(format!("{at}.").as_bytes());
        mac.update(body);
        signed = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    }
    format!("t={at},v1={signed}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_781_438_400;

    fn check(secrets: &[&str], header: &str, body: &str) -> bool {
        let secrets: Vec<_> = secrets.iter().map(|s| s.to_string()).collect();
        is_genuine(&secrets, header, body.as_bytes(), NOW * 1000)
    }

    #[test]
    fn what_stripe_signed_is_genuine() {
        let header = sign("whsec_test", b"{\"id\":\"evt_1\"}", NOW);
        assert!(check(&["whsec_test"], &header, "{\"id\":\"evt_1\"}"));
        assert!(check(&["whsec_old", "whsec_test"], &header, "{\"id\":\"evt_1\"}"), "while secrets change, both count");
    }

    #[test]
    fn nothing_else_is() {
        let (body, good) = ("{}", sign("whsec_test", b"{}", NOW));
        let old = |age: i64| sign("whsec_test", b"{}", NOW - age);
        let (_, v1) = good.split_once(',').unwrap_or_default();
        for header in [
            "",
            "t=",
            "v1=",
            &format!("t={NOW}"),
            v1,
            &good.replace("v1", "v0"),
            &good.replace("t=", "t=x"),
            "t=1,v1=zz",
            &old(301),
            &old(-301),
        ] {
            assert!(!check(&["whsec_test"], header, body), "{header}");
        }
        assert!(!check(&["whsec_other"], &good, body));
        assert!(!check(&["whsec_test"], &good, "{} "));
        assert!(!check(&[], &good, body));
        assert!(check(&["whsec_test"], &old(299), body));
        let wrong = sign("whsec_wrong", b"{}", NOW);
        let (_, wrong) = wrong.split_once(',').unwrap_or_default();
        assert!(check(&["whsec_test"], &format!("t={NOW},{wrong},{v1}"), body), "one of several may be right");
        assert!(!check(&["whsec_test"], &format!("t={NOW},{wrong},{wrong}"), body));
    }
}
