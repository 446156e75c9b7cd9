use super::cart_row::CartRow;
use crate::{
    features::cart::{CartLine, CartView, api::cart_page},
    paths,
    ui::{
        ButtonLink, EmptyState, HiddenField, IconName, Load, Mood, Notice, PageHeader, PageTitle, PostForm, SitePage, SubmitButton, Tone,
        query,
    },
};
use leptos::prelude::*;

#[component]
pub fn CartPage() -> impl IntoView {
    view! {
        <PageTitle title="Cart" noindex=true />
        <Load what=|| cart_page() let:cart>
            <SitePage>
                <PageHeader title="Cart" />
                <PutBack cart=cart.clone() />
                <Cart cart=cart />
            </SitePage>
        </Load>
    }
}

#[component]
fn Cart(cart: CartView) -> impl IntoView {
    let CartView { lines, saved, total, blocked } = cart;
    let empty = lines.is_empty();
    let checkout = (!empty).then(|| {
        view! {
            <aside class="pv-panel">
                <p class="pv-total">
                    <span>"Total"</span>
                    <span class="pv-price">{total.to_string()}</span>
                </p>
                <Onward blocked=blocked />
            </aside>
        }
    });
    let heading = (!empty).then(|| view! { <h2 class="sr-only">"In your cart"</h2> });
    view! {
        {heading}
        <div class=if empty { "pv-stack" } else { "pv-beside" }>
            <div class="pv-stack">
                {if empty { view! { <Nothing saved=!saved.is_empty() /> }.into_any() } else { view! { <Rows lines=lines saved=false /> }.into_any() }}
                {(!saved.is_empty())
                    .then(|| {
                        view! {
                            <section id="saved" class="grid gap-2">
                                <h2 class="text-xl">"Saved for later"</h2>
                                <Rows lines=saved saved=true />
                            </section>
                        }
                    })}
            </div>
            {checkout}
        </div>
    }
}

#[component]
fn Rows(lines: Vec<CartLine>, saved: bool) -> impl IntoView {
    view! { <ul class="pv-lines">{lines.into_iter().map(|line| view! { <CartRow line=line saved=saved /> }).collect_view()}</ul> }
}

#[component]
fn Onward(blocked: bool) -> impl IntoView {
    match blocked {
        true => view! {
            <Notice mood=Mood::Warning title="Something cannot be bought just now.">
                <p>"Remove it or save it for later, then go on to the checkout."</p>
            </Notice>
        }
        .into_any(),
        false => view! { <ButtonLink href=paths::CHECKOUT label="Go to checkout" tone=Tone::Primary class="w-full" /> }.into_any(),
    }
}

#[component]
fn Nothing(saved: bool) -> impl IntoView {
    let text = if saved {
        "What you saved for later is below. Move it here when you want to order it."
    } else {
        "Photographs that you choose in a gallery wait here until you order them."
    };
    view! {
        <EmptyState icon=IconName::Cart title="Your cart is empty" text=text>
            <ButtonLink href=paths::GALLERIES label="Look at your galleries" tone=Tone::Primary />
        </EmptyState>
    }
}

/// What was just taken out can be put back with one click, as long as it isn't in the cart again.
#[component]
fn PutBack(cart: CartView) -> impl IntoView {
    let removed = query("removed").zip(query("size")).filter(|(photo, _)| {
        let here = |line: &CartLine| line.photo.to_string() == *photo;
        !cart.lines.iter().any(here) && !cart.saved.iter().any(here)
    });
    removed.map(|(photo, size)| {
        view! {
            <PostForm action="add_to_cart" about=("photo", photo) class="pv-form-line mb-6">
                <HiddenField name="size" value=size />
                <p>"Taken out of your cart."</p>
                <SubmitButton label="Put it back" tone=Tone::Quiet icon=IconName::Refund />
            </PostForm>
        }
    })
}
