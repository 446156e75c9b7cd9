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
                <PersonEntries entries=on_the_site(role) />
            </div>
        </details>
    }
}

type Entry = (&'static str, IconName, &'static str);

const STUDIO: Entry = (paths::STUDIO, IconName::Gauge, "Studio");
const WEBSITE: Entry = (paths::HOME, IconName::House, "Website");
const GALLERIES: Entry = (paths::GALLERIES, IconName::Gallery, "Galleries");
const PURCHASES: Entry = (paths::PURCHASES, IconName::Download, "Your photographs");
const ORDERS: Entry = (paths::ORDERS, IconName::Package, "Orders");
const PROFILE: Entry = (paths::PROFILE, IconName::CircleUser, "Profile");

/// On the public pages: the person's own things, and the way to work for who works here.
fn on_the_site(role: Role) -> Vec<Entry> {
    let studio = role.runs_galleries().then_some(STUDIO);
    studio.into_iter().chain([GALLERIES, PURCHASES, ORDERS, PROFILE]).collect()
}

/// Links and forms of a person's menu in the studio.
#[component]
pub fn StudioPersonEntries() -> impl IntoView {
    view! { <PersonEntries entries=vec![WEBSITE, PROFILE] /> }
}

#[component]
fn PersonEntries(entries: Vec<Entry>) -> impl IntoView {
    let link = |(href, icon, word): Entry| {
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
        <ul>{entries.into_iter().map(link).collect_view()}</ul>
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
