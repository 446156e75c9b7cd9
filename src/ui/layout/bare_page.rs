use super::frame::{Content, SkipLink, StudioName};
use leptos::prelude::*;

/// A page without the site's navigation, for what should be finished first: paying, signing in.
#[component]
pub fn BarePage(
    /// Two columns (a checkout) instead of one narrow one (a sign-in).
    #[prop(optional)]
    wide: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <SkipLink />
        <header class="pv-bar pv-bar-bare">
            <StudioName />
        </header>
        <Content class=if wide { "pv-page" } else { "pv-page pv-narrow" }>{children()}</Content>
    }
}
