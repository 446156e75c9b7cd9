use crate::{
    features::catalogue::StudioPrice,
    ui::{PostForm, SubmitButton, TextArea, TextField},
};
use leptos::prelude::*;

/// The studio's list: a form for the owner, words for everybody else who works here.
#[component]
pub fn StudioList(prices: Vec<StudioPrice>, currency: String, may_edit: bool) -> impl IntoView {
    view! {
        <section class="grid gap-4">
            <h2 class="text-xl">"The studio's list"</h2>
            {if may_edit {
                view! {
                    <PostForm action="set_studio_prices">
                        <div class="grid gap-6 sm:grid-cols-2 w-full">
                            {prices.into_iter().map(|price| view! { <PriceFields price=price currency=currency.clone() /> }).collect_view()}
                        </div>
                        <SubmitButton label="Save studio prices" />
                    </PostForm>
                }
                    .into_any()
            } else {
                view! {
                    <dl class="pv-facts">
                        {prices
                            .into_iter()
                            .map(|price| {
                                view! {
                                    <dt>{price.size.title()}</dt>
                                    <dd>
                                        <span class="pv-price">{price.words}</span>
                                        <span class="block text-sm text-muted">{price.licence}</span>
                                    </dd>
                                }
                            })
                            .collect_view()}
                    </dl>
                }
                    .into_any()
            }}
        </section>
    }
}

#[component]
fn PriceFields(price: StudioPrice, currency: String) -> impl IntoView {
    let size = price.size;
    let hint = if price.amount.is_empty() { "Not for sale. Write a price to sell it." } else { "Leave it empty if it is not for sale." };
    view! {
        <div class="grid gap-4 content-start">
            <TextField
                name=format!("{size}_amount")
                label=format!("{}, in {currency}", size.title())
                value=price.amount
                inputmode="decimal"
                hint=hint
            />
            <TextArea name=format!("{size}_licence") label="What the buyer may do with it" value=price.licence rows=3 maxlength=500u32 />
        </div>
    }
}
