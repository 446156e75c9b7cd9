use crate::{
    features::orders::PaperKind,
    platform::db::{On, Tx, sql},
    shared::{AppError, OrderId, RefundId},
};

#[derive(Clone, sqlx::FromRow)]
pub struct InvoiceRow {
    pub number: String,
    pub kind: PaperKind,
    pub order_id: OrderId,
    pub issued_at: i64,
    /// What stands on it, as JSON.
    pub paper: String,
}

/// The next number of a series, without gaps: it is taken in the transaction that issues the paper, and whoever wants
/// the one after it waits for that.
pub async fn next_number(tx: &mut Tx, kind: PaperKind, year: i16) -> Result<String, AppError> {
    let (value,): (i64,) = sql(
        "INSERT INTO counters (name, value) VALUES ($1, 1) ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value",
    )
    .bind(format!("{kind}-{year}"))
    .one(tx)
    .await?;
    Ok(format!("{}-{year}-{value:06}", kind.series()))
}

pub async fn insert(tx: &mut Tx, row: &InvoiceRow, refund: Option<RefundId>) -> Result<(), AppError> {
    sql("INSERT INTO invoices (number, kind, order_id, refund_id, issued_at, paper) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(&row.number)
        .bind(row.kind)
        .bind(row.order_id)
        .bind(refund)
        .bind(row.issued_at)
        .bind(&row.paper)
        .run(tx)
        .await
        .map(drop)
}

pub async fn find(on: impl Into<On<'_>>, number: &str) -> Result<Option<InvoiceRow>, AppError> {
    sql("SELECT number, kind, order_id, issued_at, paper FROM invoices WHERE number = $1").bind(number).optional(on).await
}

/// The credit note of a refund.
pub async fn of_refund(on: impl Into<On<'_>>, refund: RefundId) -> Result<Option<InvoiceRow>, AppError> {
    sql("SELECT number, kind, order_id, issued_at, paper FROM invoices WHERE refund_id = $1").bind(refund).optional(on).await
}

pub async fn of_order(on: impl Into<On<'_>>, order: OrderId) -> Result<Vec<InvoiceRow>, AppError> {
    sql("SELECT number, kind, order_id, issued_at, paper FROM invoices WHERE order_id = $1 ORDER BY issued_at, kind DESC, number")
        .bind(order)
        .all(on)
        .await
}
