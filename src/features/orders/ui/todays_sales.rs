use super::studio_order_page::MarkPaidForm;
use crate::{
    features::orders::{OrderStatus, SalesOverview, WaitingOrder, api::sales_of_today},
    paths,
    ui::{Badge, Cell, Confirm, IconName, Load, Mood, StatRow, StatTile, Table},
};
use leptos::prelude::*;

/// What waits for its payment and what was sold today, for the studio's overview.
#[component]
pub fn TodaysSales() -> impl IntoView {
    view! {
        <Load what=sales_of_today let:sales>
            <StatRow>
                <StatTile label="Waiting orders" value=sales.waiting.to_string() href=all_waiting() />
                <StatTile label="Sold today" value=sales.sum_today.to_string() note=format!("{} photographs", sales.sold_today) href=paths::STUDIO_ORDERS />
            </StatRow>
            <Waiting sales=sales />
        </Load>
    }
}

fn all_waiting() -> String {
    format!("{}?status={}", paths::STUDIO_ORDERS, OrderStatus::AwaitingPayment)
}

/// The orders whose money has not come, each with what can be done about it.
#[component]
fn Waiting(sales: SalesOverview) -> impl IntoView {
    let SalesOverview { waiting, longest, today, .. } = sales;
    let more = (waiting > longest.len() as i64)
        .then(|| view! { <a class="pv-link" href=all_waiting()>{format!("All {waiting} waiting orders")}</a> });
    (!longest.is_empty()).then(|| {
        view! {
            <section>
                <h2 class="text-xl mb-3">"Waiting for payment"</h2>
                <Table caption="Orders that wait for payment, the longest first" heads=vec!["Order", "Client", "Amount", "Since", ""] numbers=["Amount"]>
                    {longest.into_iter().map(|order| view! { <Line order=order today=today.clone() /> }).collect_view()}
                </Table>
                {more}
            </section>
        }
    })
}

#[component]
fn Line(order: WaitingOrder, today: String) -> impl IntoView {
    let (number, of_form) = (order.number.clone(), order.number);
    let action = match (order.checking, order.may_settle) {
        (true, _) => view! { <Badge label="Payment being checked" mood=Mood::Warning /> }.into_any(),
        (false, false) => view! { <span class="text-sm text-muted">"The owner settles it"</span> }.into_any(),
        (false, true) => view! {
            <Confirm
                label="Mark paid"
                question=format!("Has the money for {number} come?")
                text="Then the client gets the downloads and a receipt."
                icon=IconName::Check
            >
                <MarkPaidForm number=of_form today=today />
            </Confirm>
        }
        .into_any(),
    };
    view! {
        <tr>
            <Cell>
                <a href=paths::studio_order(&number) class="pv-title pv-link">
                    {number.clone()}
                </a>
            </Cell>
            <Cell label="Client">
                <bdi>{order.buyer_name}</bdi>
            </Cell>
            <Cell label="Amount" number=true>
                {order.amount.to_string()}
            </Cell>
            <Cell label="Since">{order.since}</Cell>
            <Cell>{action}</Cell>
        </tr>
    }
}
