use crate::{
    features::{delivery::api::front, site::HomePage},
    ui::Load,
};
use leptos::prelude::*;

/// The studio's front page.
#[component]
pub fn Front() -> impl IntoView {
    view! { <Load what=front let:home><HomePage home=home /></Load> }
}
