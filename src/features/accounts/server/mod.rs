pub mod cookie;
pub mod jobs;
mod known;
mod mails;
mod password_rules;
mod policy;
pub mod rest;
pub mod service;
mod store;

use crate::{
    platform::{RequestContext, answer},
    shared::email_key,
};

pub use known::vouch;

/// What every way in ends with: the cookies, and the page that the person wanted or the one where they are at home.
pub(super) fn welcome(cx: &RequestContext, signed_in: &service::SignedIn, next: Option<&str>, notice: &str) {
    cookie::give_session(cx, &signed_in.secret, signed_in.stay);
    cookie::keep_known(cx, &email_key(&signed_in.person.email));
    answer::go_to(next.unwrap_or(super::home_of(signed_in.person.role)), notice);
}
