//! What makes a password good enough: length, and not being the first thing that somebody would try.
use crate::{
    platform::passwords::{LONGEST, SHORTEST, composed},
    shared::{AppError, Problem, email_key},
};

/// The most common passwords of the known leaks; one a line, small letters.
const COMMON: &str = include_str!("common_passwords.txt");

/// Why a password is not good enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    TooLong,
    TooShort,
    OnlyDigits,
    LikeTheName,
    LikeTheAddress,
    Common,
}

impl Weakness {
    /// What to do, as the page says it beside the field.
    fn hint(self) -> &'static str {
        match self {
            Self::TooLong => "use at most 128 characters",
            Self::TooShort => "use at least 10 characters",
            Self::OnlyDigits => "use more than digits and spaces",
            Self::LikeTheName | Self::LikeTheAddress => "your name or address is too easy to guess",
            Self::Common => "many people use this one, so it is guessed first",
        }
    }
}

/// Everything that is wrong with a new password that was typed twice.
pub fn problems(password: &str, again: &str, name: &str, email: &str) -> Vec<(&'static str, &'static str)> {
    let wrong = weaknesses(password, &[name], email).first().map(|weakness| ("password", weakness.hint()));
    let differs = (wrong.is_none() && !is_same(password, again)).then_some(("password2", "this is not the same password"));
    wrong.into_iter().chain(differs).collect()
}

/// The same password, from whatever keyboards.
pub fn is_same(password: &str, again: &str) -> bool {
    password == again || (refuse_endless(again, "password2").is_ok() && composed(password) == composed(again))
}

/// The same for an answer that is refused as a whole.
pub fn check(password: &str, again: &str, name: &str, email: &str, mut others: Vec<(&'static str, &'static str)>) -> Result<(), AppError> {
    others.extend(problems(password, again, name, email));
    AppError::invalid_if(others)
}

/// A password that is longer than any we ever accepted is refused before it costs a hash.
pub fn refuse_endless(password: &str, field: &str) -> Result<(), AppError> {
    // a letter with its accents takes a few characters, each of four bytes at most: a megabyte is not even counted
    if password.len() > LONGEST * 16 || composed(password).chars().count() > LONGEST {
        return Err(AppError::Invalid(vec![Problem { field: field.into(), message: "a password has at most 128 characters".into() }]));
    }
    Ok(())
}

/// `names`: what the person is called, in any way.
pub fn weaknesses(password: &str, names: &[&str], email: &str) -> Vec<Weakness> {
    if refuse_endless(password, "password").is_err() {
        return vec![Weakness::TooLong];
    }
    let password = composed(password);
    let low = password.to_lowercase();
    let local = email.split('@').next().unwrap_or_default();
    let mut all = vec![];
    if password.chars().count() < SHORTEST {
        all.push(Weakness::TooShort);
    }
    if password.chars().all(|c| c.is_numeric() || c.is_whitespace()) {
        all.push(Weakness::OnlyDigits);
    }
    let is_one_of = |known: &[String]| known.iter().any(|known| is_like(low.trim(), known));
    if is_one_of(&names.iter().map(|name| name.trim().to_lowercase()).collect::<Vec<_>>()) {
        all.push(Weakness::LikeTheName);
    } else if is_one_of(&[email_key(email), email_key(local)]) {
        all.push(Weakness::LikeTheAddress);
    }
    let first = low.chars().next();
    if COMMON.lines().any(|common| common == low) || low.chars().all(|c| Some(c) == first) {
        all.push(Weakness::Common);
    }
    all
}

/// Whether a password is little more than a name that others know.
fn is_like(password: &str, known: &str) -> bool {
    let (length, most) = (known.chars().count(), password.chars().count());
    known == password || (length >= 4 && password.contains(known) && length * 10 >= most * 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_good(password: &str) -> bool {
        weaknesses(password, &["Ada Lovelace"], "ada.lovelace@example.com").is_empty()
    }

    #[test]
    fn a_sentence_is_a_good_password() {
        for good in ["correct horse battery", "ğüşıöç-şifre-böyle", "📷📷🎞️ and more film", &"x1".repeat(64)] {
            assert!(is_good(good), "{good}");
        }
    }

    #[test]
    fn what_would_be_tried_first_is_refused() {
        for bad in [
            "short",
            "1234567890",
            "123 456 789 0",
            "Password123",
            "qwertyuiop",
            "ADA LOVELACE",
            "ada.lovelace@example.com",
            "ada.lovelace",
            "ada.lovelace18",
            "aaaaaaaaaaaa",
            "          ",
            &"x1".repeat(65),
        ] {
            assert!(!is_good(bad), "{bad}");
        }
    }

    #[test]
    fn a_megabyte_is_refused_without_being_read() {
        assert!(refuse_endless(&"x".repeat(1_000_000), "password").is_err());
    }

    #[test]
    fn a_password_counts_its_letters_however_they_are_written() {
        let (whole, apart) = ("é".repeat(128), "e\u{301}".repeat(128));
        assert!(refuse_endless(&apart, "password").is_ok() && refuse_endless(&format!("{apart}x"), "password").is_err());
        assert!(problems("café au lait", "cafe\u{301} au lait", "", "").is_empty());
        assert!(!is_good(&"e\u{301}".repeat(9)), "nine letters");
        assert_eq!(composed(&apart), whole);
    }

    #[test]
    fn a_slip_in_the_second_field_is_shown_beside_it() {
        assert_eq!(problems("correct horse battery", "correct horse batterie", "", "")[0].0, "password2");
        assert_eq!(problems("short", "other", "", "").len(), 1);
    }
}
