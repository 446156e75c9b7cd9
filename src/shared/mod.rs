//! Words that both halves and every domain share: plain Rust, no server, no browser.
#[macro_use]
mod text_enum;
mod error;
mod feedback;
mod fields;
mod ids;
mod money;
mod page;
mod role;
mod scope;
mod viewer;

pub use error::{AppError, Problem};
pub use feedback::Feedback;
pub use fields::{email_key, is_email, one_line, tidy};
pub use ids::*;
pub use money::{Currency, Money, parse_amount};
pub use page::Page;
pub use role::Role;
pub use scope::Scope;
pub(crate) use text_enum::text_enum;
pub use viewer::{Theme, Undo, Viewer};
