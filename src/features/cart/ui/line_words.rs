use crate::{
    features::cart::CartLine,
    ui::{Icon, IconName},
};
use leptos::prelude::*;

/// Picture, words and price of one line, the same in the cart and at the checkout. The children (buttons) stand below the words.
#[component]
pub fn LineWords(line: CartLine, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    let picture = line.shown.as_ref().map(|_| crate::paths::picture(line.photo, "thumb"));
    let name = line.shown.as_ref().map_or_else(|| "A photograph".to_string(), |shown| shown.filename.clone());
    let gallery = line.shown.as_ref().map(|shown| shown.gallery_title.clone());
    let obstacle = line.obstacle();
    let before = line.price_before.map(|before| format!("It was {before} when you put it in."));
    let (price, licence) = match line.offer {
        Ok(offer) => (Some(offer.price.to_string()), offer.licence),
        Err(_) => (None, String::new()),
    };
    view! {
        <span class="pv-thumb">{picture.map(|src| view! { <img src=src alt="" loading="lazy" /> })}</span>
        <div class="grid gap-1 content-start min-w-0">
            <p class="font-medium break-words">{name}</p>
            {gallery.map(|title| view! { <p class="text-sm text-muted">{title}</p> })}
            <p class="text-sm">
                {line.size.title()} {(!licence.is_empty()).then(|| view! { <span class="text-muted">". "{licence}</span> })}
            </p>
            {before.map(|words| view! { <p class="text-sm text-warning">{words}</p> })}
            {obstacle
                .map(|words| {
                    view! {
                        <p class="text-sm text-error flex gap-1.5 items-start">
                            <Icon name=IconName::CircleAlert class="size-4 mt-0.5" />
                            {words}
                        </p>
                    }
                })} {children.map(|buttons| view! { <div class="pv-actions mt-1">{buttons()}</div> })}
        </div>
        <p class="pv-price">{price}</p>
    }
}
