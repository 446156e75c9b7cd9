//! What a cart line is worth now: every fact about it is read again, the line itself only remembers the choice.
use super::store::{self, LineRow};
use crate::{
    features::{
        cart::{CartLine, Obstacle, Offer, ShownPhoto, Standing, StandingSize},
        catalogue::{Price, Size, server::service::prices_for},
        sharing::{
            Capability,
            server::{Allowed, authorise_all, copies_of},
        },
    },
    platform::{Actor, db::On},
    shared::{AppError, Currency, GalleryId, Money, PhotoId, UserId},
};
use std::collections::{HashMap, HashSet};

/// A line together with what an order writes down about its photograph.
pub struct Line {
    pub line: CartLine,
    pub saved: bool,
    pub photographer: Option<UserId>,
}

/// What is true about the photographs of a cart, gathered in a handful of statements whatever their number.
struct Truth {
    buyable: HashMap<PhotoId, Allowed>,
    prices: HashMap<GalleryId, Vec<Price>>,
    /// And whether its downloads are open.
    owned: HashMap<(PhotoId, Size), bool>,
    on_order: HashMap<(PhotoId, Size), String>,
}

pub async fn lines(on: impl Into<On<'_>>, actor: &Actor) -> Result<Vec<Line>, AppError> {
    let mut on = on.into();
    let rows = store::lines_of(on.again(), actor.person()?.id).await?;
    let truth = truth(on, actor, rows.iter().map(|row| row.photo_id).collect()).await?;
    rows.into_iter().map(|row| truth.line(row)).collect()
}

/// The same for copies that are ordered without ever lying in the cart.
pub async fn lines_of(on: impl Into<On<'_>>, actor: &Actor, copies: &[(PhotoId, Size)]) -> Result<Vec<Line>, AppError> {
    let truth = truth(on.into(), actor, copies.iter().map(|(photo, _)| *photo).collect()).await?;
    let row = |(photo, size): &(PhotoId, Size)| {
        // nobody saw another price before
        let seen = truth.offer(*photo, *size).map_or(Money::new(0, Currency::EUR), |offer| offer.price);
        let currency = seen.currency.code().to_string();
        LineRow { photo_id: *photo, size: *size, saved_for_later: false, price_seen: seen.amount, currency }
    };
    copies.iter().map(|copy| truth.line(row(copy))).collect()
}

/// The price at which the person can have this copy now, or why not.
pub async fn offer(
    on: impl Into<On<'_>>,
    actor: &Actor,
    photo: PhotoId,
    size: Size,
) -> Result<Result<Offer, (Obstacle, Option<String>)>, AppError> {
    let truth = truth(on.into(), actor, vec![photo]).await?;
    Ok(truth.offer(photo, size).map_err(|obstacle| (obstacle, truth.order_with(photo, size))))
}

/// How one photograph stands with this person: each size with its price, or with what is in the way.
pub async fn standing(on: impl Into<On<'_>>, actor: &Actor, photo: PhotoId) -> Result<Standing, AppError> {
    let mut on = on.into();
    let line = store::line_of(on.again(), actor.person()?.id, photo).await?;
    let truth = truth(on, actor, vec![photo]).await?;
    let size = |size: &Size| StandingSize { size: *size, offer: truth.offer(photo, *size), order: truth.order_with(photo, *size) };
    Ok(Standing {
        sizes: Size::ALL.iter().map(size).collect(),
        in_cart: line.as_ref().filter(|line| !line.saved_for_later).map(|line| line.size),
        is_saved: line.is_some_and(|line| line.saved_for_later),
    })
}

async fn truth(mut on: On<'_>, actor: &Actor, photos: Vec<PhotoId>) -> Result<Truth, AppError> {
    let user = actor.person()?.id;
    // before what is owned: an order that is paid between the two statements is then found among the latter
    let on_order = store::on_order(on.again(), user).await?;
    let allowed = authorise_all(on.again(), actor, Capability::Buy, &photos).await?;
    let buyable: HashMap<_, _> = allowed.into_iter().map(|allowed| (allowed.photo.id, allowed)).collect();
    let galleries: Vec<_> = buyable.values().map(|allowed| allowed.gallery.id).collect::<HashSet<_>>().into_iter().collect();
    Ok(Truth {
        prices: prices_for(on.again(), &galleries).await?,
        owned: copies_of(on, user, &photos).await?.into_iter().map(|copy| ((copy.photo_id, copy.size), copy.is_live)).collect(),
        on_order: on_order.into_iter().map(|(photo, size, number)| ((photo, size), number)).collect(),
        buyable,
    })
}

/// The sizes that bring this one: whoever has the original may take the web size too, so it isn't sold to them.
fn covering(size: Size) -> &'static [Size] {
    match size {
        Size::Web => &[Size::Web, Size::Original],
        Size::Original => &[Size::Original],
    }
}

impl Truth {
    fn price(&self, photo: PhotoId, size: Size) -> Option<&Price> {
        let gallery = self.buyable.get(&photo)?.gallery.id;
        self.prices.get(&gallery)?.iter().find(|price| price.size == size)
    }

    /// The waiting order that will bring this copy.
    fn order_with(&self, photo: PhotoId, size: Size) -> Option<String> {
        covering(size).iter().find_map(|size| self.on_order.get(&(photo, *size)).cloned())
    }

    fn offer(&self, photo: PhotoId, size: Size) -> Result<Offer, Obstacle> {
        if covering(size).iter().any(|size| self.owned.contains_key(&(photo, *size))) {
            return Err(Obstacle::Owned);
        }
        if self.order_with(photo, size).is_some() {
            return Err(Obstacle::OnOrder);
        }
        if !self.buyable.contains_key(&photo) {
            return Err(Obstacle::Gone);
        }
        let price = self.price(photo, size).ok_or(Obstacle::NotForSale)?;
        Ok(match self.credit(photo, size) {
            None => Offer { price: price.price, licence: price.licence.clone() },
            Some(credit) => Offer {
                price: Money::new((price.price.amount - credit.amount).max(0), price.price.currency),
                // the order keeps these words, so that a receipt explains its own sum
                licence: format!("Upgrade from web size. {}", price.licence).trim_end().into(),
            },
        })
    }

    /// Whoever has the web size gets the original for the difference between the two of today. A copy that was given back
    /// counts for nothing, and so does one whose downloads rest, or one of a size that has no price any more.
    fn credit(&self, photo: PhotoId, size: Size) -> Option<Money> {
        let owned = size == Size::Original && self.owned.get(&(photo, Size::Web)) == Some(&true);
        self.price(photo, Size::Web).filter(|_| owned).map(|web| web.price)
    }

    fn line(&self, row: LineRow) -> Result<Line, AppError> {
        let seen = Money::new(row.price_seen, row.currency.parse()?);
        let (photo, size) = (row.photo_id, row.size);
        let offer = self.offer(photo, size);
        let found = self.buyable.get(&photo);
        let line = CartLine {
            photo,
            size,
            shown: found.map(|found| ShownPhoto {
                gallery: found.gallery.id,
                gallery_title: found.gallery.title.clone(),
                filename: found.photo.filename.clone(),
            }),
            price_before: offer.as_ref().ok().and_then(|offer| (offer.price != seen).then_some(seen)),
            offer,
            order: self.order_with(photo, size),
            other: Size::ALL.iter().find(|other| **other != size).and_then(|other| Some((*other, self.offer(photo, *other).ok()?.price))),
        };
        Ok(Line { line, saved: row.saved_for_later, photographer: found.map(|found| found.photo.photographer_id) })
    }
}
