use leptos::prelude::*;

/// A table that becomes a stack of cards on a phone. Rows are `<tr>` with one `<Cell>` for each head.
#[component]
pub fn Table(
    /// What the table lists; read aloud, not drawn.
    #[prop(into)]
    caption: String,
    /// One for each column; an empty one is a column of actions or pictures.
    #[prop(into)]
    heads: Vec<&'static str>,
    /// Which heads stand over numbers, so that they are right-aligned as well.
    #[prop(optional, into)]
    numbers: Vec<&'static str>,
    children: Children,
) -> impl IntoView {
    let heads = heads.into_iter().map(move |head| match head {
        "" => view! { <td></td> }.into_any(),
        _ => view! { <th scope="col" class=numbers.contains(&head).then_some("pv-number")>{head}</th> }.into_any(),
    });
    view! {
        <table class="pv-table">
            <caption class="sr-only">{caption}</caption>
            <thead>
                <tr>{heads.collect_view()}</tr>
            </thead>
            <tbody>{children()}</tbody>
        </table>
    }
}

/// A cell; on a phone its head stands before it.
#[component]
pub fn Cell(
    /// The column's head again; empty for the cell that names the row, for pictures and for actions.
    #[prop(optional, into)]
    label: &'static str,
    /// Prices and counts: right-aligned, tabular figures.
    #[prop(optional)]
    number: bool,
    #[prop(optional, into)] class: String,
    children: Children,
) -> impl IntoView {
    let class = format!("{}{class}", if number { "pv-number " } else { "" });
    view! {
        <td data-label=label class=class>
            {children()}
        </td>
    }
}
