use crate::{
    features::{
        cart::{Obstacle, Standing, StandingSize},
        delivery::Look,
        sharing::Size,
    },
    paths,
    shared::PhotoId,
    ui::{ButtonLink, HiddenField, IconName, PostForm, SubmitButton, Tone},
};
use leptos::prelude::*;

/// What it costs, beside what it is: each size with its price and licence, and the way into the cart.
#[component]
pub fn BuyForms(photo: PhotoId, standing: Standing) -> impl IntoView {
    let Standing { sizes, in_cart, is_saved } = standing;
    let first = sizes.iter().find(|size| size.offer.is_ok()).map(|size| size.size);
    let later = first.filter(|_| in_cart.is_none() && !is_saved).map(|size| {
        view! {
            <PostForm action="save_for_later" about=("photo", photo.to_string()) class="contents">
                <HiddenField name="size" value=size.as_str() />
                <SubmitButton label="Save for later" tone=Tone::Ghost icon=IconName::Heart />
            </PostForm>
        }
    });
    let sizes: Vec<_> =
        sizes.into_iter().filter(|size| size.offer != Err(Obstacle::NotForSale) && size.offer != Err(Obstacle::Gone)).collect();
    if has_all(&sizes) {
        return Some(view! { <p class="text-sm text-muted">{HAVE_IT}</p> }.into_any());
    }
    let forms = (!sizes.is_empty()).then(|| {
        view! {
            <section class="pv-stack" aria-label="Buy this photograph">
                <ul class="pv-lines">
                    {sizes.into_iter().map(|size| view! { <SizeForm photo=photo chosen=in_cart == Some(size.size) size=size /> }).collect_view()}
                </ul>
                {later}
                {is_saved.then(|| view! { <p class="text-sm text-muted">"Saved for later. "<a class="pv-link" href=paths::CART>"Open cart"</a></p> })}
            </section>
        }
    });
    forms.map(IntoAny::into_any)
}

pub const HAVE_IT: &str = "You have this already.";

/// Everything of it that could be bought is this person's: that is said once, not for each size.
pub fn has_all(sizes: &[StandingSize]) -> bool {
    !sizes.is_empty() && sizes.iter().all(|size| size.offer == Err(Obstacle::Owned))
}

#[component]
fn SizeForm(photo: PhotoId, size: StandingSize, chosen: bool) -> impl IntoView {
    let title = size.size.title();
    let words = in_the_way(&size);
    let (price, licence) = match size.offer {
        Ok(offer) => (Some(offer.price.to_string()), offer.licence),
        Err(_) => (None, String::new()),
    };
    let action = match (price.is_some(), chosen) {
        (true, false) => view! {
            <PostForm action="add_to_cart" about=("size", size.size.as_str().to_string()) class="contents">
                <HiddenField name="photo" value=photo.to_string() />
                <SubmitButton label="Add to cart" tone=if size.size == Size::Original { Tone::Primary } else { Tone::Quiet } />
            </PostForm>
        }
        .into_any(),
        (true, true) => view! { <ButtonLink href=paths::CART label="In your cart" icon=IconName::Check /> }.into_any(),
        (false, _) => ().into_any(),
    };
    view! {
        <li class="grid gap-2 py-4 border-b border-line">
            <div class="flex items-baseline justify-between gap-4">
                <h2 class="font-medium text-base">{title}</h2>
                <span class="pv-price">{price}</span>
            </div>
            <p class="text-sm text-muted">{licence} {words}</p>
            {action}
        </li>
    }
}

/// Why a size cannot be put into the cart, in words; nothing when it can.
pub fn in_the_way(size: &StandingSize) -> Option<String> {
    match (&size.offer, &size.order) {
        (Err(Obstacle::Owned), _) => Some(HAVE_IT.into()),
        (Err(Obstacle::OnOrder), Some(number)) => Some(format!("In your order {number}, which waits for payment.")),
        (Err(Obstacle::OnOrder), None) => Some("In an order that waits for payment.".into()),
        _ => None,
    }
}

/// A button for each file that this person may keep.
#[component]
pub fn Downloads(look: Look) -> impl IntoView {
    let photo = look.tile.id;
    let button = move |size: Size| {
        let label = match size {
            Size::Web => "Download web size",
            Size::Original => "Download original",
        };
        view! { <ButtonLink href=paths::download(photo, size) label=label icon=IconName::Download download=true /> }
    };
    (!look.downloads.is_empty()).then(|| view! { <div class="pv-actions">{look.downloads.into_iter().map(button).collect_view()}</div> })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        features::cart,
        shared::{Currency, Money},
    };

    #[test]
    fn having_everything_is_said_once_and_having_one_size_beside_that_size() {
        let size = |size, offer| StandingSize { size, offer, order: None };
        let owned = |which| size(which, Err(Obstacle::Owned));
        let offer = cart::Offer { price: Money::new(1900, Currency::EUR), licence: String::new() };
        assert!(has_all(&[owned(Size::Web), owned(Size::Original)]));
        assert!(!has_all(&[owned(Size::Web), size(Size::Original, Ok(offer))]));
        assert!(!has_all(&[]), "what is not for sale is nobody's");
    }
}
