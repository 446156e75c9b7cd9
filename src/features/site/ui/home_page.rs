use crate::{
    features::site::words::{HomeView, PublicPicture, StudioWords},
    paths,
    shared::Viewer,
    ui::{ButtonLink, PageTitle, SitePage, Tone},
};
use leptos::prelude::*;

/// What the studio is: one photograph, its name, the way to the galleries, and a few quiet words.
#[component]
pub fn HomePage(home: HomeView) -> impl IntoView {
    let HomeView { words, hero, strip } = home;
    let pictures = (!strip.is_empty()).then(|| view! { <Strip pictures=strip /> });
    let sections = view! { <Sections words=words.clone() /> };
    view! {
        <PageTitle title="" description=words.tagline.clone() />
        <SitePage bleed=true>
            {match hero {
                Some(picture) => view! { <Cover picture=picture words=words /> }.into_any(),
                None => view! { <Opening words=words /> }.into_any(),
            }} {pictures} {sections}
        </SitePage>
    }
}

/// The opening with a photograph: full-bleed, the name over a soft scrim.
#[component]
fn Cover(picture: PublicPicture, words: StudioWords) -> impl IntoView {
    let sources = format!("{} 1024w, {} 2048w", picture.small, picture.large);
    view! {
        <section class="pv-cover">
            <img src=picture.large srcset=sources sizes="100vw" alt=picture.alt fetchpriority="high" />
            <div class="pv-cover-words">
                <h1>{words.name}</h1>
                <p class="text-lg">{words.tagline}</p>
                <WayIn on_photo=true />
            </div>
        </section>
    }
}

/// The opening before there is a photograph: the name is enough.
#[component]
fn Opening(words: StudioWords) -> impl IntoView {
    view! {
        <section class="pv-opening">
            <h1>{words.name}</h1>
            <p>{words.tagline}</p>
            <WayIn on_photo=false />
        </section>
    }
}

#[component]
fn WayIn(on_photo: bool) -> impl IntoView {
    let signed_in = use_context::<Viewer>().is_some_and(|viewer| viewer.person.is_some());
    let (href, label) = if signed_in { (paths::GALLERIES, "Open your galleries") } else { (paths::LOGIN, "Sign in to your photographs") };
    let (tone, class, other) = if on_photo { (Tone::Quiet, "pv-btn-on-photo", "pv-btn-over-photo") } else { (Tone::Primary, "", "") };
    view! {
        <div class="pv-actions mt-3">
            <ButtonLink href=href label=label tone=tone class=class />
            <ButtonLink href=paths::SERVICES label="What we do" class=other />
        </div>
    }
}

#[component]
fn Strip(pictures: Vec<PublicPicture>) -> impl IntoView {
    let photo = |picture: PublicPicture| {
        view! {
            <li class="pv-photo" style=format!("--ratio:{:.4}", if picture.ratio > 0.0 { picture.ratio } else { 1.5 })>
                <img src=picture.small alt=picture.alt loading="lazy" decoding="async" />
            </li>
        }
    };
    view! { <ul class="pv-photo-grid pv-strip" tabindex="0" aria-label="Photographs of the studio">{pictures.into_iter().map(photo).collect_view()}</ul> }
}

#[component]
fn Sections(words: StudioWords) -> impl IntoView {
    let first = words.paragraphs().into_iter().next();
    let offers = words.offers();
    view! {
        <div class="pv-page pv-home">
            {first
                .map(|text| {
                    view! {
                        <section>
                            <h2>"About"</h2>
                            <div>
                                <p class="pv-lead">{text}</p>
                                <a href=paths::ABOUT class="pv-link">"More about the studio"</a>
                            </div>
                        </section>
                    }
                })}
            <section>
                <h2>"Services"</h2>
                <div>
                    <ul class="pv-lead">{offers.into_iter().map(|offer| view! { <li>{offer.title}</li> }).collect_view()}</ul>
                    <a href=paths::SERVICES class="pv-link">"See what each includes"</a>
                </div>
            </section>
            <section>
                <h2>"Contact"</h2>
                <div>
                    <p class="pv-lead">"Tell us the day and the place, and what matters to you about it."</p>
                    <a href=paths::CONTACT class="pv-link">"Write to the studio"</a>
                </div>
            </section>
        </div>
    }
}
