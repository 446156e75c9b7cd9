use super::Role;

/// Who looks at the page, as far as the page itself needs to know it. Made once per page by the server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Viewer {
    /// The studio's name, as the header shows it.
    pub studio: String,
    /// Name and role of the person who is signed in.
    pub person: Option<(String, Role)>,
    /// What lies in the person's cart, saved-for-later not counted.
    pub cart_count: i64,
    pub theme: Theme,
    /// Path and query of the page, for `next=` and for the current entry of the navigation.
    pub path: String,
    /// One sentence left by the action that led here ("Gallery published."), shown once as a toast.
    pub notice: Option<String>,
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
