use super::Box;
use crate::{
    features::{
        cart::{Standing, StandingSize, add_to_cart, save_for_later},
        delivery::{
            Look,
            ui::buying::{HAVE_IT, has_all, in_the_way},
        },
        sharing::Size,
    },
    paths,
    shared::{AppError, PhotoId},
    ui::{Icon, IconName},
};
use leptos::{prelude::*, task::spawn_local};
use std::future::Future;

/// Keep it, save it, buy it: without leaving the photograph.
#[component]
pub fn Offers(me: Box) -> impl IntoView {
    move || me.look.get().map(|look| view! { <Actions me=me look=look /> })
}

#[component]
fn Actions(me: Box, look: Look) -> impl IntoView {
    let photo = look.tile.id;
    let download = move |size: Size| {
        let label = if size == Size::Web { "Web size" } else { "Original" };
        view! {
            <a class="pv-btn" href=paths::download(photo, size) download="">
                <Icon name=IconName::Download />
                <span>
                    <span class="sr-only">"Download "</span>
                    {label}
                </span>
            </a>
        }
    };
    let buy = look.standing.map(|standing| view! { <Buying me=me photo=photo standing=standing /> });
    view! {
        <div class="pv-actions">{look.downloads.into_iter().map(download).collect_view()}</div>
        {buy}
    }
}

#[component]
fn Buying(me: Box, photo: PhotoId, standing: Standing) -> impl IntoView {
    let Standing { sizes, in_cart, is_saved } = standing;
    let sizes: Vec<StandingSize> = sizes.into_iter().filter(|size| size.offer.is_ok() || in_the_way(size).is_some()).collect();
    let first = sizes.iter().find(|size| size.offer.is_ok()).map(|size| size.size);
    let save = first.filter(|_| in_cart.is_none()).map(|size| {
        view! {
            <button
                type="button"
                class="pv-btn pv-btn-ghost"
                aria-pressed=is_saved.to_string()
                disabled=is_saved
                on:click=move |_| act(me, save_for_later(photo, Some(size)), "Saved for later.")
            >
                <Icon name=IconName::Heart />
                <span>{if is_saved { "Saved" } else { "Save" }}</span>
            </button>
        }
    });
    let buy = first.map(|_| {
        view! {
            <button
                type="button"
                class="pv-btn pv-btn-primary"
                aria-expanded=move || me.buying.get().to_string()
                on:click=move |_| me.buying.update(|buying| *buying = !*buying)
            >
                <Icon name=IconName::Cart />
                <span>{if in_cart.is_some() { "In your cart" } else { "Buy" }}</span>
            </button>
        }
    });
    let list = move || {
        let sizes = sizes.clone();
        me.buying.get().then(move || {
            if has_all(&sizes) {
                return view! { <p class="text-sm text-muted">{HAVE_IT}</p> }.into_any();
            }
            view! {
                <ul class="grid gap-4 basis-full sm:grid-cols-2">
                    {sizes.into_iter().map(|size| view! { <Offer me=me photo=photo chosen=in_cart == Some(size.size) size=size /> }).collect_view()}
                </ul>
            }
            .into_any()
        })
    };
    view! {
        <div class="pv-actions">{save} {buy}</div>
        {list}
    }
}

/// One size: what it costs beside what it is.
#[component]
fn Offer(me: Box, photo: PhotoId, size: StandingSize, chosen: bool) -> impl IntoView {
    let words = in_the_way(&size);
    let copy = size.size;
    let offer = size.offer.ok();
    let action = match (&offer, chosen) {
        (Some(_), true) => view! {
            <a class="pv-btn" href=paths::CART>
                <Icon name=IconName::Check />
                <span>"Open cart"</span>
            </a>
        }
        .into_any(),
        (Some(_), false) => view! {
            <button type="button" class="pv-btn pv-btn-primary" on:click=move |_| act(me, add_to_cart(photo, copy), "Added to your cart.")>
                <span>"Add to cart"</span>
            </button>
        }
        .into_any(),
        (None, _) => ().into_any(),
    };
    let (price, licence) = offer.map_or_else(Default::default, |offer| (offer.price.to_string(), offer.licence));
    view! {
        <li class="grid gap-1 content-start justify-items-start">
            <p class="font-medium">{copy.title()} " " <span class="pv-price">{price}</span></p>
            <p class="text-sm text-muted">{licence} {words}</p>
            {action}
        </li>
    }
}

/// Does it, says so, and shows how things stand now.
fn act(me: Box, doing: impl Future<Output = Result<(), AppError>> + 'static, done: &'static str) {
    spawn_local(async move {
        match doing.await {
            Ok(()) => me.told.set(done.into()),
            Err(error) => me.told.set(error.to_string()),
        }
        me.refresh();
    });
}
