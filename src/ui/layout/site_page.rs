use super::{
    account_menu::AccountMenu,
    frame::{Content, SkipLink, StudioName, current, viewer},
    theme_switch::ThemeSwitch,
};
use crate::{
    paths,
    shared::Viewer,
    ui::{Icon, IconName},
};
use leptos::prelude::*;

const ENTRIES: [(&str, &str); 4] =
    [(paths::GALLERIES, "Galleries"), (paths::SERVICES, "Services"), (paths::ABOUT, "About"), (paths::CONTACT, "Contact")];

/// The public face: a quiet bar, the page, a small foot.
#[component]
pub fn SitePage(
    /// The page reaches from edge to edge (a cover, a photo grid) and keeps its own margins.
    #[prop(optional)]
    bleed: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <SkipLink />
        <SiteBar />
        <Content class=if bleed { "pv-bleed" } else { "pv-page" }>{children()}</Content>
        <SiteFoot />
    }
}

#[component]
fn SiteBar() -> impl IntoView {
    view! {
        <header class="pv-bar">
            <StudioName />
            <nav class="pv-bar-nav" aria-label="Site">
                <Entries />
            </nav>
            <div class="pv-bar-end">
                <CartLink />
                <AccountMenu />
                <details class="pv-menu pv-phone-only" name="bar-menu">
                    <summary class="pv-bar-icon" aria-label="Menu">
                        <Icon name=IconName::Menu class="size-6" />
                    </summary>
                    <nav class="pv-menu-box" aria-label="Site">
                        <Entries />
                    </nav>
                </details>
            </div>
        </header>
    }
}

#[component]
fn Entries() -> impl IntoView {
    let path = viewer().path;
    let entry = |(href, word): (&'static str, &'static str)| {
        view! {
            <li>
                <a href=href aria-current=current(&path, href)>
                    {word}
                </a>
            </li>
        }
    };
    view! { <ul>{ENTRIES.into_iter().map(entry).collect_view()}</ul> }
}

#[component]
fn CartLink() -> impl IntoView {
    let count = viewer().cart_count;
    let label = match count {
        0 => "Cart, empty".to_string(),
        1 => "Cart, 1 item".to_string(),
        _ => format!("Cart, {count} items"),
    };
    view! {
        <a href=paths::CART class="pv-bar-icon" aria-label=label title="Cart">
            <Icon name=IconName::Cart />
            {(count > 0).then(|| view! { <span class="pv-count" aria-hidden="true">{count}</span> })}
        </a>
    }
}

#[component]
fn SiteFoot() -> impl IntoView {
    let Viewer { studio, contact_email, .. } = viewer();
    let address = (!contact_email.is_empty()).then(|| {
        let href = format!("mailto:{contact_email}");
        view! {
            <li>
                <a href=href>{contact_email}</a>
            </li>
        }
    });
    view! {
        <footer class="pv-foot">
            <p>{studio}</p>
            <ul>
                <li>
                    <a href=paths::ABOUT>"About"</a>
                </li>
                <li>
                    <a href=paths::CONTACT>"Contact"</a>
                </li>
                {address}
            </ul>
            <ThemeSwitch />
        </footer>
    }
}
