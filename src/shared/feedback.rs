use super::{AppError, Problem};
use std::collections::BTreeMap;

/// What a form that could not be carried out shows when its page is drawn again: the error, and what was typed.
/// Passwords are never kept.
#[derive(Clone, Debug, Default)]
pub struct Feedback {
    /// The server function that was called, so that only its own form shows the problems.
    pub action: String,
    pub error: Option<AppError>,
    /// Per-file results of a form upload: (file name, reason).
    pub refused: Vec<Problem>,
    /// A secret that was made just now; the page shows it, and nobody sees it again.
    pub shown_once: Option<String>,
    pub typed: BTreeMap<String, Vec<String>>,
}

impl Feedback {
    pub fn problem(&self, field: &str) -> Option<String> {
        match &self.error {
            Some(AppError::Invalid(all)) => all.iter().find(|p| p.field == field).map(|p| p.message.clone()),
            _ => None,
        }
    }

    pub fn typed(&self, field: &str) -> Option<String> {
        self.typed.get(field).and_then(|all| all.first()).cloned()
    }
}
