use crate::{
    features::sharing::Size,
    shared::{GalleryId, Money, Page, text_enum},
};
use serde::{Deserialize, Serialize};

/// What the buyer may do with a copy, as long as the studio has no words of its own.
pub fn usual_licence(size: Size) -> &'static str {
    match size {
        Size::Web => "For sharing with family and friends and on your own social media, not for print or resale.",
        Size::Original => "The untouched file, for prints and every private use, not for resale.",
    }
}

/// What one size costs in one gallery, and what comes with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    pub size: Size,
    pub price: Money,
    pub licence: String,
}

text_enum! {
    /// Where a gallery's price comes from.
    PriceChoice {
        Studio = "studio",
        Own = "own",
        NotForSale = "none",
    }
}

/// One size of the studio's list as the form shows it: an empty amount is "not for sale".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudioPrice {
    pub size: Size,
    pub amount: String,
    pub licence: String,
    /// `€19.90`, or that it is not for sale.
    pub words: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GalleryPrice {
    pub size: Size,
    pub choice: PriceChoice,
    pub amount: String,
    pub licence: String,
    /// `€19.90, as in the studio's list`, `Not for sale here` …
    pub words: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GalleryPrices {
    pub gallery: GalleryId,
    pub title: String,
    pub prices: Vec<GalleryPrice>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PricesView {
    /// `EUR`
    pub currency: String,
    pub studio: Vec<StudioPrice>,
    pub may_edit_studio: bool,
    pub galleries: Page<GalleryPrices>,
    /// The gallery whose own list is being changed.
    pub open: Option<GalleryPrices>,
}

/// What the form of the studio's list sends.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StudioPricesForm {
    pub web_amount: String,
    pub web_licence: String,
    pub original_amount: String,
    pub original_licence: String,
}

/// What the form of a gallery's list sends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GalleryPricesForm {
    pub web_choice: PriceChoice,
    pub web_amount: String,
    pub web_licence: String,
    pub original_choice: PriceChoice,
    pub original_amount: String,
    pub original_licence: String,
}
