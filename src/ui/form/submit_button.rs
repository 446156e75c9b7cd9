use crate::ui::{Icon, IconName, Tone};
use leptos::prelude::*;

/// Sends the form. The label is a verb with the thing: "Publish gallery".
#[component]
pub fn SubmitButton(
    #[prop(into)] label: String,
    #[prop(default = Tone::Primary)] tone: Tone,
    #[prop(optional, into)] icon: Option<IconName>,
    /// For a form with several buttons: which one was pressed.
    #[prop(optional, into)]
    name: Option<&'static str>,
    #[prop(optional, into)] value: Option<String>,
    /// Draws only the icon; the label is what a screen reader says.
    #[prop(optional)]
    icon_only: bool,
    #[prop(optional)] disabled: bool,
    #[prop(optional, into)] class: String,
) -> impl IntoView {
    let only = if icon_only { "pv-btn-icon " } else { "" };
    let spoken = icon_only.then(|| label.clone());
    view! {
        <button
            type="submit"
            class=format!("{} {only}{class}", tone.class())
            name=name
            value=value
            disabled=disabled
            aria-label=spoken.clone()
            title=spoken
        >
            {icon.map(|name| view! { <Icon name=name /> })}
            {(!icon_only).then(|| view! { <span>{label}</span> })}
        </button>
    }
}
