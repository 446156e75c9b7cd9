//! What buyers see of their orders.
use crate::{
    features::{
        orders::{
            CopyState, Hold, OrderLine, OrderRow, OrderStatus, OrderView, PaymentMethod, PaymentState, PaymentStatus, Purchase,
            RefundStatus, RefundView, Shape,
            server::{
                invoices,
                lists::{self, Before},
                store::{self, LineRow, Order, Payment, refunds},
            },
        },
        photos::server::service as photos,
        sharing::server::{downloads_of, entitlements_of, rights_of_lines},
        site::{Studio, server::service as site},
    },
    platform::{RequestContext, db::Db, when},
    shared::{AppError, Page, PhotoId, UserId},
};
use std::collections::HashMap;

const PAGE: usize = 30;

/// The buyer's own order; another person's number is no number.
pub async fn order_page(cx: &RequestContext, number: &str) -> Result<OrderView, AppError> {
    let person = cx.actor.person()?;
    let order = store::order(&cx.db, number).await?;
    if order.buyer_id != person.id {
        return Err(AppError::NotFound);
    }
    let studio = site::studio(&cx.db).await?;
    let day = |at: i64| when::date(at, &studio.time_zone);
    let mut lines = shown(&cx.db, &order, store::lines(&cx.db, order.id).await?).await?;
    let shapes = shapes(&cx.db, lines.iter().map(|line| line.photo).collect()).await?;
    for line in &mut lines {
        line.shape = shapes.get(&line.photo).copied();
    }
    count_downloads(cx, person.id, &mut lines).await?;
    let attempts = store::payments(&cx.db, order.id).await?;
    Ok(OrderView {
        id: order.id,
        held: is_held(&attempts),
        status: order.status,
        method: order.provider,
        placed: day(order.placed_at),
        paid: order.paid_at.map(day),
        closed: order.closed_at.map(day),
        lines,
        total: order.total()?,
        payment: payment_state(&order, &studio, &attempts),
        ways: super::pay::ways(cx),
        refunds: given_back(&cx.db, &order, &studio.time_zone).await?,
        papers: invoices::links(&cx.db, order.id, &studio.time_zone).await?,
        studio: studio.name,
        buyer_name: order.buyer_name,
        number: order.number,
    })
}

/// Whether the payment waits for somebody's look.
pub fn is_held(attempts: &[Payment]) -> bool {
    attempts.iter().any(|attempt| attempt.status == PaymentStatus::Succeeded && attempt.hold == Some(Hold::Held))
}

/// The lines, and what the buyer may still do with each.
pub async fn shown(db: &Db, order: &Order, lines: Vec<LineRow>) -> Result<Vec<OrderLine>, AppError> {
    let ids: Vec<_> = lines.iter().map(|line| line.id).collect();
    let rights = if order.status == OrderStatus::Paid { rights_of_lines(db, &ids).await? } else { vec![] };
    let copy = |line: &LineRow| match rights.iter().find(|right| right.order_line_id == line.id) {
        _ if order.status != OrderStatus::Paid => CopyState::Waiting,
        Some(right) if right.is_suspended => CopyState::Suspended,
        Some(right) if !right.is_live => CopyState::Returned,
        _ => CopyState::Yours,
    };
    let line = |line: LineRow| {
        Ok(OrderLine {
            copy: copy(&line),
            amount: order.money(line.amount)?,
            id: line.id,
            photo: line.photo_id,
            gallery_title: line.gallery_title,
            filename: line.filename,
            size: line.size,
            licence: line.licence,
            shape: None,
            downloads: 0,
        })
    };
    lines.into_iter().map(line).collect()
}

/// What went back of an order, as its buyer sees it: what failed is the studio's matter.
async fn given_back(db: &Db, order: &Order, zone: &str) -> Result<Vec<RefundView>, AppError> {
    Ok(refund_views(db, order, zone).await?.into_iter().filter(|refund| refund.status != RefundStatus::Failed).collect())
}

pub async fn refund_views(db: &Db, order: &Order, zone: &str) -> Result<Vec<RefundView>, AppError> {
    let view = |row: refunds::RefundRow| {
        Ok(RefundView {
            amount: row.money()?,
            day: when::date(row.created_at, zone),
            reason: row.reason,
            status: row.status,
            origin: row.origin,
            failure: row.failure,
        })
    };
    refunds::of_order(db, order.id).await?.into_iter().map(view).collect()
}

