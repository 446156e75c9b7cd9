pub use super::lines::{Line, lines, lines_of, standing};
use super::{lines, store};
use crate::{
    features::{
        cart::{CartLine, CartView, Obstacle},
        catalogue::Size,
        site::server::service as site,
    },
    platform::{
        RequestContext,
        db::{Db, On, Tx},
    },
    shared::{AppError, Money, PhotoId, UserId},
};

/// More lines than anybody wants to look at; also what one person can make us compute.
const MOST_LINES: i64 = 500;

/// The number beside the cart in the header.
pub async fn count(db: &Db, user: UserId) -> Result<i64, AppError> {
    store::count(db, user, false).await
}

pub async fn cart(cx: &RequestContext) -> Result<CartView, AppError> {
    cx.actor.person()?;
    let currency = site::studio(&cx.db).await?.currency;
    let (saved, lines): (Vec<_>, Vec<_>) = lines(&cx.db, &cx.actor).await?.into_iter().partition(|line| line.saved);
    let [lines, saved] = [lines, saved].map(|all| all.into_iter().map(|line| line.line).collect::<Vec<_>>());
    let prices = lines.iter().filter_map(|line| Some(line.offer.as_ref().ok()?.price));
    let total = Money::sum(currency, prices).ok_or_else(too_much)?;
    Ok(CartView { blocked: lines.iter().any(|line| line.offer.is_err()), lines, saved, total })
}

/// The photograph must be one that this person may see and buy now. Choosing the other size replaces the first choice.
pub async fn add_to_cart(cx: &RequestContext, photo: PhotoId, size: Size) -> Result<(), AppError> {
    put(cx, photo, size, false).await
}

/// From the gallery: remembers the photograph without meaning to buy it now. What lies in the cart goes to the saved ones.
pub async fn remember(cx: &RequestContext, photo: PhotoId, size: Size) -> Result<(), AppError> {
    put(cx, photo, size, true).await
}

async fn put(cx: &RequestContext, photo: PhotoId, size: Size, saved: bool) -> Result<(), AppError> {
    let person = cx.actor.person()?;
    let offer = match lines::offer(&cx.db, &cx.actor, photo, size).await? {
        Ok(offer) => offer,
        // what may not be seen is not there, whatever else is true about it
        Err((Obstacle::Gone, _)) => return Err(AppError::NotFound),
        Err((obstacle, order)) => {
            let line = CartLine { photo, size, shown: None, offer: Err(obstacle), order, price_before: None, other: None };
            return Err(AppError::Conflict(line.obstacle().unwrap_or_default()));
        }
    };
    if store::count(&cx.db, person.id, false).await? + store::count(&cx.db, person.id, true).await? >= MOST_LINES {
        return Err(AppError::Conflict(format!(
            "Your cart holds {MOST_LINES} photographs, which is all it can. Order these first, or remove some."
        )));
    }
    let mut tx = cx.db.begin().await?;
    store::put_line(&mut tx, person.id, photo, size, offer.price, cx.now()).await?;
    if saved {
        store::set_saved(&mut tx, person.id, photo, true).await?;
    }
    tx.commit().await
}

pub async fn save_for_later(cx: &RequestContext, photo: PhotoId) -> Result<(), AppError> {
    set_saved(cx, photo, true).await
}

pub async fn move_to_cart(cx: &RequestContext, photo: PhotoId) -> Result<(), AppError> {
    set_saved(cx, photo, false).await
}

async fn set_saved(cx: &RequestContext, photo: PhotoId, saved: bool) -> Result<(), AppError> {
    let person = cx.actor.person()?;
    let mut tx = cx.db.begin().await?;
    if store::set_saved(&mut tx, person.id, photo, saved).await? == 0 {
        return Err(AppError::NotFound);
    }
    tx.commit().await
}

/// Gives the size that was taken out, so that it can be put back. Removing what isn't there any more is fine: the other
/// tab was quicker.
pub async fn remove_from_cart(cx: &RequestContext, photo: PhotoId) -> Result<Option<Size>, AppError> {
    let person = cx.actor.person()?;
    let mut tx = cx.db.begin().await?;
    let size = store::take_out(&mut tx, person.id, photo).await?;
    tx.commit().await?;
    Ok(size)
}

/// The lines went into this order: they leave the cart, and their copies cannot be ordered again while it waits.
pub async fn move_to_order(tx: &mut Tx, user: UserId, copies: &[(PhotoId, Size)], number: &str) -> Result<(), AppError> {
    for (photo, size) in copies {
        if !store::put_on_order(tx, user, *photo, *size, number).await? {
            return Err(AppError::Conflict("A copy in your cart is in another order of yours that waits for payment.".into()));
        }
    }
    let photos: Vec<_> = copies.iter().map(|(photo, _)| *photo).collect();
    store::delete(tx, user, &photos).await?;
    Ok(())
}

/// The order doesn't wait any more, because it is paid or cancelled.
pub async fn release_order(tx: &mut Tx, number: &str) -> Result<(), AppError> {
    store::take_off_order(tx, number).await
}

/// The copies for which an order of this person waits.
pub async fn on_order(on: impl Into<On<'_>>, user: UserId) -> Result<Vec<(PhotoId, Size)>, AppError> {
    Ok(store::on_order(on, user).await?.into_iter().map(|(photo, size, _)| (photo, size)).collect())
}

pub fn too_much() -> AppError {
    AppError::Conflict("This is more than one order can hold. Please order in two parts.".into())
}
