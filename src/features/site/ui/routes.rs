//! The studio's own pages as the route table names them: load the words, show the page.
use super::{AboutPage, ContactPage, ServicesPage};
use crate::{features::site::api::words_of_studio, ui::Load};
use leptos::prelude::*;

#[component]
pub fn About() -> impl IntoView {
    view! { <Load what=words_of_studio let:words><AboutPage words=words /></Load> }
}

#[component]
pub fn Services() -> impl IntoView {
    view! { <Load what=words_of_studio let:words><ServicesPage words=words /></Load> }
}

#[component]
pub fn Contact() -> impl IntoView {
    view! { <Load what=words_of_studio let:words><ContactPage words=words /></Load> }
}
