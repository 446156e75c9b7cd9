//! Signed tokens for programs: HS256 and nothing else, one audience for each use, under a key of their own that is
//! derived from the installation's secret. What a token says is believed only together with its family in the database.
use super::{clock::SECOND, config::Config, log};
use crate::shared::AppError;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

const ISSUER: &str = "photovault";
/// How far another machine's clock may be ahead of ours.
const SKEW: i64 = 60;

/// An access token never passes for a refresh token, nor the other way round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    Access,
    Refresh,
}

impl Use {
    fn audience(self) -> &'static str {
        match self {
            Self::Access => "photovault:access",
            Self::Refresh => "photovault:refresh",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    pub iss: String,
    pub aud: String,
    /// The person.
    pub sub: Uuid,
    /// Everything that came from one sign-in; it ends as a whole.
    pub family: Uuid,
    pub jti: Uuid,
    /// Unix seconds, as the standard has it.
    pub iat: i64,
    pub exp: i64,
}

fn key(config: &Config) -> [u8; 32] {
    blake3::derive_key("photovault 2026-11-20 bearer tokens", config.secret_key.as_bytes())
}

/// `now` and `lasts` in milliseconds.
pub fn sign(config: &Config, purpose: Use, person: Uuid, family: Uuid, jti: Uuid, now: i64, lasts: i64) -> Result<String, AppError> {
    let claims = Claims {
        iss: ISSUER.into(),
        aud: purpose.audience().into(),
        sub: person,
        family,
        jti,
        iat: now / SECOND,
        exp: (now + lasts) / SECOND,
    };
    encode(&Header::new(Algorithm::HS256), &claims, &EncodingKey::from_secret(&key(config))).map_err(|e| log::internal("bearer", &e))
}

/// What a token of ours says, if it is whole, for this use, and of this time.
pub fn read(config: &Config, purpose: Use, token: &str, now: i64) -> Option<Claims> {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_audience(&[purpose.audience()]);
    validation.set_issuer(&[ISSUER]);
    validation.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
    // the time is asked of our own clock, below
    validation.validate_exp = false;
    let claims = decode::<Claims>(token, &DecodingKey::from_secret(&key(config)), &validation).ok()?.claims;
    let now = now / SECOND;
    (claims.exp > now && claims.iat <= now + SKEW).then_some(claims)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as B64};
    use std::collections::BTreeMap;

    const NOW: i64 = 1_781_438_400_000;
    const HOUR: i64 = 3_600_000;

    fn config(secret: &str) -> Config {
        Config::read("", &BTreeMap::from([("SECRET_KEY".into(), secret.into())]), "x").unwrap()
    }

    fn ours() -> Config {
        config("a secret of at least thirty-two characters")
    }

    fn signed(now: i64, lasts: i64) -> String {
        sign(&ours(), Use::Access, Uuid::nil(), Uuid::nil(), Uuid::nil(), now, lasts).unwrap()
    }

    fn is_read(token: &str) -> bool {
        read(&ours(), Use::Access, token, NOW).is_some()
    }

    #[test]
    fn a_token_holds_from_its_birth_to_its_end() {
        assert!(is_read(&signed(NOW, HOUR)));
        assert!(is_read(&signed(NOW + 60_000, HOUR)), "a clock that is a minute ahead");
        assert!(!is_read(&signed(NOW + 62_000, HOUR)), "not more");
        assert!(!is_read(&signed(NOW - HOUR, HOUR)));
        assert!(is_read(&signed(NOW - HOUR, HOUR + 1_000)));
    }

    #[test]
    fn a_token_for_one_use_is_none_for_the_other() {
        assert!(read(&ours(), Use::Refresh, &signed(NOW, HOUR), NOW).is_none());
    }

    #[test]
    fn another_key_signs_nothing() {
        let foreign = config("another secret of thirty-two characters and more");
        let token = sign(&foreign, Use::Access, Uuid::nil(), Uuid::nil(), Uuid::nil(), NOW, HOUR).unwrap();
        assert!(!is_read(&token));
        // nor does the secret itself, which is not the key
        let claims = read(&ours(), Use::Access, &signed(NOW, HOUR), NOW).unwrap();
        let naive = encode(&Header::default(), &claims, &EncodingKey::from_secret(ours().secret_key.as_bytes())).unwrap();
        assert!(!is_read(&naive));
    }

    #[test]
    fn the_header_chooses_no_algorithm() {
        let good = signed(NOW, HOUR);
        let parts: Vec<&str> = good.split('.').collect();
        for header in
            [r#"{"alg":"none","typ":"JWT"}"#, r#"{"alg":"HS512","typ":"JWT"}"#, r#"{"alg":"RS256"}"#, r#"{"typ":"JWT"}"#, "{}", "x"]
        {
            let head = B64.encode(header);
            assert!(!is_read(&format!("{head}.{}.{}", parts[1], parts[2])), "{header}");
            assert!(!is_read(&format!("{head}.{}.", parts[1])), "{header} without a signature");
        }
        let claims = read(&ours(), Use::Access, &good, NOW).unwrap();
        let longer = encode(&Header::new(Algorithm::HS384), &claims, &EncodingKey::from_secret(&key(&ours()))).unwrap();
        assert!(!is_read(&longer), "our own key under another algorithm");
    }

    #[test]
    fn a_changed_claim_breaks_the_signature() {
        let good = signed(NOW, HOUR);
        let parts: Vec<&str> = good.split('.').collect();
        let mut claims: serde_json::Value = serde_json::from_slice(&B64.decode(parts[1]).unwrap()).unwrap();
        claims["exp"] = 9_999_999_999i64.into();
        assert!(!is_read(&format!("{}.{}.{}", parts[0], B64.encode(claims.to_string()), parts[2])));
        for junk in ["", ".", "..", "a.b.c", &good[1..], &format!("{good}A")] {
            assert!(!is_read(junk), "{junk}");
        }
    }
}
