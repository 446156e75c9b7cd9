use crate::{
    shared::Viewer,
    ui::{Icon, IconName},
};
use leptos::prelude::*;

/// The sentence that the last action left. It steps back after a while and stays readable under pointer or focus.
#[component]
pub fn Toast() -> impl IntoView {
    use_context::<Viewer>().and_then(|viewer| viewer.notice).map(|notice| {
        view! {
            <div class="pv-toast" role="status" tabindex="-1">
                <Icon name=IconName::CircleCheck />
                <p>{notice}</p>
            </div>
        }
    })
}
