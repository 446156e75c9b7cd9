use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// One field (or one file of a batch) and what is wrong with it, in words for the person who typed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    pub field: String,
    pub message: String,
}

/// Everything a person can be told. Details for us go to the log, never in here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum AppError {
    #[error("Please sign in.")]
    SignInNeeded,
    #[error("You may not do that.")]
    NotAllowed,
    #[error("There is nothing here.")]
    NotFound,
    #[error("Some answers need another look.")]
    Invalid(Vec<Problem>),
    /// The request was understood, but things have changed meanwhile; the text says what and what to do.
    #[error("{0}")]
    Conflict(String),
    #[error("That is too large: {0}")]
    TooLarge(String),
    #[error("Too many tries. Please wait {retry_after} seconds and try again.")]
    TooMany { retry_after: u64 },
    #[error("The request could not be read.")]
    BadRequest,
    #[error("We are busy just now. Please try again in a moment.")]
    Unavailable,
    #[error("There is no room left for new files just now, so nothing was kept. Please try again in a few minutes.")]
    Full,
    #[error("Something went wrong on our side. Please try again; if it stays, tell us the reference {0}.")]
    Internal(String),
}

impl AppError {
    /// The HTTP status with which every door answers this error.
    pub fn status(&self) -> u16 {
        match self {
            Self::SignInNeeded => 401,
            Self::NotAllowed => 403,
            Self::NotFound => 404,
            Self::Invalid(_) => 422,
            Self::Conflict(_) => 409,
            Self::TooLarge(_) => 413,
            Self::TooMany { .. } => 429,
            Self::BadRequest => 400,
            Self::Unavailable => 503,
            Self::Full => 507,
            Self::Internal(_) => 500,
        }
    }

    pub fn field(field: &str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Problem { field: field.into(), message: message.into() }])
    }

    /// Everything that is wrong, for a terminal.
    pub fn in_one_line(&self) -> String {
        match self {
            Self::Invalid(problems) => problems.iter().map(|p| format!("{}: {}", p.field, p.message)).collect::<Vec<_>>().join("; "),
            other => other.to_string(),
        }
    }

    pub fn invalid_if(problems: Vec<(&'static str, &'static str)>) -> Result<(), Self> {
        if problems.is_empty() {
            return Ok(());
        }
        Err(Self::Invalid(problems.into_iter().map(|(f, m)| Problem { field: f.into(), message: m.into() }).collect()))
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    /// What the framework itself reports: arguments that don't parse are the sender's, the rest is ours.
    fn from_server_fn_error(e: ServerFnErrorErr) -> Self {
        match e {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => Self::BadRequest,
            ServerFnErrorErr::Request(_) => Self::Unavailable,
            _ => Self::Internal("framework".into()),
        }
    }
}
