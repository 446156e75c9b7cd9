//! What every REST handler shares: how a request is read, how an answer and an error look, lists, and doing things once.
pub mod once;

mod body;
mod endpoint;
mod form;
mod listing;
mod money;
mod named;
mod query;
mod refusal;

pub use body::{Body, BodyOf, MaybeBody};
pub use endpoint::{Bearer, Endpoint};
pub use form::{Fingerprint, boundary, broken_form};
pub use listing::{Listed, Window, instant, read_instant};
pub use money::MoneyBody;
pub use named::Named;
pub use once::Key;
pub use query::Asked;
pub use refusal::{Detail, FieldProblems, Problem, Refusal};
