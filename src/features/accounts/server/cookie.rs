//! The cookies that this domain sets: the session's secret, and the choice of light or dark.
use crate::{
    platform::{RequestContext, answer, config::Config},
    shared::Theme,
};
use axum_extra::extract::cookie::Cookie;

pub const THEME: &str = "pv_theme";
const DAY: i64 = 24 * 60 * 60;

/// Over https the session's cookie has a name that forbids every other host to set it.
pub fn name(config: &Config) -> &'static str {
    if config.is_https() { "__Host-pv_session" } else { "pv_session" }
}

/// The cookie that vouches for a browser, of which [`super::known`] tells.
pub fn known(config: &Config) -> &'static str {
    if config.is_https() { "__Host-pv_known" } else { "pv_known" }
}

/// Remembers in the browser that this account came in here, for a year.
pub fn keep_known(cx: &RequestContext, email_key: &str) {
    let vouchers = super::known::vouch(&cx.config, cx.now(), email_key, cx.client.known.as_deref());
    set(cx, known(&cx.config), &vouchers, "; HttpOnly", Some(super::known::LASTS / 1_000));
}

/// Gives the browser its session; with `stay` it keeps it after it was closed.
pub fn give_session(cx: &RequestContext, secret: &str, stay: bool) {
    set(cx, name(&cx.config), secret, "; HttpOnly", stay.then_some(cx.config.session_days * DAY));
}

pub fn take_session(cx: &RequestContext) {
    set(cx, name(&cx.config), "", "; HttpOnly", Some(0));
}

pub fn keep_theme(cx: &RequestContext, theme: Theme) {
    set(cx, THEME, theme.as_str(), "", Some(365 * DAY));
}

fn set(cx: &RequestContext, name: &str, value: &str, more: &str, seconds: Option<i64>) {
    let secure = if cx.config.is_https() { "; Secure" } else { "" };
    let age = seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    if let Ok(cookie) = Cookie::parse(format!("{name}={value}; Path=/; SameSite=Lax{more}{secure}{age}")) {
        answer::set_cookie(&cookie);
    }
}
