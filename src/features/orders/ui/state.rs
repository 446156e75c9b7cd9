use crate::{
    features::orders::{OrderLine, OrderStatus, downloaded},
    paths,
    shared::Money,
    ui::{Badge, Mood},
};
use leptos::prelude::*;

#[component]
pub fn State(status: OrderStatus) -> impl IntoView {
    let mood = match status {
        OrderStatus::AwaitingPayment => Mood::Warning,
        OrderStatus::Paid => Mood::Good,
        OrderStatus::Cancelled => Mood::Neutral,
    };
    view! { <Badge label=status.title() mood=mood /> }
}

/// What was ordered, as it was agreed, and what it comes to.
#[component]
pub fn OrderedLines(
    lines: Vec<OrderLine>,
    total: Money,
    #[prop(default = "Total")] label: &'static str,
    /// Says beside each copy how often it was downloaded.
    #[prop(optional)]
    counted: bool,
) -> impl IntoView {
    let row = move |line: OrderLine| {
        view! {
            <li class="pv-line">
                <span class="pv-thumb no-print">
                    <img src=paths::picture(line.photo, "thumb") alt="" loading="lazy" />
                </span>
                <div class="grid gap-1 content-start min-w-0">
                    <p class="font-medium break-words">{line.filename}</p>
                    <p class="text-sm text-muted">{line.gallery_title}</p>
                    <p class="text-sm">{line.size.title()} <span class="text-muted">". "{line.licence}</span></p>
                    {counted.then(|| view! { <p class="text-sm text-muted">{downloaded(line.downloads)}</p> })}
                </div>
                <p class="pv-price">{line.amount.to_string()}</p>
            </li>
        }
    };
    view! {
        <div>
            <ul class="pv-lines">{lines.into_iter().map(row).collect_view()}</ul>
            <p class="pv-total">
                <span>{label}</span>
                <span class="pv-price">{total.to_string()}</span>
            </p>
        </div>
    }
}
