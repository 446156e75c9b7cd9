use super::{
    account_menu::StudioPersonEntries,
    frame::{Content, SkipLink, StudioName, current, viewer},
};
use crate::{
    paths,
    shared::Role,
    ui::{Avatar, Icon, IconName},
};
use leptos::prelude::*;

struct Entry {
    href: &'static str,
    word: &'static str,
    icon: IconName,
    /// Whose work it is. Only what is shown: the services decide what is allowed.
    for_role: fn(Role) -> bool,
}

const fn entry(href: &'static str, word: &'static str, icon: IconName, for_role: fn(Role) -> bool) -> Entry {
    Entry { href, word, icon, for_role }
}

fn everyone(_: Role) -> bool {
    true
}

fn sells(role: Role) -> bool {
    matches!(role, Role::Owner | Role::Photographer)
}

fn owner(role: Role) -> bool {
    role == Role::Owner
}

/// The first four are the phone's bottom bar; the rest is behind "More".
const ENTRIES: [Entry; 8] = [
    entry(paths::STUDIO, "Overview", IconName::Gauge, everyone),
    entry(paths::STUDIO_GALLERIES, "Galleries", IconName::Gallery, everyone),
    entry(paths::STUDIO_PHOTOS, "Photos", IconName::Image, everyone),
    entry(paths::STUDIO_ORDERS, "Orders", IconName::Package, sells),
    entry(paths::STUDIO_CLIENTS, "Clients", IconName::Users, sells),
    entry(paths::STUDIO_PRICES, "Prices", IconName::Tag, sells),
    entry(paths::STUDIO_SETTINGS, "Settings", IconName::Settings, sells),
    entry(paths::ADMIN, "Admin", IconName::Shield, owner),
];
const IN_THE_BAR: usize = 4;

/// The workbench: a rail of icons and words beside the page, a bar below it on phones.
#[component]
pub fn StudioPage(children: Children) -> impl IntoView {
    let (name, role) = viewer().person.unwrap_or((String::new(), Role::Crew));
    view! {
        <SkipLink />
        <div class="pv-studio">
            <header class="pv-rail">
                <StudioName />
                <nav aria-label="Studio">
                    <ul>{entries(role, 0..ENTRIES.len())}</ul>
                </nav>
                <Person name=name />
            </header>
            <Content class="pv-work">{children()}</Content>
            <nav class="pv-bottom-bar" aria-label="Studio">
                <ul>
                    {entries(role, 0..IN_THE_BAR)} <li>
                        <More role=role />
                    </li>
                </ul>
            </nav>
        </div>
    }
}

fn entries(role: Role, which: std::ops::Range<usize>) -> impl IntoView {
    let path = viewer().path;
    let shown = ENTRIES.iter().skip(which.start).take(which.len()).filter(move |entry| (entry.for_role)(role));
    shown
        .map(|entry| {
            view! {
                <li>
                    <a href=entry.href aria-current=current(&path, entry.href)>
                        <Icon name=entry.icon />
                        <span>{entry.word}</span>
                    </a>
                </li>
            }
        })
        .collect_view()
}

#[component]
fn Person(name: String) -> impl IntoView {
    view! {
        <details class="pv-menu pv-menu-up">
            <summary class="pv-rail-person">
                <Avatar name=name.clone() />
                <bdi class="truncate">{name}</bdi>
                <Icon name=IconName::ChevronUp class="size-4" />
            </summary>
            <div class="pv-menu-box">
                <StudioPersonEntries />
            </div>
        </details>
    }
}

#[component]
fn More(role: Role) -> impl IntoView {
    view! {
        <details class="pv-menu pv-menu-up">
            <summary>
                <Icon name=IconName::Dots />
                <span>"More"</span>
            </summary>
            <div class="pv-menu-box">
                <ul>{entries(role, IN_THE_BAR..ENTRIES.len())}</ul>
                <StudioPersonEntries />
            </div>
        </details>
    }
}
