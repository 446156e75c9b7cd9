pub mod cookie;
pub mod jobs;
mod mails;
mod password_rules;
mod policy;
pub mod rest;
pub mod service;
mod store;

use crate::platform::{RequestContext, answer};

/// What every way in ends with: the cookie, and the page that the person wanted or the one where they are at home.
pub(super) fn welcome(cx: &RequestContext, signed_in: &service::SignedIn, next: Option<&str>, notice: &str) {
    cookie::give_session(cx, &signed_in.secret, signed_in.stay);
    answer::go_to(next.unwrap_or(super::home_of(signed_in.person.role)), notice);
}
