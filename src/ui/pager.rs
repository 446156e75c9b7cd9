use super::{Icon, IconName};
use crate::{paths, shared::Viewer};
use leptos::prelude::*;

/// The way to the next page of a list, keeping the filters in the address. The cursor is the query's `after`.
#[component]
pub fn Pager(
    /// From `Page::next`; nothing is drawn on the only page.
    next: Option<String>,
) -> impl IntoView {
    let path = use_context::<Viewer>().unwrap_or_default().path;
    let further = is_further_in(&path).then(|| with_cursor(&path, None));
    let next = next.map(|cursor| with_cursor(&path, Some(&cursor)));
    (further.is_some() || next.is_some()).then(|| {
        view! {
            <nav class="pv-pager" aria-label="Pages">
                {further.map(|href| view! { <a href=href class="pv-btn">"Back to the start"</a> })}
                {next
                    .map(|href| {
                        view! {
                            <a href=href class="pv-btn" rel="next">
                                <span>"Next page"</span>
                                <Icon name=IconName::ArrowRight />
                            </a>
                        }
                    })}
            </nav>
        }
    })
}

fn is_further_in(path: &str) -> bool {
    path.split_once('?').is_some_and(|(_, query)| query.split('&').any(|pair| pair.starts_with("after=")))
}

/// The same address with another cursor.
fn with_cursor(path: &str, cursor: Option<&str>) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let kept = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("after=")).map(String::from);
    let query = kept.chain(cursor.map(|cursor| format!("after={}", paths::encode(cursor)))).collect::<Vec<_>>().join("&");
    if query.is_empty() { path.to_string() } else { format!("{path}?{query}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_keeps_the_filters_and_replaces_the_cursor() {
        assert_eq!(with_cursor("/studio/orders?status=paid&after=1", Some("2|a")), "/studio/orders?status=paid&after=2%7Ca");
        assert_eq!(with_cursor("/studio/orders", Some("2")), "/studio/orders?after=2");
        assert_eq!(with_cursor("/studio/orders?after=2", None), "/studio/orders");
    }
}
