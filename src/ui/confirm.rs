use super::{Icon, IconName, Tone};
use leptos::prelude::*;

/// Asks once, with the thing's name, before something that cannot be undone. Works without JavaScript: the button opens
/// the question, and the question holds the form (the children) that does it.
#[component]
pub fn Confirm(
    /// What the closed button says: "Delete gallery".
    #[prop(into)]
    label: String,
    /// The question with the name in it: "Delete “Ada and Ben”?"
    #[prop(into)]
    question: String,
    /// What happens then, in a sentence.
    #[prop(optional, into)]
    text: String,
    #[prop(optional, into)] icon: Option<IconName>,
    #[prop(default = Tone::Ghost)] tone: Tone,
    children: Children,
) -> impl IntoView {
    let name = question.clone();
    view! {
        <details class="pv-confirm">
            <summary class=tone.class()>
                {icon.map(|name| view! { <Icon name=name /> })} <span>{label}</span>
            </summary>
            <div class="pv-confirm-box" role="group" aria-label=name>
                <p class="font-medium">{question}</p>
                {(!text.is_empty()).then(|| view! { <p class="text-sm text-muted">{text}</p> })} {children()}
            </div>
        </details>
    }
}
