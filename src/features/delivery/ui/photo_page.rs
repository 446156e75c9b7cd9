use super::{
    buying::{BuyForms, Downloads},
    tile::large_srcset,
};
use crate::{
    features::{
        delivery::{Look, api::look_at_photo},
        photos::PhotoFact,
    },
    paths,
    shared::{GalleryId, PhotoId},
    ui::{Icon, IconName, Load, PageTitle, PostForm, SitePage, SubmitButton, TextField, Tone, id_param},
};
use leptos::prelude::*;

/// `/galleries/{id}/photos/{photo}`: one photograph, and all that one may do with it. The lightbox shows the same in place.
#[component]
pub fn PhotoPage() -> impl IntoView {
    let (gallery, photo) = (id_param::<GalleryId>("id"), id_param::<PhotoId>("photo"));
    view! {
        <Load what=move || async move { look_at_photo(gallery?, photo?).await } let:look>
            <PageTitle title=name_of(&look) noindex=true />
            <SitePage>
                <Photo look=look />
            </SitePage>
        </Load>
    }
}

fn name_of(look: &Look) -> String {
    if look.title.is_empty() { look.filename.clone() } else { look.title.clone() }
}

#[component]
fn Photo(look: Look) -> impl IntoView {
    let name = name_of(&look);
    let (photo, gallery) = (look.tile.id, look.tile.gallery);
    let back = look.is_in_gallery.then(|| {
        view! {
            <a href=paths::gallery(gallery) class="pv-back">
                <Icon name=IconName::ArrowLeft class="size-4" />
                <bdi>{look.gallery_title.clone()}</bdi>
            </a>
        }
    });
    let buy = look.standing.clone().map(|standing| view! { <BuyForms photo=photo standing=standing /> });
    view! {
        <div class="pv-beside">
            <div class="grid gap-3 content-start">
                {back} <Picture look=look.clone() /> <Turn look=look.clone() />
            </div>
            <aside class="grid gap-6 content-start">
                <h1 class="pv-title break-words">
                    <bdi>{name}</bdi>
                </h1>
                {buy} {look.is_mine.then(|| view! { <TitleForm photo=photo title=look.title.clone() /> })} <Downloads look=look.clone() /> <Facts filename=look.filename facts=look.facts />
            </aside>
        </div>
    }
}

/// For those who run the gallery: what it is called, and what a screen reader says.
#[component]
fn TitleForm(photo: PhotoId, title: String) -> impl IntoView {
    view! {
        <PostForm action="title_photo" about=("photo", photo.to_string())>
            <TextField
                name="title"
                label="Title"
                value=title
                hint="Shown instead of the file's name, and read aloud to who cannot see it."
                optional=true
                maxlength=200u32
            />
            <SubmitButton label="Save title" tone=Tone::Quiet />
        </PostForm>
    }
}

/// As large as the window lets it be without scrolling.
#[component]
fn Picture(look: Look) -> impl IntoView {
    let tile = look.tile;
    let ratio = tile.ratio();
    view! {
        <figure
            class="pv-thumb mx-auto"
            style=format!("aspect-ratio:{ratio:.4};max-width:calc(82dvh*{ratio:.4});{}", tile.placeholder.style())
        >
            <img
                src=paths::picture(tile.id, "web-2048")
                srcset=large_srcset(&tile)
                sizes="(width < 60rem) 95vw, 66vw"
                width=tile.width
                height=tile.height
                alt=tile.alt.clone()
                fetchpriority="high"
            />
        </figure>
    }
}

#[component]
fn Turn(look: Look) -> impl IntoView {
    let gallery = look.tile.gallery;
    let previous = look.previous.map(|photo| {
        view! {
            <a href=paths::photo(gallery, photo) class="pv-btn" rel="prev">
                <Icon name=IconName::ArrowLeft />
                "Previous"
            </a>
        }
    });
    let next = look.next.map(|photo| {
        view! {
            <a href=paths::photo(gallery, photo) class="pv-btn ml-auto" rel="next">
                "Next"
                <Icon name=IconName::ArrowRight />
            </a>
        }
    });
    (previous.is_some() || next.is_some()).then(|| view! { <nav class="flex gap-3" aria-label="Photographs">{previous} {next}</nav> })
}

#[component]
fn Facts(filename: String, facts: Vec<PhotoFact>) -> impl IntoView {
    let fact = |fact: PhotoFact| {
        view! {
            <dt class="text-muted">{fact.name}</dt>
            <dd class="min-w-0 break-words">{fact.value}</dd>
        }
    };
    view! {
        <dl class="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
            <dt class="text-muted">"File"</dt>
            <dd class="min-w-0 break-words">
                <bdi>{filename}</bdi>
            </dd>
            {facts.into_iter().map(fact).collect_view()}
        </dl>
    }
}
