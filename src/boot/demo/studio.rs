use crate::{
    features::site::{Opening, Settings, server::service},
    platform::RequestContext,
    shared::AppError,
};

const ABOUT: &str = "We are three photographers in an old boat house by the lake. We like early light, long tables and people who forget that we are there.

We work quietly, with two cameras and no assistant who counts to three. You get your photographs within three weeks, in a gallery of your own, to look at, to share and to keep.";

const SERVICES: &str = "Weddings
From the first button to the last dance, in one day or three. Your gallery is ready within three weeks.

Portraits
An unhurried hour at a place that means something to you, or in our studio with its north window.

Still life and interiors
For makers, kitchens and houses: a day of careful light, delivered with a licence that says what you may do.";

/// The first step, because prices need a currency and pictures need a watermark.
pub async fn open(system: &RequestContext) -> Result<(), AppError> {
    let mut tx = system.db.begin().await?;
    let opening = Opening { name: "Lindqvist & Moreau".into(), time_zone: "Europe/Stockholm".into(), currency: "EUR".into() };
    service::open(&mut tx, &system.clock, &opening).await?;
    tx.commit().await
}

pub async fn describe(owner: &RequestContext) -> Result<(), AppError> {
    let settings = Settings {
        name: "Lindqvist & Moreau".into(),
        tagline: "Photographs of weddings, people and quiet places".into(),
        about: ABOUT.into(),
        services: SERVICES.into(),
        time_zone: "Europe/Stockholm".into(),
        currency: "EUR".into(),
        payment_instructions:
            "Please transfer the amount to SE35 5000 0000 0549 1000 0003 with the order's number as the reference, or pay at the studio."
                .into(),
        invoice_details: "Tjärhovsgatan 12\n116 21 Stockholm\nVAT SE559012345601".into(),
        watermark_text: "Lindqvist & Moreau".into(),
        watermark_style: "tiled".into(),
        watermark_opacity: "30".into(),
        contact_email: "hello@photovault.test".into(),
    };
    service::change_settings(owner, settings).await
}
