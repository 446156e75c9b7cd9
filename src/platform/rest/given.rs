use super::Refusal;

/// What a form gives, and everything that is wrong with it: a program hears of all its mistakes at once.
#[derive(Default)]
pub struct Given(Vec<(String, String)>);

impl Given {
    pub fn wrong(&mut self, field: &str, message: impl Into<String>) {
        self.0.push((field.into(), message.into()));
    }

    /// A text that the form cannot do without.
    pub fn text(&mut self, field: &str, text: Option<String>) -> Option<String> {
        match &text {
            None => self.wrong(field, "This field is required."),
            Some(text) if text.trim().is_empty() => {
                self.wrong(field, "This field may not be blank.");
                return None;
            }
            Some(_) => {}
        }
        text
    }

    /// The form, when nothing is wrong with it.
    pub fn all<T>(self, form: Option<T>) -> Result<T, Refusal> {
        match form {
            Some(form) if self.0.is_empty() => Ok(form),
            _ => Err(Refusal::fields(self.0)),
        }
    }
}
