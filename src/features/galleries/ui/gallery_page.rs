use super::{galleries_page::StatusBadge, photo_board::PhotoBoard, uploader::Uploader};
use crate::{
    features::galleries::{
        GalleryDesk, GalleryStatus, GalleryView, Undo,
        api::studio_gallery,
        types::{LONGEST_NOTE, LONGEST_TITLE},
    },
    paths,
    shared::{AppError, Feedback, GalleryId, PhotoId, Problem},
    ui::{
        ButtonLink, Confirm, HiddenField, IconName, Load, Mood, Notice, PageHeader, PageTitle, Pager, PostForm, StudioPage, SubmitButton,
        Switch, TextArea, TextField, Tone, id_param, query,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use std::collections::BTreeMap;

/// Draws who may see a gallery. Without photographs it is about all of them.
pub type AssignPart = fn(GalleryId, Vec<PhotoId>) -> AnyView;

/// One gallery on the workbench: publish, upload, order, remove, settings.
#[component]
pub fn StudioGalleryPage(
    /// The part about who may see the gallery, or the chosen photographs of it, which a higher domain draws.
    #[prop(optional)]
    assign: Option<AssignPart>,
) -> impl IntoView {
    let gallery = id_param::<GalleryId>("id");
    let (after, removed) = (query("after"), query("removed").and_then(|at| at.parse().ok()));
    view! {
        <StudioPage>
            <Load what=move || async move { studio_gallery(gallery?, after, removed).await } let:desk>
                <Desk desk=desk assign=assign />
            </Load>
        </StudioPage>
    }
}

#[component]
fn Desk(desk: GalleryDesk, assign: Option<AssignPart>) -> impl IntoView {
    let GalleryDesk { gallery, tally, photos, undo } = desk;
    let id = gallery.id;
    let is_last_page = photos.next.is_none();
    view! {
        <PageTitle title=gallery.settings.title.clone() noindex=true />
        <Head gallery=gallery.clone() />
        <div class="pv-stack">
            <WhatWentWrong /> {undo.map(|undo| view! { <BringBack gallery=id undo=undo /> })} <section aria-labelledby="upload-title">
                <h2 id="upload-title" class="sr-only">
                    "Upload"
                </h2>
                <Uploader gallery=id />
            </section> <section aria-labelledby="photos-title">
                <h2 id="photos-title" class="sr-only">
                    "Photographs"
                </h2>
                <PhotoBoard gallery=id tiles=photos.items tally=tally is_last_page=is_last_page />
                <Pager next=photos.next />
                {(tally.all() > 1).then(|| view! { <Sort gallery=id /> })}
            </section> {assign.map(|assign| assign(id, chosen_photos()))} <SettingsForm gallery=gallery.clone() /> <Remove gallery=gallery />
        </div>
    }
}

/// The photographs that the page was asked to give access to.
fn chosen_photos() -> Vec<PhotoId> {
    let chosen = use_query_map().with_untracked(|query| query.get_all("photos[]")).unwrap_or_default();
    chosen.iter().filter_map(|id| id.parse().ok()).collect()
}

#[component]
fn Head(gallery: GalleryView) -> impl IntoView {
    let details = [gallery.settings.client_name.clone(), gallery.event_date.clone().unwrap_or_default()];
    let text = details.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let (action, label, tone, icon) = match gallery.status {
        GalleryStatus::Draft => ("publish_gallery", "Publish gallery", Tone::Primary, IconName::Eye),
        GalleryStatus::Published => ("unpublish_gallery", "Unpublish gallery", Tone::Quiet, IconName::EyeOff),
    };
    view! {
        <PageHeader title=gallery.settings.title text=text back=(paths::STUDIO_GALLERIES.into(), "Galleries".into())>
            <StatusBadge status=gallery.status />
            <ButtonLink href=paths::gallery(gallery.id) label="Open the gallery" icon=IconName::ExternalLink tone=Tone::Ghost />
            <PostForm action=action class="contents">
                <HiddenField name="gallery" value=gallery.id.to_string() />
                <SubmitButton label=label tone=tone icon=icon />
            </PostForm>
        </PageHeader>
    }
}

/// Forms that work on chosen photographs, and the upload without a script, have no field to write beside.
#[component]
fn WhatWentWrong() -> impl IntoView {
    const OF_THIS_PAGE: [&str; 11] = [
        "upload_photos",
        "set_cover",
        "move_photos",
        "sort_photos",
        "remove_photos",
        "restore_photos",
        "retry_photo",
        "remove_gallery",
        "reorder_photos",
        "show_on_home_page",
        "undo_assignment",
    ];
    let feedback = use_context::<Feedback>().filter(|feedback| OF_THIS_PAGE.contains(&feedback.action.as_str()))?;
    if let (Some(AppError::Conflict(sentence)), "remove_photos") = (&feedback.error, feedback.action.as_str()) {
        return Some(view! { <RemoveSold sentence=sentence.clone() typed=feedback.typed /> }.into_any());
    }
    let (title, files) = match feedback.error {
        Some(AppError::Invalid(problems)) if feedback.action == "upload_photos" => ("Nothing was added.".into(), problems),
        Some(AppError::Invalid(problems)) => {
            (problems.first().map(|problem| crate::ui::sentence_of(&problem.message)).unwrap_or_default(), vec![])
        }
        Some(error) => (error.to_string(), vec![]),
        None => ("The other photographs are here. These files were refused:".into(), feedback.refused),
    };
    let line = |Problem { field, message }| {
        view! {
            <li>
                <bdi class="font-medium">{field}</bdi>
                ": "
                {message}
            </li>
        }
    };
    let notice = view! {
        <Notice mood=Mood::Error title=title>
            {(!files.is_empty()).then(|| view! { <ul>{files.into_iter().map(line).collect_view()}</ul> })}
        </Notice>
    };
    Some(notice.into_any())
}

/// Asks once before sold photographs leave the gallery, with their names; the same choice goes along.
#[component]
fn RemoveSold(sentence: String, typed: BTreeMap<String, Vec<String>>) -> impl IntoView {
    let again = typed.into_iter().filter(|(name, _)| name == "gallery" || name.starts_with("photos"));
    let fields = again.flat_map(|(name, values)| values.into_iter().map(move |value| (name.clone(), value)));
    view! {
        <Notice mood=Mood::Warning title="Remove what was sold?">
            <p>{sentence}</p>
            <form method="post" action="/_fn/remove_photos" class="pv-actions mt-3">
                {fields.map(|(name, value)| view! { <HiddenField name=name value=value /> }).collect_view()}
                <HiddenField name="knowing" value="true" />
                <SubmitButton label="Remove from gallery" tone=Tone::Danger icon=IconName::Trash />
            </form>
        </Notice>
    }
}

#[component]
fn BringBack(gallery: GalleryId, undo: Undo) -> impl IntoView {
    let (title, label) = match undo.count {
        1 => ("One photograph was removed.".to_string(), "Bring it back"),
        n => (format!("{n} photographs were removed."), "Bring them back"),
    };
    view! {
        <Notice title=title>
            <PostForm action="restore_photos" class="pv-actions">
                <HiddenField name="gallery" value=gallery.to_string() />
                <HiddenField name="at" value=undo.at.to_string() />
                <SubmitButton label=label tone=Tone::Quiet icon=IconName::Retry />
            </PostForm>
        </Notice>
    }
}

#[component]
fn Sort(gallery: GalleryId) -> impl IntoView {
    view! {
        <PostForm action="sort_photos" class="pv-actions">
            <HiddenField name="gallery" value=gallery.to_string() />
            <span class="text-sm text-muted">"Put all photographs in order:"</span>
            <SubmitButton label="By time taken" tone=Tone::Ghost icon=IconName::Clock name="by" value="taken".to_string() />
            <SubmitButton label="By file name" tone=Tone::Ghost icon=IconName::File name="by" value="name".to_string() />
        </PostForm>
    }
}

#[component]
fn SettingsForm(gallery: GalleryView) -> impl IntoView {
    let settings = gallery.settings;
    view! {
        <section id="settings" class="pv-panel">
            <h2 class="text-xl mb-3">"Settings"</h2>
            <PostForm action="change_gallery">
                <HiddenField name="gallery" value=gallery.id.to_string() />
                <HiddenField name="version" value=gallery.version.to_string() />
                <TextField name="title" label="Title" value=settings.title required=true maxlength=LONGEST_TITLE />
                <TextField name="event_date" label="Date" kind="date" value=settings.event_date optional=true />
                <TextField name="client_name" label="Client" value=settings.client_name optional=true maxlength=LONGEST_TITLE />
                <TextArea
                    name="note"
                    label="Note"
                    hint="Your client reads it above the photographs."
                    value=settings.note
                    rows=3
                    optional=true
                    maxlength=LONGEST_NOTE
                />
                <Switch name="shows_prices" label="Copies are for sale" hint="Prices come from your price list." checked=settings.shows_prices />
                <Switch name="has_watermark" label="Watermark" hint="Clients see marked pictures until they have bought them." checked=settings.has_watermark />
                <Switch name="has_free_downloads" label="Free downloads" hint="Clients may keep the originals without paying." checked=settings.has_free_downloads />
                <SubmitButton label="Save settings" tone=Tone::Quiet />
            </PostForm>
        </section>
    }
}

#[component]
fn Remove(gallery: GalleryView) -> impl IntoView {
    view! {
        <Confirm
            label="Remove gallery"
            question=format!("Remove “{}”?", gallery.settings.title)
            text="Your clients no longer see it. What they bought stays theirs, and you can bring it back."
            icon=IconName::Trash
        >
            <PostForm action="remove_gallery" class="pv-actions">
                <HiddenField name="gallery" value=gallery.id.to_string() />
                <SubmitButton label="Remove gallery" tone=Tone::Danger />
            </PostForm>
        </Confirm>
    }
}
