use super::Role;

/// Who looks at the page, as far as the page itself needs to know it. Made once per page by the server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Viewer {
    /// The studio's name, as the header shows it.
    pub studio: String,
    /// The address that the studio shows to everybody; may be empty.
    pub contact_email: String,
    /// Name and role of the person who is signed in.
    pub person: Option<(String, Role)>,
    /// What lies in the person's cart, saved-for-later not counted.
    pub cart_count: i64,
    pub theme: Theme,
    /// Path and query of the page, for `next=` and for the current entry of the navigation.
    pub path: String,
    /// One sentence left by the action that led here ("Gallery published."), shown once as a toast.
    pub notice: Option<String>,
    /// What takes that action back; offered beside the sentence.
    pub undo: Option<Undo>,
}

/// A server function that takes an action back, and the one field that it needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Undo {
    pub action: String,
    pub field: String,
    pub value: String,
}

impl Undo {
    /// Nothing else can be offered, whatever a cookie says.
    const ACTIONS: &[&str] = &["undo_assignment"];

    pub fn new(action: &str, field: &str, value: impl std::fmt::Display) -> Self {
        Self { action: action.into(), field: field.into(), value: value.to_string() }
    }

    /// As it travels in a cookie.
    pub fn write(&self) -> String {
        format!("{}.{}.{}", self.action, self.field, self.value)
    }

    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '.');
        let (action, field, value) = (parts.next()?, parts.next()?, parts.next()?);
        let is_word = |word: &str| word.len() <= 64 && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
        (Self::ACTIONS.contains(&action) && is_word(field) && is_word(value)).then(|| Self::new(action, field, value))
    }
}

super::text_enum! {
    /// Light and dark follow the system until the person chooses; the choice is a cookie, so the first paint is right.
    #[derive(Default)]
    Theme {
        #[default]
        System = "system",
        Light = "light",
        Dark = "dark",
    }
}

#[cfg(test)]
mod tests {
    use super::Undo;

    #[test]
    fn a_cookie_offers_nothing_but_what_can_be_undone() {
        let undo = Undo::new("undo_assignment", "batch", "0192-ab");
        assert_eq!(Undo::read(&undo.write()), Some(undo));
        for planted in ["set_active.user.1", "undo_assignment.batch", "undo_assignment.batch.a\"b", "undo_assignment.ba tch.1", ""] {
            assert_eq!(Undo::read(planted), None, "{planted}");
        }
    }
}
