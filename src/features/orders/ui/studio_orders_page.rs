use super::state::State;
use crate::{
    features::orders::{OrderStatus, StudioOrderRow, api::studio_orders},
    paths,
    shared::{AppError, Page},
    ui::{Cell, EmptyState, IconName, Load, PageHeader, PageTitle, Pager, StudioPage, Table, query},
};
use leptos::prelude::*;

const HEADS: [&str; 6] = ["Order", "Placed", "Client", "Photographs", "Amount", "State"];

#[component]
pub fn StudioOrdersPage() -> impl IntoView {
    let (status, after) = (query("status"), query("after"));
    let chosen = status.clone();
    view! {
        <PageTitle title="Orders" noindex=true />
        <Load what=move || load(status, after) let:page>
            <StudioPage>
                <PageHeader title="Orders" />
                <Filters chosen=chosen.clone() />
                {if page.items.is_empty() {
                    view! { <Nothing filtered=chosen.is_some() /> }.into_any()
                } else {
                    view! {
                        <Table caption="Orders, newest first" heads=HEADS numbers=["Photographs", "Amount"]>
                            {page.items.into_iter().map(|row| view! { <Row row=row /> }).collect_view()}
                        </Table>
                        <Pager next=page.next />
                    }
                        .into_any()
                }}
            </StudioPage>
        </Load>
    }
}

async fn load(status: Option<String>, after: Option<String>) -> Result<Page<StudioOrderRow>, AppError> {
    let status = status.map(|word| word.parse::<OrderStatus>().map_err(|_| AppError::NotFound)).transpose()?;
    studio_orders(status, after).await
}

#[component]
fn Filters(chosen: Option<String>) -> impl IntoView {
    let all = [("", "All"), ("awaiting_payment", "Waiting"), ("paid", "Paid"), ("cancelled", "Cancelled")];
    let link = move |(status, words): (&'static str, &'static str)| {
        let href = if status.is_empty() { paths::STUDIO_ORDERS.to_string() } else { format!("{}?status={status}", paths::STUDIO_ORDERS) };
        let current = (chosen.as_deref().unwrap_or_default() == status).then_some("page");
        view! {
            <a href=href aria-current=current>
                {words}
            </a>
        }
    };
    view! {
        <nav class="pv-tabs" aria-label="Orders by state">
            {all.into_iter().map(link).collect_view()}
        </nav>
    }
}

#[component]
fn Nothing(filtered: bool) -> impl IntoView {
    match filtered {
        true => {
            view! { <EmptyState icon=IconName::Package title="No orders in this state" text="Choose another state above to see the rest." /> }
        }
        false => {
            view! { <EmptyState icon=IconName::Package title="No orders yet" text="When a client orders photographs, the order stands here with what is to do." /> }
        }
    }
}

#[component]
fn Row(row: StudioOrderRow) -> impl IntoView {
    view! {
        <tr>
            <Cell>
                <a href=paths::studio_order(&row.number) class="pv-title pv-link">
                    {row.number.clone()}
                </a>
            </Cell>
            <Cell label="Placed">{row.placed}</Cell>
            <Cell label="Client">{row.buyer_name}</Cell>
            <Cell label="Photographs" number=true>
                {row.photos}
            </Cell>
            <Cell label="Amount" number=true>
                {row.subtotal.to_string()}
            </Cell>
            <Cell label="State">
                <State status=row.status />
            </Cell>
        </tr>
    }
}
