use super::state::State;
use crate::{
    features::orders::{OrderStatus, StudioOrderRow, api::studio_orders},
    paths,
    shared::{AppError, Page, UserId},
    ui::{ButtonLink, Cell, EmptyState, IconName, Load, PageHeader, PageTitle, Pager, StudioPage, Table, Watch, query},
};
use leptos::prelude::*;

const HEADS: [&str; 6] = ["Order", "Placed", "Client", "Photographs", "Amount", "State"];

#[component]
pub fn StudioOrdersPage() -> impl IntoView {
    let (status, client, after) = (query("status"), query("client"), query("after"));
    let chosen = Chosen { status: status.clone(), client: client.clone() };
    view! {
        <PageTitle title="Orders" noindex=true />
        <Load what=move || load(status, client, after) let:page>
            <StudioPage>
                <Watch topic="orders:all" />
                <PageHeader title=chosen.title(&page.items)>
                    <ButtonLink href=paths::STUDIO_PAYMENTS label="Payments" />
                </PageHeader>
                <Filters chosen=chosen.clone() />
                {if page.items.is_empty() {
                    view! { <Nothing filtered=chosen.status.is_some() /> }.into_any()
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

async fn load(status: Option<String>, client: Option<String>, after: Option<String>) -> Result<Page<StudioOrderRow>, AppError> {
    let status = status.map(|word| word.parse::<OrderStatus>().map_err(|_| AppError::NotFound)).transpose()?;
    let client = client.map(|id| id.parse::<UserId>()).transpose()?;
    studio_orders(status, client, after).await
}

/// What the address asks for.
#[derive(Clone)]
struct Chosen {
    status: Option<String>,
    client: Option<String>,
}

impl Chosen {
    fn title(&self, shown: &[StudioOrderRow]) -> String {
        match (&self.client, shown.first()) {
            (Some(_), Some(order)) => format!("Orders by {}", order.buyer_name),
            _ => "Orders".into(),
        }
    }

    /// The same client's orders in another state.
    fn in_state(&self, status: &str) -> String {
        let status = (!status.is_empty()).then(|| format!("status={status}"));
        let client = self.client.as_ref().map(|client| format!("client={}", paths::encode(client)));
        let query = status.into_iter().chain(client).collect::<Vec<_>>().join("&");
        if query.is_empty() { paths::STUDIO_ORDERS.into() } else { format!("{}?{query}", paths::STUDIO_ORDERS) }
    }
}

#[component]
fn Filters(chosen: Chosen) -> impl IntoView {
    let all = [("", "All"), ("awaiting_payment", "Waiting"), ("paid", "Paid"), ("cancelled", "Cancelled")];
    let link = move |(status, words): (&'static str, &'static str)| {
        let href = chosen.in_state(status);
        let current = (chosen.status.as_deref().unwrap_or_default() == status).then_some("page");
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
            <Cell label="Client">
                <bdi>{row.buyer_name}</bdi>
            </Cell>
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
