use super::{
    policy,
    store::{self, PriceRow, scope},
};
use crate::{
    features::{
        catalogue::{
            GalleryPrice, GalleryPrices, GalleryPricesForm, Price, PriceChoice, PricesView, Size, StudioPrice, StudioPricesForm,
            usual_licence,
        },
        galleries::server::service as galleries,
        site::server::service as site,
    },
    platform::{
        RequestContext,
        db::{On, Tx},
        history::{self, Change},
    },
    shared::{AppError, Currency, GalleryId, Money, Problem, parse_amount, tidy},
};
use std::collections::HashMap;

const LONGEST_LICENCE: usize = 500;

/// What is for sale in each of these galleries, smallest size first; a gallery without a price has an empty list.
pub async fn prices_for(on: impl Into<On<'_>>, galleries: &[GalleryId]) -> Result<HashMap<GalleryId, Vec<Price>>, AppError> {
    let mut on = on.into();
    let currency = currency_on(on.again()).await?;
    let scopes = std::iter::once(scope(None)).chain(galleries.iter().map(|id| scope(Some(*id)))).collect();
    let rows = store::prices_in(on, scopes).await?;
    let priced = |gallery: &GalleryId| Size::ALL.iter().filter_map(|size| price_in(&rows, *gallery, *size, currency)).collect();
    Ok(galleries.iter().map(|gallery| (*gallery, priced(gallery))).collect())
}

async fn currency_on(on: On<'_>) -> Result<Currency, AppError> {
    Ok(match on {
        On::Read(db) => site::studio(db).await?,
        On::Tx(tx) => site::studio_in(tx).await?,
    }
    .currency)
}

fn row_of(rows: &[PriceRow], gallery: Option<GalleryId>, size: Size) -> Option<&PriceRow> {
    let scope = scope(gallery);
    rows.iter().find(|row| row.scope == scope && row.size == size)
}

/// A gallery's own entry wins, also when it says "not for sale". An amount in a currency that the studio has left
/// is no price: nobody is charged 10 dollars because something once cost 10 euros.
fn price_in(rows: &[PriceRow], gallery: GalleryId, size: Size, currency: Currency) -> Option<Price> {
    let row = row_of(rows, Some(gallery), size).or_else(|| row_of(rows, None, size))?;
    (row.currency == currency.code()).then_some(())?;
    Some(Price { size, price: Money::new(row.amount?, currency), licence: row.licence.clone() })
}

/// The studio's list and a page of galleries; `open` is the gallery whose own list is being changed.
pub async fn prices_page(cx: &RequestContext, open: Option<GalleryId>, after: Option<String>) -> Result<PricesView, AppError> {
    cx.actor.runs_galleries()?;
    let currency = site::studio(&cx.db).await?.currency;
    let open = match open {
        Some(id) => Some(galleries::gallery_to_run(cx, id).await?),
        None => None,
    };
    let page = galleries::page_of_galleries(cx, after.as_deref()).await?;
    let shown = page.items.iter().map(|card| card.id).chain(open.iter().map(|gallery| gallery.id));
    let rows = store::prices_in(&cx.db, std::iter::once(scope(None)).chain(shown.map(|id| scope(Some(id)))).collect()).await?;
    Ok(PricesView {
        currency: currency.code().into(),
        studio: Size::ALL.iter().map(|size| studio_price(&rows, *size, currency)).collect(),
        may_edit_studio: cx.actor.is_owner(),
        open: open.map(|gallery| gallery_prices(&rows, gallery.id, gallery.title, currency)),
        galleries: page.map(|card| gallery_prices(&rows, card.id, card.title, currency)),
    })
}

/// The amount as the form shows it, when it is one in the studio's currency.
fn amount_of(row: Option<&PriceRow>, currency: Currency) -> Option<Money> {
    let row = row.filter(|row| row.currency == currency.code())?;
    Some(Money::new(row.amount?, currency))
}

fn studio_price(rows: &[PriceRow], size: Size, currency: Currency) -> StudioPrice {
    let row = row_of(rows, None, size);
    let amount = amount_of(row, currency);
    StudioPrice {
        size,
        amount: amount.map(|money| money.number()).unwrap_or_default(),
        licence: row.map_or_else(|| usual_licence(size).into(), |row| row.licence.clone()),
        words: amount.map_or_else(|| "Not for sale".into(), |money| money.to_string()),
    }
}

fn gallery_prices(rows: &[PriceRow], gallery: GalleryId, title: String, currency: Currency) -> GalleryPrices {
    let price = |size: Size| {
        let studio = studio_price(rows, size, currency);
        let own = row_of(rows, Some(gallery), size);
        let amount = amount_of(own, currency);
        let (choice, words) = match (own, amount) {
            (None, _) => (PriceChoice::Studio, format!("{}, as in the studio's list", studio.words)),
            (Some(_), None) => (PriceChoice::NotForSale, "Not for sale here".into()),
            (Some(_), Some(money)) => (PriceChoice::Own, money.to_string()),
        };
        let licence = own.map_or(studio.licence, |row| row.licence.clone());
        GalleryPrice { size, choice, amount: amount.map(|money| money.number()).unwrap_or_default(), licence, words }
    };
    GalleryPrices { gallery, title, prices: Size::ALL.iter().map(|size| price(*size)).collect() }
}

