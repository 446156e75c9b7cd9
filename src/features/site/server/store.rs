use crate::{
    features::site::{NewMessage, Studio, WatermarkStyle},
    platform::db::{On, Sql, Tx, sql},
    shared::{AppError, Currency, MessageId, one_line},
};

#[derive(sqlx::FromRow)]
struct Row {
    name: String,
    tagline: String,
    about: String,
    services: String,
    time_zone: String,
    currency: String,
    currency_fixed: bool,
    payment_instructions: String,
    invoice_details: String,
    watermark_text: String,
    watermark_style: WatermarkStyle,
    watermark_opacity: i64,
    watermark_rev: i64,
    contact_email: String,
}

/// A message that somebody left on the contact page.
#[derive(sqlx::FromRow)]
pub struct Message {
    pub id: MessageId,
    pub name: String,
    pub email: String,
    pub message: String,
}

pub async fn studio<'a>(on: impl Into<On<'a>>) -> Result<Option<Studio>, AppError> {
    let row: Option<Row> = sql("SELECT name, tagline, about, services, time_zone, currency, currency_fixed, payment_instructions,
             watermark_text, watermark_style, watermark_opacity, watermark_rev, contact_email, invoice_details FROM studio WHERE id = 1")
    .optional(on)
    .await?;
    row.map(|row| {
        Ok(Studio {
            currency: row.currency.parse()?,
            name: row.name,
            tagline: row.tagline,
            about: row.about,
            services: row.services,
            time_zone: row.time_zone,
            currency_fixed: row.currency_fixed,
            payment_instructions: row.payment_instructions,
            invoice_details: row.invoice_details,
            watermark_text: row.watermark_text,
            watermark_style: row.watermark_style,
            watermark_opacity: row.watermark_opacity,
            watermark_rev: row.watermark_rev,
            contact_email: row.contact_email,
        })
    })
    .transpose()
}

/// Binds $1 to $13: what the owner can set, in the order of both statements below.
fn with(statement: Sql, studio: &Studio) -> Sql {
    statement
        .bind(&studio.name)
        .bind(&studio.tagline)
        .bind(&studio.about)
        .bind(&studio.services)
        .bind(&studio.time_zone)
        .bind(studio.currency.code())
        .bind(&studio.payment_instructions)
        .bind(&studio.watermark_text)
        .bind(studio.watermark_style)
        .bind(studio.watermark_opacity)
        .bind(studio.watermark_rev)
        .bind(&studio.contact_email)
        .bind(&studio.invoice_details)
}

/// Whether this made the row; the second of two first runs finds it there.
pub async fn insert_studio(tx: &mut Tx, studio: &Studio, now: i64) -> Result<bool, AppError> {
    let insert = sql("INSERT INTO studio (id, name, tagline, about, services, time_zone, currency, payment_instructions,
             watermark_text, watermark_style, watermark_opacity, watermark_rev, contact_email, invoice_details, currency_fixed, created_at)
         VALUES (1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, FALSE, $14) ON CONFLICT (id) DO NOTHING");
    Ok(with(insert, studio).bind(now).run(tx).await? == 1)
}

pub async fn update_studio(tx: &mut Tx, studio: &Studio) -> Result<(), AppError> {
    let update = sql(
        "UPDATE studio SET name = $1, tagline = $2, about = $3, services = $4, time_zone = $5, currency = $6, payment_instructions = $7,
             watermark_text = $8, watermark_style = $9, watermark_opacity = $10, watermark_rev = $11, contact_email = $12, invoice_details = $13 WHERE id = 1",
    );
    with(update, studio).run(tx).await.map(drop)
}

/// Takes the studio's row for the rest of the transaction, so that two changes follow each other.
pub async fn lock_studio(tx: &mut Tx) -> Result<(), AppError> {
    sql("UPDATE studio SET id = 1 WHERE id = 1").run(tx).await.map(drop)
}

pub async fn fix_currency(tx: &mut Tx) -> Result<(), AppError> {
    sql("UPDATE studio SET currency_fixed = TRUE WHERE id = 1 AND NOT currency_fixed").run(tx).await.map(drop)
}

/// `sealed`: the words, closed up.
pub async fn insert_message(tx: &mut Tx, id: MessageId, message: &NewMessage, sealed: String, now: i64) -> Result<(), AppError> {
    sql("INSERT INTO contact_messages (id, name, email, message, created_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(id)
        .bind(one_line(&message.name))
        .bind(one_line(&message.email))
        .bind(sealed)
        .bind(now)
        .run(tx)
        .await
        .map(drop)
}

pub async fn message<'a>(on: impl Into<On<'a>>, id: MessageId) -> Result<Option<Message>, AppError> {
    sql("SELECT id, name, email, message FROM contact_messages WHERE id = $1").bind(id).optional(on).await
}

pub async fn latest_message<'a>(on: impl Into<On<'a>>) -> Result<Option<Message>, AppError> {
    sql("SELECT id, name, email, message FROM contact_messages ORDER BY created_at DESC, id DESC LIMIT 1").optional(on).await
}

/// What the row holds before anybody has opened the studio.
pub fn unopened() -> Studio {
    Studio {
        name: "PhotoVault".into(),
        tagline: String::new(),
        about: String::new(),
        services: String::new(),
        time_zone: "UTC".into(),
        currency: Currency::EUR,
        currency_fixed: false,
        payment_instructions: String::new(),
        invoice_details: String::new(),
        watermark_text: "PhotoVault".into(),
        watermark_style: WatermarkStyle::Tiled,
        watermark_opacity: 30,
        watermark_rev: 1,
        contact_email: String::new(),
    }
}
