use super::frame::viewer;
use crate::shared::Theme;
use leptos::{html::meta, prelude::*};

/// The value of `<html data-theme>`; the server knows the choice, so the first paint is right.
pub fn theme_of_document() -> &'static str {
    viewer().theme.as_str()
}

/// What stands in every document's `<head>`, before the title: fonts first, so that they are there when text is drawn.
#[component]
pub fn DocumentHead() -> impl IntoView {
    const PAPER: &str = "#faf9f6";
    const NIGHT: &str = "#0e110f";
    let theme = viewer().theme;
    let bar = |colour: &'static str, when: &'static str| meta().name("theme-color").content(colour).attr("media", when);
    let bars = match theme {
        Theme::System => vec![bar(PAPER, "(prefers-color-scheme: light)"), bar(NIGHT, "(prefers-color-scheme: dark)")],
        Theme::Light => vec![bar(PAPER, "all")],
        Theme::Dark => vec![bar(NIGHT, "all")],
    };
    view! {
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content=if theme == Theme::System { "light dark" } else { theme.as_str() } />
        {bars}
        <link rel="preload" href="/fonts/figtree-latin.woff2" r#as="font" r#type="font/woff2" crossorigin="" />
        <link rel="preload" href="/fonts/newsreader-latin.woff2" r#as="font" r#type="font/woff2" crossorigin="" />
        <link rel="stylesheet" id="leptos" href="/pkg/photovault.css" />
        <link rel="icon" href="/favicon.svg" r#type="image/svg+xml" />
        <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
    }
}
