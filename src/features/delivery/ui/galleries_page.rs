use super::tile::{large_srcset, tiles};
use crate::{
    features::delivery::{MyRooms, RoomCard, SelectionCard, api::my_galleries},
    paths,
    ui::{ButtonLink, EmptyState, IconName, Load, PageHeader, PageTitle, SitePage, Tone},
};
use leptos::prelude::*;

/// `/galleries`: what this person may enter, and what was picked for them.
#[component]
pub fn GalleriesPage() -> impl IntoView {
    view! {
        <PageTitle title="My galleries" noindex=true />
        <Load what=my_galleries let:rooms>
            <SitePage>
                <PageHeader title="My galleries" />
                <Rooms rooms=rooms />
            </SitePage>
        </Load>
    }
}

#[component]
fn Rooms(rooms: MyRooms) -> impl IntoView {
    let MyRooms { galleries, selections, works_here } = rooms;
    if galleries.is_empty() && selections.is_empty() {
        return view! { <Nothing works_here=works_here /> }.into_any();
    }
    let selected = (!selections.is_empty()).then(|| {
        view! {
            <section aria-labelledby="assigned" class="mt-12 grid gap-8">
                <h2 id="assigned">"Assigned to me"</h2>
                {selections.into_iter().map(|selection| view! { <Selection selection=selection /> }).collect_view()}
            </section>
        }
    });
    view! {
        <ul class="pv-gallery-list">{galleries.into_iter().enumerate().map(|(n, card)| view! { <Card card=card eager=n < 3 /> }).collect_view()}</ul>
        {selected}
    }
    .into_any()
}

#[component]
fn Nothing(works_here: bool) -> impl IntoView {
    if works_here {
        return view! {
            <EmptyState icon=IconName::Gallery title="Nothing is assigned to you" text="The galleries that you run are in the studio.">
                <ButtonLink href=paths::STUDIO_GALLERIES label="Open the studio" tone=Tone::Primary />
            </EmptyState>
        }
        .into_any();
    }
    view! {
        <EmptyState
            icon=IconName::Gallery
            title="No galleries yet"
            text="When your photographer shares photographs with you, they hang here. If you were told that they are ready, confirm your e-mail address on your profile."
        >
            <ButtonLink href=paths::PROFILE label="Open profile" tone=Tone::Primary />
        </EmptyState>
    }
    .into_any()
}

#[component]
fn Card(card: RoomCard, eager: bool) -> impl IntoView {
    let picture = card.cover.map(|cover| {
        let style = cover.placeholder.style();
        view! {
            <span class="pv-thumb" style=style>
                <img
                    src=paths::picture(cover.id, "web-1024")
                    srcset=large_srcset(&cover)
                    sizes="(width < 40rem) 95vw, 30rem"
                    width=cover.width
                    height=cover.height
                    alt=""
                    loading=(!eager).then_some("lazy")
                />
            </span>
        }
    });
    view! {
        <li class="pv-gallery-card">
            {picture.map_or_else(|| view! { <span class="pv-thumb"></span> }.into_any(), IntoAny::into_any)}
            <h2>
                <a href=paths::gallery(card.id)>
                    <bdi>{card.title}</bdi>
                </a>
            </h2>
            <p>{card.line}</p>
        </li>
    }
}

#[component]
fn Selection(selection: SelectionCard) -> impl IntoView {
    let all = match selection.count {
        1 => "Open".to_string(),
        count => format!("All {count} photographs"),
    };
    let href = paths::gallery(selection.id);
    view! {
        <section class="grid gap-3">
            <header>
                <h3 class="font-serif text-xl">
                    <a href=href.clone()>
                        <bdi>{selection.title}</bdi>
                    </a>
                </h3>
                <p class="text-sm text-muted">{selection.line}</p>
            </header>
            <ul class="pv-photo-grid">{tiles(selection.photos, 1)}</ul>
            <p>
                <a class="pv-link" href=href>
                    {all}
                </a>
            </p>
        </section>
    }
}
