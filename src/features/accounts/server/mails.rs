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
    letter(
        &user.email,
        "Please confirm your address",
        format!(
            "Hello {},\n\nwelcome to {studio}. Please confirm that this address is yours: then the photographs that are shared with it open for you.\n\n{}\n\nThe link works once, for three days. If you did not sign up, leave this letter alone.\n",
            user.name,
            config.link(&paths::confirm_email(secret))
        ),
        format!("link:{id}"),
    )
}

pub fn code(studio: &str, user: &User, code: &str, now: i64) -> Letter {
    letter(
        &user.email,
        "Your code",
        format!(
            "Hello {},\n\nthis code confirms your address at {studio}:\n\n{code}\n\nIt counts for 10 minutes. If you did not sign up, leave this letter alone.\n",
            user.name
        ),
        format!("code:{}:{now}", user.id),
    )
}

pub fn reset(config: &Config, studio: &str, user: &User, id: LinkId, secret: &str) -> Letter {
    letter(
        &user.email,
        "Choose a new password",
        format!(
            "Hello {},\n\nsomebody asked for a new password for your account at {studio}. Choose it here:\n\n{}\n\nThe link works once, for 30 minutes. If it was not you, leave this letter alone: nothing has changed.\n",
            user.name,
            config.link(&paths::reset(secret))
        ),
        format!("link:{id}"),
    )
}

/// Told to the person whose password it was, in case it was somebody else who changed it.
pub fn password_changed(config: &Config, studio: &str, user: &User, once: impl Display) -> Letter {
    letter(
        &user.email,
        "Your password was changed",
        format!(
            "Hello {},\n\nthe password of your account at {studio} was just changed, and all other browsers were signed out.\n\nIf it was not you, choose a new one at once:\n\n{}\n",
            user.name,
            config.link(paths::FORGOT)
        ),
        format!("password-changed:{once}"),
    )
}

pub fn invitation(config: &Config, studio: &str, to: &str, reason: &str, id: LinkId, path: &str) -> Letter {
    letter(
        to,
        &format!("{studio} has something for you"),
        format!("Hello,\n\n{reason}\n\n{}\n\nThis letter is for you alone; please don't pass the link on.\n", config.link(path)),
        format!("link:{id}"),
    )
}

pub fn message(owner: &User, id: MessageId, message: &Message) -> Letter {
    letter(
        &owner.email,
        &format!("Message from {}", message.name),
        format!("{} <{}> wrote on the contact page:\n\n{}\n\nAnswer to {}.\n", message.name, message.email, message.message, message.email),
        format!("message:{id}:{}", owner.id),
    )
}

fn letter(to: &str, subject: &str, text: String, once: String) -> Letter {
    Letter { to: to.into(), subject: subject.into(), text, once }
}
