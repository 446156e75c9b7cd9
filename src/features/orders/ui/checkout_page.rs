use super::pay_form::WaysToPay;
use crate::{
    features::{
        cart::LineWords,
        orders::{CheckoutView, PaymentMethod, api::checkout_page},
    },
    paths,
    ui::{
        BarePage, ButtonLink, EmptyState, HiddenField, IconName, Load, Mood, Notice, PageHeader, PageTitle, PostForm, SubmitButton, Tone,
    },
};
use leptos::prelude::*;

/// One page, nothing beside it: what is ordered, what it costs, how it is paid, and the one button.
#[component]
pub fn CheckoutPage() -> impl IntoView {
    view! {
        <PageTitle title="Checkout" noindex=true />
        <Load what=|| checkout_page() let:checkout>
            <BarePage wide=true>
                <PageHeader title="Place your order" back=(paths::CART.to_string(), "Cart".to_string()) />
                {if checkout.lines.is_empty() {
                    view! {
                        <EmptyState icon=IconName::Cart title="Your cart is empty" text="Choose photographs in a gallery first. What you ordered before is among your orders.">
                            <ButtonLink href=paths::GALLERIES label="Look at your galleries" tone=Tone::Primary />
                            <ButtonLink href=paths::ORDERS label="See your orders" />
                        </EmptyState>
                    }
                        .into_any()
                } else {
                    view! {
                        <div class="pv-beside">
                            <Agree checkout=checkout.clone() />
                            <Summary checkout=checkout />
                        </div>
                    }
                        .into_any()
                }}
            </BarePage>
        </Load>
    }
}

#[component]
fn Agree(checkout: CheckoutView) -> impl IntoView {
    if checkout.blocked {
        return view! {
            <div class="grid gap-4 justify-items-start content-start">
                <Notice mood=Mood::Warning title="Something in your cart cannot be bought just now.">
                    <p>"It says why beside it. Remove it or save it for later in your cart, then come back."</p>
                </Notice>
                <ButtonLink href=paths::CART label="Back to the cart" tone=Tone::Primary />
            </div>
        }
        .into_any();
    }
    let total = checkout.total.to_string();
    let label = if checkout.changed { "Confirm and place order" } else { "Place order" };
    view! {
        <PostForm action="place_order">
            {checkout
                .changed
                .then(|| {
                    view! {
                        <Notice mood=Mood::Warning title="A price has changed since you chose.">
                            <p>"The old and the new price stand beside each other. Place the order if the new total is fine with you."</p>
                        </Notice>
                    }
                })}
            <HiddenField name="expected_total" value=checkout.total.amount.to_string() />
            <HiddenField name="seal" value=checkout.seal />
            {if checkout.total.amount == 0 {
                view! { <HiddenField name="payment" value=PaymentMethod::Offline.as_str() /> }.into_any()
            } else {
                view! { <WaysToPay ways=checkout.ways /> }.into_any()
            }} <p class="text-sm text-muted">"The receipt and the way to your downloads go to "{checkout.email}"."</p>
            <div class="pv-pay-bar">
                <span>"Total " <span class="pv-price">{total}</span></span>
                <SubmitButton label=label />
            </div>
        </PostForm>
    }
    .into_any()
}

#[component]
fn Summary(checkout: CheckoutView) -> impl IntoView {
    let row = |line| {
        view! {
            <li class="pv-line">
                <LineWords line=line />
            </li>
        }
    };
    view! {
        <aside class="pv-panel">
            <h2>"Your order"</h2>
            <ul class="pv-lines">{checkout.lines.into_iter().map(row).collect_view()}</ul>
            <p class="pv-total">
                <span>"Total"</span>
                <span class="pv-price">{checkout.total.to_string()}</span>
            </p>
        </aside>
    }
}
