use super::Refusal;
use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{HeaderMap, StatusCode, header},
};
use serde::de::DeserializeOwned;

/// A JSON body. What cannot be read is refused with the field's name; fields that nobody knows are passed over.
pub struct Body<T>(pub T);

/// The same together with its bytes, for telling a repeated request from another one.
pub struct BodyOf<T> {
    pub value: T,
    pub bytes: Bytes,
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Refusal;
    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        BodyOf::from_request(request, state).await.map(|body| Self(body.value))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for BodyOf<T> {
    type Rejection = Refusal;
    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        json_only(request.headers())?;
        let bytes = whole_body(request).await?;
        read(&bytes).map(|value| Self { value, bytes })
    }
}

/// A JSON body that may be left out.
pub struct MaybeBody<T>(pub T);

impl<T: DeserializeOwned + Default, S: Send + Sync> FromRequest<S> for MaybeBody<T> {
    type Rejection = Refusal;
    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        if !request.headers().contains_key(header::CONTENT_TYPE) {
            return Ok(Self(T::default()));
        }
        let headers = request.headers().clone();
        // a client may name the type of what it doesn't send
        let bytes = whole_body(request).await?;
        if bytes.is_empty() {
            return Ok(Self(T::default()));
        }
        json_only(&headers)?;
        read(&bytes).map(Self)
    }
}

fn json_only(headers: &HeaderMap) -> Result<(), Refusal> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if is_json(kind) {
        return Ok(());
    }
    let kind: String = kind.chars().filter(|c| !c.is_control()).take(80).collect();
    Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, format!("Unsupported media type \"{kind}\" in request.")))
}

/// All of a small body.
pub async fn whole_body(request: Request) -> Result<Bytes, Refusal> {
    Bytes::from_request(request, &()).await.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "The body may have at most 1 MB."),
        _ => Refusal::new(StatusCode::BAD_REQUEST, "The body broke off."),
    })
}

pub fn is_json(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Refusal> {
    let reader = &mut serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut *reader).map_err(|error| {
        let place = error.path().iter().next().map(ToString::to_string).unwrap_or_default();
        let cause = error.into_inner();
        if !cause.is_data() {
            return Refusal::new(StatusCode::BAD_REQUEST, format!("JSON parse error at line {}, column {}.", cause.line(), cause.column()));
        }
        let words = cause.to_string();
        match words.strip_prefix("missing field `").and_then(|rest| rest.split('`').next()) {
            Some(field) => Refusal::field(field, "This field is required."),
            None if place.is_empty() || place == "." => Refusal::field("non_field_errors", "Invalid data. Expected an object."),
            None => Refusal::field(&place, "Not a valid value."),
        }
    })?;
    reader.end().map_err(|_| Refusal::new(StatusCode::BAD_REQUEST, "JSON parse error after the end of the object."))?;
    Ok(value)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use serde_json::json;

    #[derive(Debug, serde::Deserialize)]
    #[allow(dead_code)]
    struct Form {
        email: String,
        count: Option<i64>,
    }

    fn answer(text: &str) -> serde_json::Value {
        serde_json::to_value(read::<Form>(text.as_bytes()).unwrap_err().words).unwrap()
    }

    #[test]
    fn what_is_wrong_is_said_of_its_field() {
        assert_eq!(answer("{}"), json!({"email": ["This field is required."]}));
        assert_eq!(answer(r#"{"email": 5}"#), json!({"email": ["Not a valid value."]}));
        assert_eq!(answer(r#"{"email": "a", "count": 99999999999999999999}"#), json!({"count": ["Not a valid value."]}));
        assert_eq!(answer("[]")["non_field_errors"][0], "Invalid data. Expected an object.");
    }

    #[test]
    fn broken_and_endless_bodies_are_refused() {
        for text in ["", "{", "\u{0}", r#"{"email":"\ud800"}"#, r#"{"email":"a"} x"#, &"[".repeat(100_000)] {
            assert_eq!(read::<Form>(text.as_bytes()).unwrap_err().status, 400, "{}", &text[..text.len().min(20)]);
        }
    }
}
