use super::bought::{Bought, BoughtWall};
use crate::{
    features::orders::{Purchase, api::purchases},
    paths,
    ui::{ButtonLink, EmptyState, IconName, Load, PageHeader, PageTitle, Pager, SitePage, Tone, query},
};
use leptos::prelude::*;

/// Everything the person has bought, ready to be downloaded again.
#[component]
pub fn PurchasesPage() -> impl IntoView {
    let after = query("after");
    view! {
        <PageTitle title="Your purchases" noindex=true />
        <Load what=move || purchases(after) let:page>
            <SitePage>
                <PageHeader title="Your purchases" text="Yours to keep: download them whenever you like.">
                    <ButtonLink href=paths::ORDERS label="Your orders" />
                </PageHeader>
                {if page.items.is_empty() {
                    view! {
                        <EmptyState icon=IconName::Image title="No purchases yet" text="Photographs that you buy hang here, each with its download.">
                            <ButtonLink href=paths::GALLERIES label="Look at your galleries" tone=Tone::Primary />
                        </EmptyState>
                    }
                        .into_any()
                } else {
                    view! {
                        <BoughtWall>{page.items.into_iter().map(|purchase| view! { <Hanging purchase=purchase /> }).collect_view()}</BoughtWall>
                        <Pager next=page.next />
                    }
                        .into_any()
                }}
            </SitePage>
        </Load>
    }
}

#[component]
fn Hanging(purchase: Purchase) -> impl IntoView {
    let note = format!("{}, {}, bought on {}", purchase.size.title(), purchase.gallery_title, purchase.bought);
    view! { <Bought photo=purchase.photo size=purchase.size filename=purchase.filename note=note downloads=purchase.downloads shape=purchase.shape /> }
}
