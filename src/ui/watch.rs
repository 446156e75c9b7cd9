use leptos::prelude::*;

/// A page that draws itself anew when the live line says that something under `topic` changed. Without JavaScript it
/// stays what it was when it was opened.
#[component]
pub fn Watch(#[prop(into)] topic: String) -> impl IntoView {
    view! { <span hidden data-topic=topic></span> }
}
