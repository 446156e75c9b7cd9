//! How often something is tried: a few times among all the tests, as often as a figure asks for in `make chaos`.
use std::fmt::Display;

/// `PHOTOVAULT_TEST_{name}` when it is set.
pub fn rounds(name: &str, few: usize) -> usize {
    std::env::var(format!("PHOTOVAULT_TEST_{name}")).ok().and_then(|number| number.parse().ok()).unwrap_or(few)
}

/// A line that `make chaos` gathers at its end.
pub fn figure(what: impl Display, words: impl Display) {
    println!("figure: {what}: {words}");
}
