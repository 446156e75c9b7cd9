use crate::{
    features::catalogue::{GalleryPrice, GalleryPrices, PriceChoice},
    paths,
    shared::Page,
    ui::{ButtonLink, Cell, EmptyState, IconName, Pager, PostForm, RadioGroup, SubmitButton, Table, TextArea, TextField, Tone},
};
use leptos::prelude::*;

/// Every gallery with what it sells, in words.
#[component]
pub fn GalleryList(galleries: Page<GalleryPrices>) -> impl IntoView {
    let empty = galleries.items.is_empty();
    let rows = galleries.items.into_iter().map(|list| view! { <GalleryRow list=list /> }).collect_view();
    view! {
        <section class="grid gap-4">
            <h2 class="text-xl">"Galleries"</h2>
            {if empty {
                view! {
                    <EmptyState icon=IconName::Gallery title="No galleries yet" text="Each gallery can follow the studio's list or have prices of its own.">
                        <ButtonLink href=paths::STUDIO_GALLERIES label="Go to galleries" />
                    </EmptyState>
                }
                    .into_any()
            } else {
                view! {
                    <Table caption="Prices of the galleries" heads=["Gallery", "Web size", "Original", ""]>
                        {rows}
                    </Table>
                    <Pager next=galleries.next />
                }
                    .into_any()
            }}
        </section>
    }
}

#[component]
fn GalleryRow(list: GalleryPrices) -> impl IntoView {
    let [web, original] = [0, 1].map(|n| list.prices.get(n).map(|price| price.words.clone()));
    view! {
        <tr>
            <Cell class="font-medium">{list.title}</Cell>
            <Cell label="Web size">{web}</Cell>
            <Cell label="Original">{original}</Cell>
            <Cell>
                <ButtonLink href=paths::studio_prices_of(list.gallery) label="Change prices" tone=Tone::Ghost />
            </Cell>
        </tr>
    }
}

/// The form of one gallery's own list.
#[component]
pub fn GalleryForm(list: GalleryPrices, currency: String) -> impl IntoView {
    let fields = list.prices.into_iter().map(|price| view! { <Choice price=price currency=currency.clone() /> }).collect_view();
    view! {
        <section class="pv-panel grid gap-4">
            <h2 class="text-xl">"Prices of “"{list.title}"”"</h2>
            <PostForm action="set_gallery_prices" about=("gallery", list.gallery.to_string())>
                <div class="grid gap-6 sm:grid-cols-2 w-full">{fields}</div>
                <div class="pv-actions">
                    <SubmitButton label="Save gallery prices" />
                    <ButtonLink href=paths::STUDIO_PRICES label="Leave as it is" tone=Tone::Ghost />
                </div>
            </PostForm>
        </section>
    }
}

#[component]
fn Choice(price: GalleryPrice, currency: String) -> impl IntoView {
    let size = price.size;
    let option = |choice: PriceChoice, words: &str| (choice.as_str().to_string(), words.to_string(), String::new());
    let options = vec![
        option(PriceChoice::Studio, "As in the studio's list"),
        option(PriceChoice::Own, "A price of its own"),
        option(PriceChoice::NotForSale, "Not for sale here"),
    ];
    view! {
        <div class="grid gap-4 content-start">
            <RadioGroup name=format!("{size}_choice") label=size.title() options=options value=price.choice.as_str() />
            <TextField
                name=format!("{size}_amount")
                label=format!("Own price of the {}, in {currency}", size.title().to_lowercase())
                value=price.amount
                inputmode="decimal"
                hint="Counts with “A price of its own”."
            />
            <TextArea name=format!("{size}_licence") label="What the buyer may do with it" value=price.licence rows=3 maxlength=500u32 />
        </div>
    }
}
