use crate::ui::Mood;
use leptos::prelude::*;

/// One word about a thing's state.
#[component]
pub fn Badge(#[prop(into)] label: String, #[prop(optional)] mood: Mood) -> impl IntoView {
    view! {
        <span class="pv-badge" data-mood=mood.word()>
            {label}
        </span>
    }
}
