use super::ErrorPage;
use crate::shared::AppError;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use std::{future::Future, str::FromStr};

/// Waits for what a page shows, then draws it; an error becomes its own page with its own status.
///
/// `<Load what=|| gallery_page(param("id")) let:gallery> … </Load>`
///
/// Pages are sent whole (SSR mode async), so nothing is streamed and nothing is kept for the browser half.
#[component]
pub fn Load<T, Coming, What, Draw, V>(what: What, children: Draw) -> impl IntoView
where
    T: Send + 'static,
    Coming: Future<Output = Result<T, AppError>> + Send + 'static,
    What: FnOnce() -> Coming + Send + 'static,
    Draw: FnOnce(T) -> V + Send + 'static,
    V: IntoView + 'static,
{
    let coming = what();
    view! {
        <Suspense fallback=|| ()>
            {Suspend::new(async move {
                match coming.await {
                    Ok(found) => children(found).into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

/// A part of the page's path, such as the id in `/g/:id`. Empty when the route has none by this name.
pub fn param(name: &str) -> String {
    use_params_map().with_untracked(|all| all.get(name)).unwrap_or_default()
}

/// The same, read as an id. What is no id cannot exist, so the answer is "not found".
pub fn id_param<Id: FromStr<Err = AppError>>(name: &str) -> Result<Id, AppError> {
    param(name).parse()
}

/// A filter or cursor from the page's address; an empty one counts as none.
pub fn query(name: &str) -> Option<String> {
    use_query_map().with_untracked(|all| all.get(name)).filter(|text| !text.is_empty())
}