pub async fn set_studio_prices(cx: &RequestContext, form: StudioPricesForm) -> Result<(), AppError> {
    policy::may_edit_studio_prices(&cx.actor)?;
    let currency = site::studio(&cx.db).await?.currency;
    let mut problems = vec![];
    let wanted = [(Size::Web, form.web_amount, form.web_licence), (Size::Original, form.original_amount, form.original_licence)].map(
        |(size, amount, licence)| {
            let amount = if amount.trim().is_empty() { None } else { read_amount(&mut problems, size, &amount, currency) };
            (
                size,
                Some(PriceRow {
                    scope: scope(None),
                    size,
                    amount,
                    currency: currency.code().into(),
                    licence: read_licence(&mut problems, size, &licence),
                }),
            )
        },
    );
    save(cx, None, wanted, problems).await
}

pub async fn set_gallery_prices(cx: &RequestContext, gallery: GalleryId, form: GalleryPricesForm) -> Result<(), AppError> {
    galleries::gallery_to_run(cx, gallery).await?;
    let currency = site::studio(&cx.db).await?.currency;
    let mut problems = vec![];
    let asked = [
        (Size::Web, form.web_choice, form.web_amount, form.web_licence),
        (Size::Original, form.original_choice, form.original_amount, form.original_licence),
    ];
    let wanted = asked.map(|(size, choice, amount, licence)| {
        let amount = match choice {
            PriceChoice::Studio => return (size, None),
            PriceChoice::NotForSale => None,
            PriceChoice::Own => read_amount(&mut problems, size, &amount, currency),
        };
        (
            size,
            Some(PriceRow {
                scope: scope(Some(gallery)),
                size,
                amount,
                currency: currency.code().into(),
                licence: read_licence(&mut problems, size, &licence),
            }),
        )
    });
    save(cx, Some(gallery), wanted, problems).await
}

fn read_amount(problems: &mut Vec<Problem>, size: Size, typed: &str, currency: Currency) -> Option<i64> {
    match parse_amount(typed, currency) {
        Ok(money) => Some(money.amount),
        Err(message) => {
            problems.push(Problem { field: format!("{size}_amount"), message: message.into() });
            None
        }
    }
}

fn read_licence(problems: &mut Vec<Problem>, size: Size, typed: &str) -> String {
    let licence = tidy(typed);
    if licence.chars().count() > LONGEST_LICENCE {
        problems.push(Problem { field: format!("{size}_licence"), message: format!("use at most {LONGEST_LICENCE} characters") });
    }
    if licence.is_empty() { usual_licence(size).into() } else { licence }
}

/// `None` for a size lets the gallery follow the studio.
async fn save(
    cx: &RequestContext,
    gallery: Option<GalleryId>,
    wanted: [(Size, Option<PriceRow>); 2],
    problems: Vec<Problem>,
) -> Result<(), AppError> {
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    let mut tx = cx.db.begin().await?;
    if wanted.iter().any(|(_, row)| row.as_ref().is_some_and(|row| row.amount.is_some())) {
        site::fix_currency(&mut tx).await?;
    }
    let before = store::prices_in(&mut tx, vec![scope(gallery)]).await?;
    for (size, row) in &wanted {
        match (row, gallery) {
            (Some(row), _) => store::put_price(&mut tx, gallery, row, cx.now()).await?,
            (None, Some(gallery)) => store::forget_price(&mut tx, gallery, *size).await?,
            (None, None) => {}
        }
        remember(&mut tx, cx, gallery, *size, words(row_of(&before, gallery, *size)), words(row.as_ref())).await?;
    }
    tx.commit().await
}

fn words(row: Option<&PriceRow>) -> String {
    match row {
        None => "no entry".into(),
        Some(PriceRow { amount: None, .. }) => "not for sale".into(),
        Some(PriceRow { amount: Some(amount), currency, .. }) => {
            currency.parse().map(|currency| Money::new(*amount, currency).to_string()).unwrap_or_default()
        }
    }
}

async fn remember(
    tx: &mut Tx,
    cx: &RequestContext,
    gallery: Option<GalleryId>,
    size: Size,
    from: String,
    to: String,
) -> Result<(), AppError> {
    if from == to {
        return Ok(());
    }
    let id = format!("{}/{size}", scope(gallery));
    history::record(tx, &cx.actor, cx.now(), Change { entity: "price", id, from: &from, to: &to, reason: "" }).await
}
