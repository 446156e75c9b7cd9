use super::{Icon, IconName, Tone};
use leptos::prelude::*;

/// A link that looks like a button: for going somewhere, never for changing something.
#[component]
pub fn ButtonLink(
    #[prop(into)] href: String,
    #[prop(into)] label: String,
    #[prop(optional)] tone: Tone,
    #[prop(optional, into)] icon: Option<IconName>,
    #[prop(optional, into)] class: String,
    /// Offers the target as a file instead of opening it.
    #[prop(optional)]
    download: bool,
) -> impl IntoView {
    view! {
        <a href=href class=format!("{} {class}", tone.class()) download=download.then_some("")>
            {icon.map(|name| view! { <Icon name=name /> })}
            <span>{label}</span>
        </a>
    }
}
