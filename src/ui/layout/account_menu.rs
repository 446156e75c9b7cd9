use super::{frame::viewer, theme_switch::ThemeSwitch};
use crate::{
    paths,
    shared::Role,
    ui::{Avatar, Icon, IconName},
};
use leptos::prelude::*;

/// The way in for a guest; the person's own pages for somebody who is signed in.
#[component]
pub fn AccountMenu() -> impl IntoView {
    match viewer().person {
        None => view! {
            <a href=paths::LOGIN class="pv-bar-link">
                "Sign in"
            </a>
        }
        .into_any(),
        Some((name, role)) => view! { <PersonMenu name=name role=role /> }.into_any(),
    }
}

#[component]
fn PersonMenu(name: String, role: Role) -> impl IntoView {
    let label = format!("Account of {name}");
    view! {
        <details class="pv-menu" name="bar-menu">
            <summary class="pv-bar-icon" aria-label=label.clone() title=label>
                <Avatar name=name.clone() />
            </summary>
            <div class="pv-menu-box">
                <p class="pv-menu-who">
                    <strong>{name}</strong>
                    <span>{role.title()}</span>
                </p>
                <PersonEntries role=role />
            </div>
        </details>
    }
}

/// Links and forms of a person's menu; the studio's phone menu shows them too.
#[component]
pub fn PersonEntries(role: Role) -> impl IntoView {
    let link = |href: &'static str, icon: IconName, word: &'static str| {
        view! {
            <li>
                <a href=href>
                    <Icon name=icon />
                    {word}
                </a>
            </li>
        }
    };
    view! {
        <ul>
            {role.works_here().then(|| link(paths::STUDIO, IconName::Gauge, "Studio"))} {link(paths::GALLERIES, IconName::Gallery, "Galleries")}
            {link(paths::PURCHASES, IconName::Download, "Your photographs")} {link(paths::ORDERS, IconName::Package, "Orders")}
            {link(paths::PROFILE, IconName::CircleUser, "Profile")}
        </ul>
        <div class="pv-menu-foot">
            <form method="post" action="/_fn/sign_out">
                <button class="pv-menu-action">
                    <Icon name=IconName::LogOut />
                    "Sign out"
                </button>
            </form>
            <ThemeSwitch />
        </div>
    }
}
