use crate::{
    features::orders::{
        Flow, LedgerRow,
        api::{my_payments, studio_payments},
    },
    paths,
    shared::Page,
    ui::{ButtonLink, Cell, EmptyState, IconName, Load, PageHeader, PageTitle, Pager, SitePage, StudioPage, Table, query},
};
use leptos::prelude::*;

/// What a client paid and got back.
#[component]
pub fn PaymentsPage() -> impl IntoView {
    let after = query("after");
    view! {
        <PageTitle title="Your payments" noindex=true />
        <Load what=move || my_payments(after) let:page>
            <SitePage>
                <PageHeader title="Your payments" back=(paths::ORDERS.to_string(), "Your orders".to_string())>
                    <ButtonLink href=paths::PAYMENTS_CSV label="Download as CSV" icon=IconName::Download download=true />
                </PageHeader>
                <Ledger page=page own=true />
            </SitePage>
        </Load>
    }
}

/// What came in and what went back: all of it for the owner, the own part for a photographer.
#[component]
pub fn StudioPaymentsPage() -> impl IntoView {
    let after = query("after");
    view! {
        <PageTitle title="Payments" noindex=true />
        <Load what=move || studio_payments(after) let:page>
            <StudioPage>
                <PageHeader title="Payments" back=(paths::STUDIO_ORDERS.to_string(), "Orders".to_string())>
                    <ButtonLink href=paths::STUDIO_PAYMENTS_CSV label="Download as CSV" icon=IconName::Download download=true />
                </PageHeader>
                <Ledger page=page own=false />
            </StudioPage>
        </Load>
    }
}

#[component]
fn Ledger(page: Page<LedgerRow>, own: bool) -> impl IntoView {
    if page.items.is_empty() {
        return view! { <EmptyState icon=IconName::CreditCard title="No payments yet" text="When an order is paid, or money is given back, it stands here." /> }.into_any();
    }
    let rows = page.items.into_iter().map(|row| view! { <Row row=row own=own /> }).collect_view();
    let heads = if own {
        vec!["Day", "Order", "What", "Payment", "Amount"]
    } else {
        vec!["Day", "Order", "Client", "What", "Payment", "Reference", "Amount"]
    };
    view! {
        <Table caption="Payments and refunds, newest first" heads=heads numbers=["Amount"]>
            {rows}
        </Table>
        <Pager next=page.next />
    }
    .into_any()
}

#[component]
fn Row(row: LedgerRow, own: bool) -> impl IntoView {
    let what = match (row.what, row.is_through) {
        (Flow::Payment, _) => "Payment",
        (Flow::Refund, true) => "Refund",
        (Flow::Refund, false) => "Refund, on its way",
        (Flow::Dispute, _) => "Taken back by the bank",
    };
    let order = if own { paths::order(&row.order) } else { paths::studio_order(&row.order) };
    view! {
        <tr>
            <Cell>{row.day}</Cell>
            <Cell label="Order">
                <a href=order class="pv-title pv-link">
                    {row.order}
                </a>
            </Cell>
            {(!own).then(|| view! { <Cell label="Client">{row.buyer}</Cell> })}
            <Cell label="What">{what}</Cell>
            <Cell label="Payment">{row.method.title()}</Cell>
            {(!own).then(|| view! { <Cell label="Reference"><span class="break-all">{row.reference}</span></Cell> })}
            <Cell label="Amount" number=true>
                {row.amount.to_string()}
            </Cell>
        </tr>
    }
}
