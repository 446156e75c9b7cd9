use super::galleries_page::GalleryTable;
use crate::{
    features::galleries::{Overview, api::studio_overview},
    paths,
    ui::{ButtonLink, EmptyState, IconName, Load, PageHeader, PageTitle, StatRow, StatTile, StudioPage, Tone},
};
use leptos::prelude::*;

/// The studio's first page: numbers, then what waits for somebody, then where the work is.
#[component]
pub fn StudioOverviewPage(
    /// What higher domains have waiting, such as orders; stands below the numbers.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <PageTitle title="Studio" noindex=true />
        <StudioPage>
            <Load what=studio_overview let:overview>
                <PageHeader title="Overview">
                    <ButtonLink href=format!("{}#new", paths::STUDIO_GALLERIES) label="New gallery" icon=IconName::Plus tone=Tone::Primary />
                </PageHeader>
                <div class="pv-stack">
                    <Numbers overview=overview.clone() /> {children.map(|waiting| waiting())} <Latest overview=overview />
                </div>
            </Load>
        </StudioPage>
    }
}

#[component]
fn Numbers(overview: Overview) -> impl IntoView {
    let tally = overview.tally;
    let with_status = |status: &str| format!("{}?status={status}", paths::STUDIO_PHOTOS);
    view! {
        <div data-preparing=tally.preparing.to_string()>
            <StatRow>
                <StatTile label="Photographs today" value=overview.today.to_string() note=format!("{} in all", tally.all()) href=paths::STUDIO_PHOTOS />
                <StatTile label="In preparation" value=tally.preparing.to_string() href=with_status("received") />
                {(tally.failed > 0)
                    .then(|| {
                        view! { <StatTile label="Failed" value=tally.failed.to_string() note="each says why" href=with_status("failed") /> }
                    })}
                <StatTile
                    label="Published galleries"
                    value=overview.published.to_string()
                    note=format!("of {}", overview.galleries)
                    href=paths::STUDIO_GALLERIES
                />
            </StatRow>
        </div>
    }
}

#[component]
fn Latest(overview: Overview) -> impl IntoView {
    if overview.latest.is_empty() {
        return view! {
            <EmptyState icon=IconName::Gallery title="Your galleries will be here" text="A gallery holds the photographs of one day or one client.">
                <ButtonLink href=format!("{}#new", paths::STUDIO_GALLERIES) label="Create your first gallery" tone=Tone::Primary />
            </EmptyState>
        }
        .into_any();
    }
    view! {
        <section>
            <h2 class="text-xl mb-3">"Latest galleries"</h2>
            <GalleryTable caption="Latest galleries" galleries=overview.latest />
        </section>
    }
    .into_any()
}
