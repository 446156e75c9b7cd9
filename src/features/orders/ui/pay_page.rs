use crate::{
    features::orders::{CardPage, PayView, api::pay_page},
    paths,
    ui::{BarePage, ButtonLink, Load, Mood, Notice, PageHeader, PageTitle, SubmitButton, Tone, param},
};
use leptos::prelude::*;

/// Where a card is given. Its form is the payment provider's: card numbers never reach this program.
#[component]
pub fn PayPage() -> impl IntoView {
    let number = param("number");
    let order = paths::order(&number);
    view! {
        <PageTitle title=format!("Pay order {number}") noindex=true />
        <Load what=move || pay_page(number) let:view>
            <BarePage>
                {match view {
                    CardPage::Card(view) => view! { <CardForm view=view /> }.into_any(),
                    CardPage::NoCards => view! {
                        <PageHeader title="This studio takes no cards just now" text="Your order is kept, and it can be paid in another way." />
                        <Onwards order=order.clone() label="See how to pay" />
                    }
                        .into_any(),
                    CardPage::NothingToPay => view! {
                        <PageHeader title="There is nothing to pay" text="This order is paid already, or it was cancelled." />
                        <Onwards order=order.clone() label="Look at the order" />
                    }
                        .into_any(),
                }}
            </BarePage>
        </Load>
    }
}

#[component]
fn Onwards(order: String, label: &'static str) -> impl IntoView {
    view! {
        <div>
            <ButtonLink href=order label=label tone=Tone::Primary />
        </div>
    }
}

#[component]
fn CardForm(view: PayView) -> impl IntoView {
    let total = view.total.to_string();
    view! {
        <PageHeader title=format!("Pay {total}") text=format!("Order {}", view.number) back=(paths::order(&view.number), "Order".to_string()) />
        <div class="pv-stack">
        {view
            .is_test
            .then(|| {
                view! {
                    <Notice mood=Mood::Warning title="This studio is trying things out.">
                        <p>"The payment provider is in test mode: no money moves, and only its test cards are taken."</p>
                    </Notice>
                }
            })}
        <form id="pv-pay" class="grid gap-6" data-number=view.number.clone() data-key=view.public_key data-script=view.js_url>
            <noscript>
                <p>"A card can only be given with JavaScript switched on: its form comes from the payment provider. You can also go back and pay in another way."</p>
            </noscript>
            <div id="pv-card" aria-live="polite">
                <p id="pv-wait" class="text-muted">"The form for your card is coming…"</p>
            </div>
            <div id="pv-problem" role="alert" class="pv-notice" data-mood=Mood::Error.word() hidden=true></div>
            <div class="pv-pay-bar">
                <span>"Total " <span class="pv-price">{total.clone()}</span></span>
                <SubmitButton label=format!("Pay {total}") disabled=true />
            </div>
            <p class="text-sm text-muted">"Your card goes straight to the payment provider Stripe. The studio never sees its number."</p>
        </form>
        </div>
        <script type="module" src="/pay.js"></script>
    }
}
