use leptos::prelude::*;

/// A row of number tiles: the first thing on an overview.
#[component]
pub fn StatRow(children: Children) -> impl IntoView {
    view! { <dl class="pv-stats">{children()}</dl> }
}

/// One number, what it counts, and a few words of context. With `href` the whole tile leads to the list behind it.
#[component]
pub fn StatTile(
    #[prop(into)] label: String,
    #[prop(into)] value: String,
    #[prop(optional, into)] note: String,
    #[prop(optional, into)] href: String,
) -> impl IntoView {
    let label = match href.is_empty() {
        true => label.into_any(),
        false => view! { <a href=href class="pv-stat-link">{label}</a> }.into_any(),
    };
    view! {
        <div class="pv-stat">
            <dt>{label}</dt>
            <dd class="pv-stat-value">{value}</dd>
            {(!note.is_empty()).then(|| view! { <dd class="pv-stat-note">{note}</dd> })}
        </div>
    }
}
