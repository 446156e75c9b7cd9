use crate::{
    features::{
        catalogue::Size,
        orders::{Shape, downloaded},
    },
    paths,
    shared::PhotoId,
    ui::{ButtonLink, IconName, Tone},
};
use leptos::prelude::*;

/// A photograph that is now the viewer's: large, with its download.
#[component]
pub fn Bought(
    photo: PhotoId,
    size: Size,
    filename: String,
    note: String,
    downloads: i64,
    shape: Option<Shape>,
    #[prop(optional)] tone: Tone,
) -> impl IntoView {
    let label = match size {
        Size::Original => "Download original",
        Size::Web => "Download web size",
    };
    let style = shape.map(|(width, height)| format!("aspect-ratio:{width}/{height}"));
    view! {
        <li class="grid gap-3 content-start">
            <img class="w-full rounded-photo bg-line" style=style src=paths::picture(photo, "web-1024") alt=filename.clone() loading="lazy" />
            <div class="flex flex-wrap items-center justify-between gap-3">
                <div class="min-w-0">
                    <p class="font-medium break-words">{filename}</p>
                    <p class="text-sm text-muted">{note} ". " {downloaded(downloads)}</p>
                </div>
                <ButtonLink href=paths::download(photo, size) label=label icon=IconName::Download tone=tone download=true />
            </div>
        </li>
    }
}

/// The wall on which they hang.
#[component]
pub fn BoughtWall(#[prop(optional)] single: bool, children: Children) -> impl IntoView {
    let columns = if single { "grid gap-10 no-print" } else { "grid gap-10 sm:grid-cols-2 no-print" };
    view! { <ul class=columns>{children()}</ul> }
}
