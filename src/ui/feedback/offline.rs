use leptos::prelude::*;

/// Empty until `start.js` finds that the connection is gone.
#[component]
pub fn OfflineNote() -> impl IntoView {
    view! {
        <p
            id="offline"
            class="pv-offline"
            role="status"
            data-words="You are offline. What you see stays; links and buttons work again when the connection is back."
        ></p>
    }
}
