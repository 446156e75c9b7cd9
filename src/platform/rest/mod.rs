//! What every REST handler shares: how a request is read, how an answer and an error look, lists, and doing things once.
pub mod once;

mod body;
mod claim;
mod endpoint;
mod form;
mod given;
mod heads;
mod listing;
mod money;
mod named;
mod query;
mod refusal;

pub use body::{Body, BodyOf, MaybeBody, is_json, whole_body};
pub use claim::sweep_answers;
pub use endpoint::{Bearer, Endpoint};
pub use form::{Fingerprint, boundary, broken_form, parts};
pub use given::Given;
pub use heads::with_short_heads;
pub use listing::{ListOf, Listed, Window, instant, read_instant};
pub use money::MoneyBody;
pub use named::Named;
pub use once::Key;
use query::Asked;
pub use refusal::{Detail, FieldProblems, Problem, Refusal, sentence};
