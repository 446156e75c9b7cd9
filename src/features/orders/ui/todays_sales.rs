use crate::{
    features::orders::{OrderStatus, api::sales_of_today},
    paths,
    ui::{Load, StatRow, StatTile},
};
use leptos::prelude::*;

/// What waits for its payment and what was sold today, for the studio's overview.
#[component]
pub fn TodaysSales() -> impl IntoView {
    view! {
        <Load what=sales_of_today let:sales>
            <StatRow>
                <StatTile
                    label="Waiting orders"
                    value=sales.waiting.to_string()
                    href=format!("{}?status={}", paths::STUDIO_ORDERS, OrderStatus::AwaitingPayment)
                />
                <StatTile label="Sold today" value=sales.sum_today.to_string() note=format!("{} photographs", sales.sold_today) href=paths::STUDIO_ORDERS />
            </StatRow>
        </Load>
    }
}
