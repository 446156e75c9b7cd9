//! What a bucket's refusal means for us.
use aws_sdk_s3::{
    config::http::HttpResponse,
    error::{DisplayErrorContext, ProvideErrorMetadata, SdkError},
};

#[derive(Debug, PartialEq)]
pub enum Trouble {
    /// There is no such file (or upload).
    Missing,
    /// The server doesn't know this request at all.
    Unknown,
    /// Nobody answers, or only "later".
    Away,
    /// The key, the bucket's name or the clock is wrong: a person has to look.
    Refused,
}

pub fn judge<E: ProvideErrorMetadata>(error: &SdkError<E, HttpResponse>) -> Trouble {
    let status = error.raw_response().map_or(0, |response| response.status().as_u16());
    match error.code() {
        Some("NoSuchKey" | "NoSuchUpload") => Trouble::Missing,
        // the answer to HEAD has no words; whether the bucket is there at all is asked afterwards
        Some("NotFound") => Trouble::Missing,
        Some("NotImplemented") => Trouble::Unknown,
        // damaged on its way: worth another try
        Some("BadDigest" | "XAmzContentSHA256Mismatch" | "RequestTimeout" | "IncompleteBody" | "SlowDown") => Trouble::Away,
        _ => match status {
            400..=499 if status != 408 && status != 429 => Trouble::Refused,
            _ => Trouble::Away,
        },
    }
}

/// The cause with what lies beneath it, in one line.
pub fn words<E: std::error::Error + 'static>(error: &SdkError<E, HttpResponse>) -> String {
    DisplayErrorContext(error).to_string().chars().take(600).collect::<String>().replace('\n', " ")
}
