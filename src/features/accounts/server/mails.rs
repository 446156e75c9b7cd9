//! The letters of this domain. Plain words, one link, and what to do when one didn't ask for it.
use super::store::users::User;
use crate::{
    features::site::server::Message,
    paths,
    platform::{config::Config, mail::Letter},
    shared::{LinkId, MessageId},
};
use std::fmt::Display;

pub fn confirm(config: &Config, studio: &str, user: &User, id: LinkId, secret: &str) -> Letter {
    Letter::new(&user.email, "Please confirm your address", format!("link:{id}"))
        .hello(&user.name)
        .words(format!(
            "welcome to {studio}. Please confirm that this address is yours: then the photographs that are shared with it open for you."
        ))
        .button("Confirm your address", config.link(&paths::confirm_email(secret)))
        .note("The link works once, for three days. If you did not sign up, leave this letter alone.")
        .from(studio)
}

pub fn code(studio: &str, user: &User, code: &str, now: i64) -> Letter {
    Letter::new(&user.email, "Your code", format!("code:{}:{now}", user.id))
        .hello(&user.name)
        .words(format!("this code confirms your address at {studio}:"))
        .code(code)
        .note("It counts for 10 minutes. If you did not sign up, leave this letter alone.")
        .from(studio)
}

pub fn reset(config: &Config, studio: &str, user: &User, id: LinkId, secret: &str) -> Letter {
    Letter::new(&user.email, "Choose a new password", format!("link:{id}"))
        .hello(&user.name)
        .words(format!("somebody asked for a new password for your account at {studio}. Choose it here:"))
        .button("Choose a new password", config.link(&paths::reset(secret)))
        .note("The link works once, for 30 minutes. If it was not you, leave this letter alone: nothing has changed.")
        .from(studio)
}

/// Told to the person whose password it was, in case it was somebody else who changed it.
pub fn password_changed(config: &Config, studio: &str, user: &User, once: impl Display) -> Letter {
    Letter::new(&user.email, "Your password was changed", format!("password-changed:{once}"))
        .hello(&user.name)
        .words(format!("the password of your account at {studio} was just changed, and all other browsers were signed out."))
        .words("If it was not you, choose a new one at once:")
        .button("Choose a new password", config.link(paths::FORGOT))
        .from(studio)
}

pub fn invitation(config: &Config, studio: &str, to: &str, reason: &str, id: LinkId, path: &str) -> Letter {
    Letter::new(to, format!("{studio} has something for you"), format!("link:{id}"))
        .hello("")
        .words(reason)
        .button("Open it", config.link(path))
        .note("This letter is for you alone; please don't pass the link on.")
        .from(studio)
}

pub fn message(owner: &User, id: MessageId, message: &Message) -> Letter {
    Letter::new(&owner.email, format!("Message from {}", message.name), format!("message:{id}:{}", owner.id))
        .words(format!("{} <{}> wrote on the contact page:", message.name, message.email))
        .quote(&message.message)
        .words(format!("Answer to {}.", message.email))
}
