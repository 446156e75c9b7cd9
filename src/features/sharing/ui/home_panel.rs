use crate::{
    features::sharing::{GalleryOnHome, HomePicture, api::gallery_on_home_page},
    paths,
    shared::GalleryId,
    ui::{HiddenField, IconName, Load, PostForm, SubmitButton, Tone},
};
use leptos::prelude::*;

/// What of a gallery hangs on the studio's home page, for everybody.
#[component]
pub fn HomePanel(gallery: GalleryId) -> impl IntoView {
    view! {
        <section id="home" class="pv-stack" aria-labelledby="home-title">
            <h2 id="home-title">"On the home page"</h2>
            <Load what=move || gallery_on_home_page(gallery) let:shown>
                <Shown shown=shown />
            </Load>
        </section>
    }
}

#[component]
fn Shown(shown: GalleryOnHome) -> impl IntoView {
    let GalleryOnHome { gallery, pictures, is_marked } = shown;
    let words = match (pictures.is_empty(), is_marked) {
        (true, _) => "Nothing of this gallery. Choose photographs above and press “Show on the home page”; then everybody sees them there.",
        (false, true) => "Everybody sees these, with the watermark that this gallery has.",
        (false, false) => "Everybody sees these, without a watermark.",
    };
    view! {
        <p class="text-muted">{words}</p>
        {(!pictures.is_empty())
            .then(|| view! { <ul class="flex flex-wrap gap-4">{pictures.into_iter().map(|picture| view! { <Entry gallery=gallery picture=picture /> }).collect_view()}</ul> })}
    }
}

#[component]
fn Entry(gallery: GalleryId, picture: HomePicture) -> impl IntoView {
    let photo = picture.photo;
    let ratio = format!("aspect-ratio:{}/{}", picture.width.max(1), picture.height.max(1));
    view! {
        <li class="grid gap-1 justify-items-start">
            <a href=paths::photo(gallery, photo) aria-label="Open photograph">
                <img class="rounded-photo bg-line h-24 w-auto" style=ratio src=paths::picture(photo, "thumb") alt=picture.title loading="lazy" />
            </a>
            <PostForm action="show_on_home_page" about=("photos[]", photo.to_string()) class="contents">
                <HiddenField name="gallery" value=gallery.to_string() />
                <HiddenField name="shown" value="false" />
                <SubmitButton label="Take off" tone=Tone::Ghost icon=IconName::Close />
            </PostForm>
        </li>
    }
}
