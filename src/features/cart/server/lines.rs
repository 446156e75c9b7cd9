//! What a cart line is worth now: every fact about it is read again, the line itself only remembers the choice.
use super::store::{self, LineRow};
use crate::{
    features::{
        cart::{CartLine, Obstacle, Offer, ShownPhoto},
        catalogue::{
            Price, Size,
            server::{
                neighbours::{self, Buyable},
                service::prices_for,
            },
        },
    },
    platform::{Person, db::On},
    shared::{AppError, GalleryId, Money, PhotoId, UserId},
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
    buyable: HashMap<PhotoId, Buyable>,
    prices: HashMap<GalleryId, Vec<Price>>,
    owned: HashSet<(PhotoId, Size)>,
    on_order: HashMap<(PhotoId, Size), String>,
}

pub async fn lines(on: impl Into<On<'_>>, person: &Person) -> Result<Vec<Line>, AppError> {
    let mut on = on.into();
    let rows = store::lines_of(on.again(), person.id).await?;
    let truth = truth(on, person, rows.iter().map(|row| row.photo_id).collect()).await?;
    rows.into_iter().map(|row| truth.line(row)).collect()
}

/// The price at which the person can have this copy now, or why not.
pub async fn offer(on: impl Into<On<'_>>, person: &Person, photo: PhotoId, size: Size) -> Result<Result<Offer, (Obstacle, Option<String>)>, AppError> {
    let truth = truth(on.into(), person, vec![photo]).await?;
    Ok(truth.offer(photo, size).map_err(|obstacle| (obstacle, truth.on_order.get(&(photo, size)).cloned())))
}

async fn truth(mut on: On<'_>, person: &Person, photos: Vec<PhotoId>) -> Result<Truth, AppError> {
    let buyable: HashMap<_, _> = neighbours::buyable(on.again(), person, &photos).await?.into_iter().map(|photo| (photo.photo_id, photo)).collect();
    let galleries: Vec<_> = buyable.values().map(|photo| photo.gallery_id).collect::<HashSet<_>>().into_iter().collect();
    Ok(Truth {
        prices: prices_for(on.again(), &galleries).await?,
        owned: neighbours::owned(on.again(), person.id, &photos).await?.into_iter().collect(),
        on_order: store::on_order(on, person.id).await?.into_iter().map(|(photo, size, number)| ((photo, size), number)).collect(),
        buyable,
    })
}

impl Truth {
    fn price(&self, photo: PhotoId, size: Size) -> Option<&Price> {
        let gallery = self.buyable.get(&photo)?.gallery_id;
        self.prices.get(&gallery)?.iter().find(|price| price.size == size)
    }

    fn offer(&self, photo: PhotoId, size: Size) -> Result<Offer, Obstacle> {
        if self.owned.contains(&(photo, size)) {
            return Err(Obstacle::Owned);
        }
        if self.on_order.contains_key(&(photo, size)) {
            return Err(Obstacle::OnOrder);
        }
        if !self.buyable.contains_key(&photo) {
            return Err(Obstacle::Gone);
        }
        let price = self.price(photo, size).ok_or(Obstacle::NotForSale)?;
        Ok(Offer { price: price.price, licence: price.licence.clone() })
    }

    fn line(&self, row: LineRow) -> Result<Line, AppError> {
        let seen = Money::new(row.price_seen, row.currency.parse()?);
        let (photo, size) = (row.photo_id, row.size);
        let offer = self.offer(photo, size);
        let found = self.buyable.get(&photo);
        let line = CartLine {
            photo,
            size,
            shown: found.map(|found| ShownPhoto { gallery: found.gallery_id, gallery_title: found.gallery_title.clone(), filename: found.filename.clone() }),
            price_before: offer.as_ref().ok().and_then(|offer| (offer.price != seen).then_some(seen)),
            offer,
            order: self.on_order.get(&(photo, size)).cloned(),
            other: Size::ALL.iter().find(|other| **other != size).and_then(|other| Some((*other, self.offer(photo, *other).ok()?.price))),
        };
        Ok(Line { line, saved: row.saved_for_later, photographer: found.map(|found| found.photographer_id) })
    }
}
