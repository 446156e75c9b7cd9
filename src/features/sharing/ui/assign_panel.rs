use super::access_list::AccessList;
use crate::{
    features::sharing::{AccessView, KnownClient, api::gallery_access},
    shared::{GalleryId, PhotoId},
    ui::{Checkbox, HiddenField, Load, PostForm, SubmitButton, TextArea, Tone},
};
use leptos::prelude::*;

/// Who may see a gallery, and the form that lets others in. With `photos` it gives only those.
#[component]
pub fn AssignPanel(
    gallery: GalleryId,
    /// The selection of the studio's page; empty: the whole gallery.
    #[prop(optional)]
    photos: Vec<PhotoId>,
) -> impl IntoView {
    view! {
        <section id="access" class="pv-stack" aria-labelledby="access-title">
            <h2 id="access-title">"Who has access"</h2>
            <Load what=move || gallery_access(gallery) let:view>
                <Form view=view.clone() photos=photos />
                <AccessList view=view />
            </Load>
        </section>
    }
}

#[component]
fn Form(view: AccessView, photos: Vec<PhotoId>) -> impl IntoView {
    let label = match photos.len() {
        0 => "Assign gallery".to_string(),
        1 => "Assign 1 photograph".to_string(),
        many => format!("Assign {many} photographs"),
    };
    let client = |client: KnownClient| {
        view! { <Checkbox name="people[]" label=client.name value=client.id.to_string() hint=client.email /> }
    };
    let clients = (!view.clients.is_empty()).then(|| {
        view! {
            <fieldset class="pv-field">
                <legend>"Your clients"</legend>
                <div class="pv-radios">{view.clients.into_iter().map(client).collect_view()}</div>
            </fieldset>
        }
    });
    let hint = if view.is_published {
        "One a line, or with commas between them. Who has no account yet gets an invitation."
    } else {
        "One a line, or with commas between them. Letters go out when you publish the gallery."
    };
    view! {
        <PostForm action="assign_gallery">
            <HiddenField name="gallery" value=view.gallery.to_string() />
            {photos.into_iter().map(|photo| view! { <HiddenField name="photos[]" value=photo.to_string() /> }).collect_view()}
            {clients}
            <TextArea name="emails" label="E-mail addresses" hint=hint rows=3 />
            <SubmitButton label=label tone=Tone::Quiet />
        </PostForm>
    }
}
