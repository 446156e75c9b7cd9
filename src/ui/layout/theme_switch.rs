use super::frame::viewer;
use crate::{
    shared::Theme,
    ui::{Icon, IconName},
};
use leptos::prelude::*;

/// Light, dark, or as the system says: three small buttons of one plain form.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let chosen = viewer().theme;
    let button = move |theme: Theme, icon: IconName, label: &'static str| {
        view! {
            <button name="theme" value=theme.as_str() aria-pressed=(theme == chosen).to_string() aria-label=label title=label>
                <Icon name=icon class="size-4" />
            </button>
        }
    };
    view! {
        <form method="post" action="/_fn/choose_theme">
            <div class="pv-theme" role="group" aria-label="Colours">
                {button(Theme::System, IconName::Monitor, "As the system")} {button(Theme::Light, IconName::Sun, "Light")}
                {button(Theme::Dark, IconName::Moon, "Dark")}
            </div>
        </form>
    }
}
