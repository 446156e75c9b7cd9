use crate::{
    features::site::words::{Offer, StudioWords},
    paths,
    ui::{ButtonLink, PageHeader, PageTitle, SitePage, Tone},
};
use leptos::prelude::*;

/// What the studio does for people: a few offers, and the way to ask for one.
#[component]
pub fn ServicesPage(words: StudioWords) -> impl IntoView {
    let offers = words.offers();
    view! {
        <PageTitle title="Services" description=format!("What {} does, and how it goes.", words.name) />
        <SitePage>
            <PageHeader title="Services" text="Every one of them ends with a gallery of your own, to look at, share and keep." />
            <ul class="pv-offers">{offers.into_iter().map(offer).collect_view()}</ul>
            <div class="pv-actions mt-10">
                <ButtonLink href=paths::CONTACT label="Ask for a date" tone=Tone::Primary />
            </div>
        </SitePage>
    }
}

fn offer(offer: Offer) -> impl IntoView {
    view! {
        <li>
            <h2 class="pv-title">{offer.title}</h2>
            <p>{offer.text}</p>
        </li>
    }
}
