//! The studio's watermark as the settings say it, ready to be drawn.
use crate::{
    platform::{
        db::{Db, Tx, sql},
        imaging::{Mark, MarkStyle, Place},
    },
    shared::AppError,
};
use std::sync::{Arc, Mutex, PoisonError};

pub struct StudioMark {
    pub mark: Arc<Mark>,
    pub rev: i64,
}

#[derive(Clone, PartialEq, sqlx::FromRow)]
struct Settings {
    watermark_text: String,
    watermark_style: String,
    watermark_opacity: i64,
    watermark_rev: i64,
}

/// A mark keeps what it has drawn for a size of picture, so one is made per setting, not per photograph.
static DRAWN: Mutex<Option<(Settings, Arc<Mark>)>> = Mutex::new(None);

pub async fn current(db: &Db) -> Result<StudioMark, AppError> {
    let settings: Option<Settings> = sql("SELECT watermark_text, watermark_style, watermark_opacity, watermark_rev FROM studio WHERE id = 1").optional(db).await?;
    let settings = settings.unwrap_or(Settings { watermark_text: String::new(), watermark_style: String::new(), watermark_opacity: 40, watermark_rev: 1 });
    let rev = settings.watermark_rev;
    Ok(StudioMark { mark: drawn(settings), rev })
}

pub async fn revision_in(tx: &mut Tx) -> Result<i64, AppError> {
    let row: Option<(i64,)> = sql("SELECT watermark_rev FROM studio WHERE id = 1").optional(tx).await?;
    Ok(row.map_or(1, |row| row.0))
}

fn drawn(settings: Settings) -> Arc<Mark> {
    let mut kept = DRAWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, mark)) = kept.as_ref().filter(|(known, _)| *known == settings) {
        return mark.clone();
    }
    let opacity = settings.watermark_opacity.clamp(0, 100) as u8;
    let mark = Arc::new(Mark::draw(&settings.watermark_text, style(&settings.watermark_style), opacity));
    *kept = Some((settings, mark.clone()));
    mark
}

fn style(word: &str) -> MarkStyle {
    match word {
        "centre" => MarkStyle::Placed(Place::Centre),
        "corner" => MarkStyle::Placed(Place::BottomRight),
        _ => MarkStyle::Tiled,
    }
}