pub async fn count_downloads(cx: &RequestContext, buyer: UserId, lines: &mut [OrderLine]) -> Result<(), AppError> {
    let photos: Vec<_> = lines.iter().map(|line| line.photo).collect();
    let counts = downloads_of(&cx.db, buyer, &photos).await?;
    for line in lines {
        line.downloads = counts.get(&(line.photo, line.size)).copied().unwrap_or_default();
    }
    Ok(())
}

async fn shapes(db: &Db, of: Vec<PhotoId>) -> Result<HashMap<PhotoId, Shape>, AppError> {
    Ok(photos::kept_photos(db, &of).await?.into_iter().map(|photo| (photo.id, (photo.width, photo.height))).collect())
}

/// `attempts`: the latest first.
fn payment_state(order: &Order, studio: &Studio, attempts: &[Payment]) -> PaymentState {
    if attempts.iter().any(|attempt| attempt.status == PaymentStatus::Mismatch) {
        return PaymentState::WithStudio;
    }
    if let Some(open) = attempts.iter().find(|attempt| attempt.is_open()) {
        return match (open.status, &open.failure) {
            (PaymentStatus::Started, Some(reason)) => PaymentState::Declined { reason: reason.clone() },
            (PaymentStatus::Started, None) => PaymentState::Open,
            // its secret never came here, so nobody can have paid with it
            (PaymentStatus::Asked, _) if open.is_card() && open.provider_ref.is_none() => PaymentState::Open,
            (PaymentStatus::ActionNeeded, _) => PaymentState::ActionNeeded,
            (PaymentStatus::Processing, _) => PaymentState::Processing,
            _ => PaymentState::Checking,
        };
    }
    match (order.provider, attempts.first()) {
        (PaymentMethod::Offline, _) => PaymentState::Offline { instructions: studio.payment_instructions.trim().into() },
        (_, Some(Payment { status: PaymentStatus::Declined | PaymentStatus::Ended, failure: Some(reason), .. })) => {
            PaymentState::Declined { reason: reason.clone() }
        }
        _ => PaymentState::Open,
    }
}

pub async fn my_orders(cx: &RequestContext, after: Option<String>) -> Result<Page<OrderRow>, AppError> {
    let person = cx.actor.person()?;
    let zone = site::studio(&cx.db).await?.time_zone;
    let rows = lists::of_buyer(&cx.db, person.id, None, Before::read(after.as_deref())?, PAGE as i64 + 1).await?;
    let page = Page::cut(rows, PAGE, |row| Before::write(row.placed_at, row.id.0));
    let row = |row: lists::Row| {
        Ok(OrderRow {
            total: row.amount()?,
            number: row.number,
            status: row.status,
            placed: when::date(row.placed_at, &zone),
            photos: row.photos,
            first: row.first_photo,
        })
    };
    Ok(Page { items: page.items.into_iter().map(row).collect::<Result<_, AppError>>()?, next: page.next })
}

/// Everything this person has bought and still may download, the latest first.
pub async fn purchases(cx: &RequestContext, after: Option<String>) -> Result<Page<Purchase>, AppError> {
    let person = cx.actor.person()?;
    let zone = site::studio(&cx.db).await?.time_zone;
    let rows = lists::bought(&cx.db, person.id, Before::read(after.as_deref())?, PAGE as i64 + 1).await?;
    let page = Page::cut(rows, PAGE, |row| Before::write(row.paid_at, row.id.0));
    let photos: Vec<_> = page.items.iter().map(|row| row.photo_id).collect();
    let owned: Vec<_> = entitlements_of(&cx.db, person.id, &photos).await?.into_iter().map(|right| (right.photo_id, right.size)).collect();
    let counts = downloads_of(&cx.db, person.id, &photos).await?;
    let shapes = shapes(&cx.db, photos).await?;
    let mut items = vec![];
    for row in page.items.into_iter().filter(|row| owned.contains(&(row.photo_id, row.size))) {
        let bought = when::date(row.paid_at, &zone);
        let shape = shapes.get(&row.photo_id).copied();
        items.push(Purchase {
            photo: row.photo_id,
            size: row.size,
            filename: row.filename,
            gallery_title: row.gallery_title,
            number: row.number,
            bought,
            shape,
            downloads: counts.get(&(row.photo_id, row.size)).copied().unwrap_or_default(),
        });
    }
    Ok(Page { items, next: page.next })
}
