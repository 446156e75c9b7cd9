use crate::ui::{Icon, IconName};
use leptos::prelude::*;

/// A page or list that has nothing yet: what will be here, and the first step (the children, a button or link).
#[component]
pub fn EmptyState(
    icon: IconName,
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="pv-empty">
            <Icon name=icon class="size-8" />
            <h2>{title}</h2>
            <p>{text}</p>
            {children.map(|action| view! { <div class="pv-actions">{action()}</div> })}
        </div>
    }
}
