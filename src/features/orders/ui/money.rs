use crate::{
    features::orders::{PaperLink, RefundOrigin, RefundStatus, RefundView},
    paths,
};
use leptos::prelude::*;

/// What went back of an order.
#[component]
pub fn Refunds(refunds: Vec<RefundView>) -> impl IntoView {
    if refunds.is_empty() {
        return ().into_any();
    }
    let row = |refund: RefundView| {
        let state = match (refund.status, refund.origin) {
            (RefundStatus::Failed, _) => refund.failure.unwrap_or_else(|| "It did not go through.".into()),
            (RefundStatus::Succeeded, RefundOrigin::Automatic) => "Not owed, and sent back by itself.".into(),
            (RefundStatus::Succeeded, _) => "Given back. Banks take a few days.".into(),
            _ => "On its way.".into(),
        };
        view! {
            <li class="pv-line pv-line-plain">
                <div class="grid gap-1 content-start min-w-0">
                    <p class="font-medium">{format!("Refund of {}", refund.day)}</p>
                    {(!refund.reason.is_empty()).then(|| view! { <p class="text-sm break-words">{refund.reason}</p> })}
                    <p class="text-sm text-muted">{state}</p>
                </div>
                <p class="pv-price">{refund.amount.to_string()}</p>
            </li>
        }
    };
    view! {
        <div class="grid gap-2">
            <h3>"Given back"</h3>
            <ul class="pv-lines">{refunds.into_iter().map(row).collect_view()}</ul>
        </div>
    }
    .into_any()
}

/// Invoices and credit notes to open or print.
#[component]
pub fn Papers(papers: Vec<PaperLink>) -> impl IntoView {
    if papers.is_empty() {
        return ().into_any();
    }
    let row = |paper: PaperLink| {
        view! {
            <li>
                <a href=paths::paper(&paper.number) class="pv-link">
                    {format!("{} {}", paper.kind.title(), paper.number)}
                </a>
                <span class="text-muted">{format!(", {} (PDF)", paper.day)}</span>
            </li>
        }
    };
    view! { <ul class="grid gap-2 no-print">{papers.into_iter().map(row).collect_view()}</ul> }.into_any()
}
