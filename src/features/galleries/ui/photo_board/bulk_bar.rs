use crate::{
    paths,
    shared::GalleryId,
    ui::{Icon, IconName},
};
use leptos::prelude::*;

/// Appears with the first chosen photograph; that needs no script.
#[component]
pub fn BulkBar(gallery: GalleryId) -> impl IntoView {
    let way = |way: &'static str, label: &'static str, icon: IconName| {
        view! {
            <button class="pv-btn pv-btn-ghost pv-btn-icon" name="way" value=way aria-label=label title=label>
                <Icon name=icon />
            </button>
        }
    };
    view! {
        <div class="pv-bulk-bar hidden group-has-[.pv-photo-pick:checked]:flex" role="group" aria-label="Chosen photographs">
            <span class="text-sm text-muted">"Chosen:"</span>
            <button class="pv-btn pv-btn-ghost" formaction="/_fn/set_cover">
                <Icon name=IconName::Star />
                <span>"Make cover"</span>
            </button>
            <button class="pv-btn pv-btn-ghost" formaction=format!("{}#access", paths::studio_gallery(gallery)) formmethod="get">
                <Icon name=IconName::Users />
                <span>"Give access"</span>
            </button>
            <button class="pv-btn pv-btn-ghost" formaction="/_fn/show_on_home_page" name="shown" value="true">
                <Icon name=IconName::House />
                <span>"Show on the home page"</span>
            </button>
            {way("first", "Move to the start", IconName::ArrowUp)} {way("earlier", "Move one earlier", IconName::ArrowLeft)}
            {way("later", "Move one later", IconName::ArrowRight)} {way("last", "Move to the end", IconName::ArrowDown)}
            <button class="pv-btn pv-btn-danger" formaction="/_fn/remove_photos">
                <Icon name=IconName::Trash />
                <span>"Remove"</span>
            </button>
            <button type="reset" class="pv-btn pv-btn-ghost">
                "Choose none"
            </button>
        </div>
    }
}
