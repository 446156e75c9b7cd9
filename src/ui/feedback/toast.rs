use crate::{
    shared::{Undo, Viewer},
    ui::{Icon, IconName},
};
use leptos::prelude::*;

/// The sentence that the last action left, and the way to take it back where there is one. It steps back after a while
/// and stays readable under pointer or focus.
#[component]
pub fn Toast() -> impl IntoView {
    let Viewer { notice, undo, .. } = use_context().unwrap_or_default();
    notice.map(|notice| {
        view! {
            <div class="pv-toast" role="status" tabindex="-1">
                <Icon name=IconName::CircleCheck />
                <p>{notice}</p>
                {undo.map(|undo| view! { <TakeBack undo=undo /> })}
            </div>
        }
    })
}

#[component]
fn TakeBack(undo: Undo) -> impl IntoView {
    view! {
        <form method="post" action=format!("/_fn/{}", undo.action) class="contents">
            <input type="hidden" name=undo.field value=undo.value />
            <button class="pv-toast-undo">"Undo"</button>
        </form>
    }
}
