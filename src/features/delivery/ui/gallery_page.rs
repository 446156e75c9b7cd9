use super::{
    tile::{large_srcset, tiles},
    wall::Wall,
};
use crate::{
    features::{
        delivery::{Room, Tile, api::gallery_room},
        sharing::Size,
    },
    paths,
    shared::{GalleryId, Viewer},
    ui::{EmptyState, Icon, IconName, Load, Notice, PageTitle, PhotoGridSkeleton, SitePage, id_param, query},
};
use leptos::prelude::*;

/// `/galleries/{id}`: the cover, then the wall.
#[component]
pub fn GalleryPage() -> impl IntoView {
    let (id, after) = (id_param::<GalleryId>("id"), query("after"));
    view! {
        <Load what=move || async move { gallery_room(id?, after).await } let:room>
            <PageTitle title=room.title.clone() noindex=true />
            <SitePage bleed=true>
                <Gallery room=room />
            </SitePage>
        </Load>
    }
}

#[component]
fn Gallery(room: Room) -> impl IntoView {
    let (id, next) = (room.id, room.next.clone());
    let is_empty = room.photos.is_empty();
    let (sells, free) = (room.sells.clone(), room.has_free_downloads);
    let draft = (!room.is_published).then(|| view! { <Notice>"Not published yet: only the studio sees this gallery."</Notice> });
    let selection = room.is_selection.then(|| view! { <p class="text-muted">"These photographs were picked for you."</p> });
    let note = (!room.note.is_empty()).then(|| view! { <p class="pv-lead whitespace-pre-line">{room.note.clone()}</p> });
    let has_words = draft.is_some() || selection.is_some() || note.is_some();
    let words = (has_words && room.is_first_page).then(|| view! { <div class="pv-page grid gap-4">{draft} {selection} {note}</div> });
    view! {
        <Entrance room=room.clone() />
        {words}
        {if is_empty {
            view! {
                <EmptyState icon=IconName::Image title="No photographs yet" text="They are still being prepared. Come back in a little while." />
            }
                .into_any()
        } else {
            view! {
                <h2 class="sr-only">"Photographs"</h2>
                <ul id="wall" class="pv-photo-grid">
                    {tiles(room.photos, 0)}
                </ul>
                <Actions sells=sells free=free />
                <More gallery=id next=next.clone() />
                <Wall gallery=id />
            }
                .into_any()
        }}
        <PhoneBar />
    }
}

/// The cover with the title over it; on later pages, and where there is no picture, the words alone.
#[component]
fn Entrance(room: Room) -> impl IntoView {
    let words = view! {
        <h1 class="font-serif">
            <bdi>{room.title}</bdi>
        </h1>
        <p>{room.line}</p>
    };
    match (room.cover, room.is_first_page) {
        (Some(cover), _) => view! {
            <header class="pv-cover" style=cover.placeholder.style()>
                <CoverPicture cover=cover.clone() />
                <div class="pv-cover-words">
                    {words} <a href="#wall" class="pv-btn pv-btn-on-photo">
                        "View photographs"
                    </a>
                </div>
            </header>
        }
        .into_any(),
        (None, true) => view! { <header class="pv-page grid gap-2">{words}</header> }.into_any(),
        (None, false) => view! {
            <header class="pv-page grid gap-2">
                <a href=paths::gallery(room.id) class="pv-back">
                    <Icon name=IconName::ArrowLeft class="size-4" />
                    "Back to the start"
                </a>
                {words}
            </header>
        }
        .into_any(),
    }
}

#[component]
fn CoverPicture(cover: Tile) -> impl IntoView {
    view! {
        <img
            src=paths::picture(cover.id, "web-2048")
            srcset=large_srcset(&cover)
            sizes="100vw"
            width=cover.width
            height=cover.height
            alt=""
            fetchpriority="high"
        />
    }
}

/// What hovering over a photograph offers, once for all of them; the browser half puts a copy on the one that is meant.
#[component]
fn Actions(sells: Vec<Size>, free: bool) -> impl IntoView {
    let button = |act: &'static str, icon: IconName, label: &'static str, size: Option<Size>| {
        view! {
            <button type="button" data-act=act data-size=size.map(Size::as_str) aria-label=label title=label tabindex="-1">
                <Icon name=icon />
            </button>
        }
    };
    let first = sells.first().copied();
    (first.is_some() || free).then(|| {
        view! {
            <template id="photo-actions">
                <div class="pv-photo-actions">
                    {first.map(|size| button("save", IconName::Heart, "Save for later", Some(size)))}
                    {free.then(|| button("download", IconName::Download, "Download", None))}
                    {first.map(|_| button("buy", IconName::Cart, "Buy", None))}
                </div>
            </template>
        }
    })
}

/// The way on without JavaScript; with it, the next photographs hang there before one arrives.
#[component]
fn More(gallery: GalleryId, next: Option<String>) -> impl IntoView {
    next.map(|cursor| {
        view! {
            <nav class="pv-pager" aria-label="Pages">
                <PhotoGridSkeleton photos=6 />
                <a id="more" class="pv-btn" rel="next" data-after=cursor.clone() href=format!("{}?after={}", paths::gallery(gallery), paths::encode(&cursor))>
                    "More photographs"
                </a>
            </nav>
        }
    })
}

#[component]
fn PhoneBar() -> impl IntoView {
    let count = use_context::<Viewer>().unwrap_or_default().cart_count;
    view! {
        <nav class="pv-phone-bar" aria-label="Gallery">
            <a href=format!("{}#saved", paths::CART)>
                <Icon name=IconName::Heart />
                "Saved"
            </a>
            <a href=paths::CART>
                <Icon name=IconName::Cart />
                {if count > 0 { format!("Cart ({count})") } else { "Cart".into() }}
            </a>
            <a href=paths::PURCHASES>
                <Icon name=IconName::Download />
                "Downloads"
            </a>
        </nav>
    }
}
