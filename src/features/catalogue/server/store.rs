use crate::{
    features::catalogue::Size,
    platform::db::{On, Tx, placeholders, sql, sql_built},
    shared::{AppError, GalleryId, PriceId},
};

/// The scope of the studio's own list; a gallery's list has its id.
pub const STUDIO: &str = "studio";

pub fn scope(gallery: Option<GalleryId>) -> String {
    gallery.map_or_else(|| STUDIO.into(), |id| id.to_string())
}

#[derive(Clone, sqlx::FromRow)]
pub struct PriceRow {
    pub scope: String,
    pub size: Size,
    /// None: not for sale.
    pub amount: Option<i64>,
    pub currency: String,
    pub licence: String,
}

pub async fn prices_in(on: impl Into<On<'_>>, scopes: Vec<String>) -> Result<Vec<PriceRow>, AppError> {
    sql_built(format!("SELECT scope, size, amount, currency, licence FROM prices WHERE scope IN ({})", placeholders(1, scopes.len())))
        .bind_all(scopes)
        .all(on)
        .await
}

pub async fn put_price(tx: &mut Tx, gallery: Option<GalleryId>, row: &PriceRow, now: i64) -> Result<(), AppError> {
    sql("INSERT INTO prices (id, gallery_id, scope, size, amount, currency, licence, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (scope, size) DO UPDATE SET amount = excluded.amount, currency = excluded.currency, licence = excluded.licence, changed_at = excluded.changed_at")
        .bind(PriceId::new())
        .bind(gallery)
        .bind(&row.scope)
        .bind(row.size)
        .bind(row.amount)
        .bind(&row.currency)
        .bind(&row.licence)
        .bind(now)
        .run(tx)
        .await?;
    Ok(())
}

/// The gallery follows the studio's list again.
pub async fn forget_price(tx: &mut Tx, gallery: GalleryId, size: Size) -> Result<(), AppError> {
    sql("DELETE FROM prices WHERE scope = $1 AND size = $2").bind(scope(Some(gallery))).bind(size).run(tx).await?;
    Ok(())
}
