use super::{galleries::Hung, people::People, pictures::DemoGallery};
use crate::{
    features::{
        cart::server::service as cart,
        catalogue::{Size, StudioPricesForm, server::service as catalogue},
        orders::{CheckoutForm, PaymentMethod, SandboxWish, server::service as orders},
    },
    platform::{RequestContext, when},
    shared::{AppError, PhotoId},
};

/// Prices, a few orders in different states, and something in a cart.
pub async fn sell(people: &People, hung: &Hung) -> Result<(), AppError> {
    let prices = StudioPricesForm {
        web_amount: "9.00".into(),
        web_licence: String::new(),
        original_amount: "29.00".into(),
        original_licence: String::new(),
    };
    catalogue::set_studio_prices(&people.owner, prices).await?;
    let wedding = hung.photos(DemoGallery::Wedding);
    let portraits = hung.photos(DemoGallery::Portraits);

    let ada = &people.ada;
    buy(ada, &[(wedding[2], Size::Original), (wedding[5], Size::Web)], PaymentMethod::Sandbox).await?;
    cart::add_to_cart(ada, wedding[7], Size::Original).await?;
    cart::add_to_cart(ada, wedding[9], Size::Web).await?;
    cart::save_for_later(ada, wedding[9]).await?;

    buy(&people.tomas, &[(portraits[0], Size::Original), (portraits[1], Size::Original)], PaymentMethod::Offline).await?;
    buy(&people.tomas, &[(wedding[0], Size::Web)], PaymentMethod::Sandbox).await?;

    let clara = &people.clara;
    let still = hung.photos(DemoGallery::StillLifes);
    let number =
        buy(clara, &[(still[0], Size::Original), (still[3], Size::Original), (still[4], Size::Web)], PaymentMethod::Offline).await?;
    let paid_on = when::day(clara.now(), "Europe/Stockholm");
    orders::mark_paid(&people.owner, &number, orders::MarkPaid { paid_on, reference: "Transfer of Yun Kitchen".into() }).await?;
    let number = buy(clara, &[(hung.photos(DemoGallery::Highlands)[1], Size::Web)], PaymentMethod::Offline).await?;
    orders::cancel_order(clara, &number).await
}

async fn buy(cx: &RequestContext, copies: &[(PhotoId, Size)], payment: PaymentMethod) -> Result<String, AppError> {
    for (photo, size) in copies {
        cart::add_to_cart(cx, *photo, *size).await?;
    }
    let seen = orders::checkout(cx).await?;
    orders::place_order(cx, CheckoutForm { expected_total: seen.total.amount, seal: seen.seal, payment, wish: SandboxWish::Success }).await
}
