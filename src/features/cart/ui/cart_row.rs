use super::LineWords;
use crate::{
    features::cart::CartLine,
    ui::{HiddenField, IconName, PostForm, SubmitButton, Tone},
};
use leptos::prelude::*;

/// A line with what can be done to it.
#[component]
pub fn CartRow(line: CartLine, saved: bool) -> impl IntoView {
    let (photo, other) = (line.photo.to_string(), line.other);
    let name = line.shown.as_ref().map_or_else(|| "the photograph".to_string(), |shown| shown.filename.clone());
    let about = ("photo", photo);
    let (moving, label) = if saved { ("move_to_cart", "Move to cart") } else { ("save_for_later", "Save for later") };
    let switch = other.filter(|_| !saved).map(|(size, price)| {
        let label = format!("{} instead, {price}", size.title());
        view! {
            <PostForm action="add_to_cart" about=about.clone() class="contents">
                <HiddenField name="size" value=size.as_str() />
                <SubmitButton label=label tone=Tone::Quiet />
            </PostForm>
        }
    });
    view! {
        <li class="pv-line">
            <LineWords line=line>
                {switch}
                <PostForm action=moving about=about.clone() class="contents">
                    <SubmitButton label=label tone=Tone::Quiet />
                </PostForm>
                <PostForm action="remove_from_cart" about=about class="contents">
                    <SubmitButton label=format!("Remove {name}") tone=Tone::Ghost icon=IconName::Trash icon_only=true />
                </PostForm>
            </LineWords>
        </li>
    }
}
