use super::small_thumb::SmallThumb;
use crate::{
    features::galleries::{GalleryCard, GalleryStatus, api::studio_galleries, types::LONGEST_TITLE},
    paths,
    ui::{
        Badge, Cell, EmptyState, HiddenField, IconName, Load, Mood, Notice, PageHeader, PageTitle, Pager, PostForm, StudioPage,
        SubmitButton, Table, TextField, Tone, query,
    },
};
use leptos::prelude::*;

/// All galleries that the person runs, and the form that makes a new one.
#[component]
pub fn StudioGalleriesPage() -> impl IntoView {
    let removed = query("removed");
    let is_first_page = query("after").is_none();
    view! {
        <PageTitle title="Galleries" noindex=true />
        <StudioPage>
            <PageHeader title="Galleries" />
            <div class="pv-stack">
                {removed.map(|gallery| view! { <BringBack gallery=gallery /> })} <NewGalleryForm />
                <Load what=|| studio_galleries(query("after")) let:page>
                    {if page.items.is_empty() && is_first_page {
                        view! {
                            <EmptyState
                                icon=IconName::Gallery
                                title="Your galleries will be here"
                                text="Give the first one a title above. Then bring in its photographs and publish it for your client."
                            />
                        }
                            .into_any()
                    } else {
                        view! {
                            <GalleryTable caption="Galleries, newest first" galleries=page.items />
                            <Pager next=page.next />
                        }
                            .into_any()
                    }}
                </Load>
            </div>
        </StudioPage>
    }
}

#[component]
fn NewGalleryForm() -> impl IntoView {
    view! {
        <section id="new" class="pv-panel">
            <h2 class="text-xl mb-3">"New gallery"</h2>
            <PostForm action="create_gallery" class="pv-form-line">
                <TextField name="title" label="Title" required=true maxlength=LONGEST_TITLE />
                <TextField name="event_date" label="Date" kind="date" optional=true />
                <TextField name="client_name" label="Client" optional=true maxlength=LONGEST_TITLE />
                <SubmitButton label="Create gallery" icon=IconName::Plus />
            </PostForm>
        </section>
    }
}

#[component]
fn BringBack(gallery: String) -> impl IntoView {
    view! {
        <Notice title="The gallery was removed.">
            <PostForm action="restore_gallery" class="pv-actions">
                <HiddenField name="gallery" value=gallery />
                <SubmitButton label="Bring it back" tone=Tone::Quiet icon=IconName::Retry />
            </PostForm>
        </Notice>
    }
}

#[component]
pub fn GalleryTable(#[prop(into)] caption: String, galleries: Vec<GalleryCard>) -> impl IntoView {
    view! {
        <Table caption=caption heads=vec!["", "Gallery", "Date", "Photographs", "Status"]>
            {galleries.into_iter().map(|card| view! { <GalleryLine card=card /> }).collect_view()}
        </Table>
    }
}

#[component]
fn GalleryLine(card: GalleryCard) -> impl IntoView {
    let href = paths::studio_gallery(card.id);
    let tally = card.tally;
    view! {
        <tr>
            <Cell class="w-24">
                <SmallThumb tile=card.cover />
            </Cell>
            <Cell>
                <a href=href class="font-medium">
                    <bdi>{card.title}</bdi>
                </a>
                {(!card.client_name.is_empty()).then(|| view! { <p class="text-sm text-muted"><bdi>{card.client_name}</bdi></p> })}
            </Cell>
            <Cell label="Date">{card.event_date.unwrap_or_else(|| "–".into())}</Cell>
            <Cell label="Photographs">
                <span class="pv-number">{tally.all()}</span>
                {(tally.preparing > 0).then(|| view! { <span class="text-sm text-muted">{format!(" · {} in preparation", tally.preparing)}</span> })}
                {(tally.failed > 0).then(|| view! { <span class="text-sm text-error">{format!(" · {} failed", tally.failed)}</span> })}
            </Cell>
            <Cell label="Status">
                <StatusBadge status=card.status />
            </Cell>
        </tr>
    }
}

#[component]
pub fn StatusBadge(status: GalleryStatus) -> impl IntoView {
    let mood = match status {
        GalleryStatus::Draft => Mood::Neutral,
        GalleryStatus::Published => Mood::Good,
    };
    view! { <Badge label=status.title() mood=mood /> }
}
