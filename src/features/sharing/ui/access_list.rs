use crate::{
    features::sharing::{Access, AccessView},
    shared::GalleryId,
    ui::{Cell, Confirm, HiddenField, PostForm, SubmitButton, Table, Tone},
};
use leptos::prelude::*;

/// The people who may enter, each with a way to take it back.
#[component]
pub fn AccessList(view: AccessView) -> impl IntoView {
    if view.access.is_empty() {
        return view! { <p class="text-muted">"Nobody but the studio sees this gallery yet."</p> }.into_any();
    }
    let gallery = view.gallery;
    view! {
        <Table caption="People with access" heads=vec!["Client", "Sees", ""]>
            {view.access.into_iter().map(|access| view! { <Row gallery=gallery access=access /> }).collect_view()}
        </Table>
    }
    .into_any()
}

#[component]
fn Row(gallery: GalleryId, access: Access) -> impl IntoView {
    let name = if access.name.is_empty() { access.email.clone() } else { access.name.clone() };
    let whom = match access.person {
        Some(id) => ("person", id.to_string()),
        None => ("email", access.email.clone()),
    };
    let sees = sees(access.is_whole, access.photos);
    let question = format!("Take back the access of {name}?");
    view! {
        <tr>
            <Cell>
                <bdi class="font-medium">{name}</bdi>
                {(!access.name.is_empty()).then(|| view! { <p class="text-sm text-muted"><bdi>{access.email}</bdi></p> })}
                {access.waits.then(|| view! { <p class="text-sm text-muted">"Sees it once the address is confirmed"</p> })}
            </Cell>
            <Cell label="Sees">{sees}</Cell>
            <Cell>
                <Confirm label="Take back" question=question text="What they bought stays theirs.">
                    <PostForm action="revoke_access" about=whom>
                        <HiddenField name="gallery" value=gallery.to_string() />
                        <SubmitButton label="Take back access" tone=Tone::Danger />
                    </PostForm>
                </Confirm>
            </Cell>
        </tr>
    }
}

/// `Whole gallery`, `12 photographs`.
pub fn sees(is_whole: bool, photos: i64) -> String {
    match (is_whole, photos) {
        (true, _) => "Whole gallery".into(),
        (false, 1) => "1 photograph".into(),
        (false, photos) => format!("{photos} photographs"),
    }
}
