use crate::{shared::Viewer, ui::Toast};
use leptos::{context::Provider, prelude::*};

/// Says to what is drawn inside that a layout stands around it already.
#[derive(Clone, Copy)]
struct InsideLayout;

pub fn is_inside_layout() -> bool {
    use_context::<InsideLayout>().is_some()
}

/// What all layouts have: the way past the navigation, the page's content as a landmark, the toast.
#[component]
pub fn Content(#[prop(into)] class: String, children: Children) -> impl IntoView {
    view! {
        <main id="content" tabindex="-1" class=class>
            <Provider value=InsideLayout>{children()}</Provider>
        </main>
        <Toast />
    }
}

#[component]
pub fn SkipLink() -> impl IntoView {
    view! {
        <a href="#content" class="pv-skip">
            "Skip to the content"
        </a>
    }
}

/// The studio's name, which always leads home.
#[component]
pub fn StudioName() -> impl IntoView {
    let studio = viewer().studio;
    view! {
        <a href=crate::paths::HOME class="pv-studio-name">
            {if studio.is_empty() { "PhotoVault".to_string() } else { studio }}
        </a>
    }
}

pub fn viewer() -> Viewer {
    use_context().unwrap_or_default()
}

/// `page` for the entry that is open, `true` for the entry above it.
pub fn current(path: &str, entry: &str) -> Option<&'static str> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    match path.strip_prefix(entry) {
        Some("") => Some("page"),
        Some(rest) if rest.starts_with('/') && entry != "/" && entry != "/studio" => Some("true"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::current;

    #[test]
    fn an_entry_is_current_on_its_page_and_on_those_below_it() {
        assert_eq!(current("/studio/galleries?after=2", "/studio/galleries"), Some("page"));
        assert_eq!(current("/studio/galleries/42", "/studio/galleries"), Some("true"));
        assert_eq!(current("/studio/galleries", "/studio"), None);
        assert_eq!(current("/galleries-of-old", "/galleries"), None);
    }
}
