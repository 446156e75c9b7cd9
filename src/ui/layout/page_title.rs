use super::frame::viewer;
use leptos::prelude::*;
use leptos_meta::{Meta, Title};

/// The document's title, its description for search engines, and whether they may keep it. Everything that belongs to
/// one client or to the studio is `noindex`.
#[component]
pub fn PageTitle(
    /// Empty on the start page: the studio's name stands alone.
    #[prop(into)]
    title: String,
    /// One sentence; without one the title says where one is.
    #[prop(optional, into)]
    description: String,
    #[prop(optional)] noindex: bool,
) -> impl IntoView {
    let studio = Some(viewer().studio).filter(|name| !name.is_empty()).unwrap_or_else(|| "PhotoVault".into());
    let text = if title.is_empty() { studio } else { format!("{title} · {studio}") };
    let description = if description.is_empty() { text.clone() } else { description };
    view! {
        <Title text=escaped(&text) />
        <Meta name="description" content=description />
        {noindex.then(|| view! { <Meta name="robots" content="noindex, nofollow" /> })}
    }
}

/// `leptos_meta` writes the title as it is, and a title may be what somebody typed.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_typed_title_cannot_end_the_title_element() {
        assert_eq!(super::escaped("A & B</title><script>"), "A &amp; B&lt;/title>&lt;script>");
    }
}
