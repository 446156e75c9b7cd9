use crate::ui::{Icon, IconName, Mood};
use leptos::prelude::*;

/// A box with something worth knowing on this page. The words are the children.
#[component]
pub fn Notice(#[prop(optional)] mood: Mood, #[prop(optional, into)] title: String, children: Children) -> impl IntoView {
    let icon = match mood {
        Mood::Neutral => IconName::Info,
        Mood::Good => IconName::CircleCheck,
        Mood::Warning => IconName::Warning,
        Mood::Error => IconName::CircleAlert,
    };
    let role = if mood == Mood::Error { "alert" } else { "note" };
    view! {
        <div class="pv-notice" data-mood=mood.word() role=role>
            <Icon name=icon />
            <div class="min-w-0">
                {(!title.is_empty()).then(|| view! { <p class="font-medium">{title}</p> })} {children()}
            </div>
        </div>
    }
}
