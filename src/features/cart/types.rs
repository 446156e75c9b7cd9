use crate::{
    features::catalogue::Size,
    shared::{GalleryId, Money, PhotoId, text_enum},
};
use serde::{Deserialize, Serialize};

text_enum! {
    /// Why a line cannot be bought now.
    Obstacle {
        /// Unpublished, removed, or no longer shared with this person: told apart for nobody.
        Gone = "gone",
        NotForSale = "not_for_sale",
        Owned = "owned",
        OnOrder = "on_order",
    }
}

/// One line as it is now; everything but the choice itself is read anew each time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartLine {
    pub photo: PhotoId,
    pub size: Size,
    /// None when the photograph is gone: then nothing of it is shown.
    pub shown: Option<ShownPhoto>,
    pub offer: Result<Offer, Obstacle>,
    /// The order in which the copy waits for payment.
    pub order: Option<String>,
    /// The price when the line was put in, if it was another one.
    pub price_before: Option<Money>,
    /// The other size, if it can be chosen instead, and what it costs.
    pub other: Option<(Size, Money)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownPhoto {
    pub gallery: GalleryId,
    pub gallery_title: String,
    pub filename: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    pub price: Money,
    pub licence: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CartView {
    pub lines: Vec<CartLine>,
    pub saved: Vec<CartLine>,
    /// What the available lines cost together.
    pub total: Money,
    /// A line in the cart cannot be bought: it has to go before the checkout.
    pub blocked: bool,
}

impl CartLine {
    /// Why this line cannot be bought, in words for its buyer.
    pub fn obstacle(&self) -> Option<String> {
        let obstacle = self.offer.as_ref().err()?;
        Some(match obstacle {
            Obstacle::Gone => "This photograph is no longer available.".into(),
            Obstacle::NotForSale => format!("The {} of this photograph is no longer for sale.", self.size.title().to_lowercase()),
            Obstacle::Owned => "You have this already. It is among your purchases.".into(),
            Obstacle::OnOrder => match &self.order {
                Some(number) => format!("You ordered this already: order {number} waits for payment."),
                None => "You ordered this already; the order waits for payment.".into(),
            },
        })
    }
}

/// How one photograph stands with one person, for the page on which it can be bought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    pub sizes: Vec<StandingSize>,
    pub in_cart: Option<Size>,
    pub is_saved: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingSize {
    pub size: Size,
    pub offer: Result<Offer, Obstacle>,
    /// The order in which it waits for payment.
    pub order: Option<String>,
}
