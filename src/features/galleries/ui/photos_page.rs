use super::small_thumb::SmallThumb;
use crate::{
    features::{
        galleries::{PhotoLine, PhotoList, api::studio_photos},
        photos::PhotoStatus,
    },
    paths,
    ui::{
        Badge, ButtonLink, Cell, EmptyState, IconName, Load, Mood, PageHeader, PageTitle, Pager, PostForm, Select, StudioPage,
        SubmitButton, Table, TextField, Tone, query,
    },
};
use leptos::prelude::*;

/// Every photograph that the person runs, newest first, with filters in the address.
#[component]
pub fn StudioPhotosPage() -> impl IntoView {
    view! {
        <PageTitle title="Photographs" noindex=true />
        <StudioPage>
            <PageHeader title="Photographs" />
            <Load what=|| studio_photos(query("status"), query("gallery"), query("name"), query("after")) let:list>
                <div class="pv-stack">
                    <Filters list=list.clone() /> <Lines list=list />
                </div>
            </Load>
        </StudioPage>
    }
}

#[component]
fn Filters(list: PhotoList) -> impl IntoView {
    let all = |words: &str| (String::new(), words.to_string());
    let statuses = PhotoStatus::ALL.iter().map(|status| (status.to_string(), status.title().to_string()));
    let statuses: Vec<_> = std::iter::once(all("Any state")).chain(statuses).collect();
    let galleries = list.galleries.into_iter().map(|(id, title)| (id.to_string(), title));
    let galleries: Vec<_> = std::iter::once(all("All galleries")).chain(galleries).collect();
    view! {
        <form method="get" action=paths::STUDIO_PHOTOS class="pv-form-line" role="search">
            <TextField name="name" label="File name" kind="search" value=query("name").unwrap_or_default() maxlength=100u32 />
            <Select name="gallery" label="Gallery" options=galleries value=query("gallery").unwrap_or_default() />
            <Select name="status" label="State" options=statuses value=query("status").unwrap_or_default() />
            <SubmitButton label="Show" tone=Tone::Quiet icon=IconName::Filter />
        </form>
    }
}

#[component]
fn Lines(list: PhotoList) -> impl IntoView {
    let is_filtered = ["status", "gallery", "name", "after"].into_iter().any(|name| query(name).is_some());
    if list.photos.items.is_empty() {
        return match is_filtered {
            true => view! {
                <EmptyState icon=IconName::Search title="No photograph fits" text="Nothing here has this name, gallery and state.">
                    <ButtonLink href=paths::STUDIO_PHOTOS label="Show all photographs" />
                </EmptyState>
            }
            .into_any(),
            false => view! {
                <EmptyState icon=IconName::Image title="Your photographs will be here" text="Open a gallery and drop in what the camera brought.">
                    <ButtonLink href=paths::STUDIO_GALLERIES label="Go to your galleries" tone=Tone::Primary />
                </EmptyState>
            }
            .into_any(),
        };
    }
    view! {
        <div>
            <Table caption="Photographs, newest first" heads=vec!["", "File", "Gallery", "State", "Original", "Added"]>
                {list.photos.items.into_iter().map(|line| view! { <Line line=line /> }).collect_view()}
            </Table>
            <Pager next=list.photos.next />
        </div>
    }
    .into_any()
}

#[component]
fn Line(line: PhotoLine) -> impl IntoView {
    let tile = line.tile;
    let (is_ready, thumb) = (tile.is_ready(), Some(tile.clone()));
    view! {
        <tr>
            <Cell class="w-24">
                <SmallThumb tile=thumb />
            </Cell>
            <Cell>
                {if is_ready {
                    view! {
                        <a href=paths::photo(line.gallery, tile.id) class="font-medium break-all">
                            <bdi>{line.filename}</bdi>
                        </a>
                    }
                        .into_any()
                } else {
                    view! { <bdi class="font-medium break-all">{line.filename}</bdi> }.into_any()
                }}
            </Cell>
            <Cell label="Gallery">
                <a href=paths::studio_gallery(line.gallery)>
                    <bdi>{line.gallery_title}</bdi>
                </a>
            </Cell>
            <Cell label="State">
                <PhotoBadge status=tile.status />
                {tile
                    .failure
                    .map(|reason| {
                        view! {
                            <p class="text-sm text-muted">{reason}</p>
                            <PostForm action="retry_photo" class="contents" about=("photo", tile.id.to_string())>
                                <SubmitButton label="Try again" tone=Tone::Ghost icon=IconName::Retry />
                            </PostForm>
                        }
                    })}
            </Cell>
            <Cell label="Original" class="whitespace-nowrap">
                {line.measure}
            </Cell>
            <Cell label="Added" class="whitespace-nowrap">
                {line.added}
            </Cell>
        </tr>
    }
}

#[component]
pub fn PhotoBadge(status: PhotoStatus) -> impl IntoView {
    let mood = match status {
        PhotoStatus::Received => Mood::Neutral,
        PhotoStatus::Ready => Mood::Good,
        PhotoStatus::Failed => Mood::Error,
    };
    view! { <Badge label=status.title() mood=mood /> }
}
