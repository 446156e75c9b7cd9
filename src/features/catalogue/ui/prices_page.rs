use super::{
    gallery_prices::{GalleryForm, GalleryList},
    studio_prices::StudioList,
};
use crate::{
    features::catalogue::api::prices_page,
    shared::{AppError, GalleryId},
    ui::{Load, PageHeader, PageTitle, StudioPage, query},
};
use leptos::prelude::*;

/// What the studio sells: its own list, and the galleries that differ from it.
#[component]
pub fn PricesPage() -> impl IntoView {
    let after = query("after");
    let open = query("gallery").map(|id| id.parse::<GalleryId>()).transpose();
    view! {
        <PageTitle title="Prices" noindex=true />
        <Load what=move || load(open, after) let:prices>
            <StudioPage>
                <PageHeader title="Prices" text="What clients pay for a digital copy. Without a price a size is not for sale." />
                <div class="pv-stack">
                    // one thing to do at a time: while a gallery's list is open, the studio's waits
                    {match prices.open {
                        Some(list) => view! { <GalleryForm list=list currency=prices.currency /> }.into_any(),
                        None => view! { <StudioList prices=prices.studio currency=prices.currency may_edit=prices.may_edit_studio /> }.into_any(),
                    }}
                    <GalleryList galleries=prices.galleries />
                </div>
            </StudioPage>
        </Load>
    }
}

async fn load(
    open: Result<Option<GalleryId>, AppError>,
    after: Option<String>,
) -> Result<crate::features::catalogue::PricesView, AppError> {
    prices_page(open?, after).await
}
