use super::state::State;
use crate::{
    features::orders::{OrderRow, api::my_orders},
    paths,
    ui::{ButtonLink, EmptyState, IconName, Load, PageHeader, PageTitle, Pager, SitePage, Tone, Watch, query},
};
use leptos::prelude::*;

#[component]
pub fn OrdersPage() -> impl IntoView {
    let after = query("after");
    view! {
        <PageTitle title="Your orders" noindex=true />
        <Load what=move || my_orders(after) let:page>
            <SitePage>
                <Watch topic="orders:mine" />
                <PageHeader title="Your orders">
                    <ButtonLink href=paths::PURCHASES label="All purchases" />
                    <ButtonLink href=paths::PAYMENTS label="Your payments" />
                </PageHeader>
                {if page.items.is_empty() {
                    view! {
                        <EmptyState icon=IconName::Package title="No orders yet" text="What you order stands here, with its payment and its downloads.">
                            <ButtonLink href=paths::GALLERIES label="Look at your galleries" tone=Tone::Primary />
                        </EmptyState>
                    }
                        .into_any()
                } else {
                    view! {
                        <ul class="pv-lines">{page.items.into_iter().map(|row| view! { <Row row=row /> }).collect_view()}</ul>
                        <Pager next=page.next />
                    }
                        .into_any()
                }}
            </SitePage>
        </Load>
    }
}

#[component]
fn Row(row: OrderRow) -> impl IntoView {
    let photos = if row.photos == 1 { "1 photograph".to_string() } else { format!("{} photographs", row.photos) };
    view! {
        <li class="pv-line">
            <span class="pv-thumb">{row.first.map(|photo| view! { <img src=paths::picture(photo, "thumb") alt="" loading="lazy" /> })}</span>
            <div class="grid gap-1 content-start justify-items-start min-w-0">
                <a href=paths::order(&row.number) class="pv-title pv-link text-lg">
                    {row.number.clone()}
                </a>
                <p class="text-sm text-muted">{row.placed}", "{photos}</p>
                <State status=row.status />
            </div>
            <p class="pv-price">{row.total.to_string()}</p>
        </li>
    }
}
