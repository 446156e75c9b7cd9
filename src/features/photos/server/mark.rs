//! The studio's watermark as the settings say it, ready to be drawn.
use crate::{
    features::site::{
        Studio, WatermarkStyle,
        server::service::{studio, studio_in},
    },
    platform::{
        db::{Db, Tx},
        imaging::{Mark, MarkStyle, Place},
    },
    shared::AppError,
};
use std::sync::{Arc, Mutex, PoisonError};

pub struct StudioMark {
    pub mark: Arc<Mark>,
    pub rev: i64,
}

#[derive(Clone, PartialEq)]
struct Drawing {
    text: String,
    style: WatermarkStyle,
    opacity: i64,
}

/// A mark keeps what it has drawn for a size of picture, so one is made per setting, not per photograph.
static DRAWN: Mutex<Option<(Drawing, Arc<Mark>)>> = Mutex::new(None);

pub async fn current(db: &Db) -> Result<StudioMark, AppError> {
    let Studio { watermark_text: text, watermark_style: style, watermark_opacity: opacity, watermark_rev: rev, .. } = studio(db).await?;
    Ok(StudioMark { mark: drawn(Drawing { text, style, opacity }), rev })
}

pub async fn revision_in(tx: &mut Tx) -> Result<i64, AppError> {
    studio_in(tx).await.map(|studio| studio.watermark_rev)
}

fn drawn(drawing: Drawing) -> Arc<Mark> {
    let mut kept = DRAWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, mark)) = kept.as_ref().filter(|(known, _)| *known == drawing) {
        return mark.clone();
    }
    let style = match drawing.style {
        WatermarkStyle::Tiled => MarkStyle::Tiled,
        WatermarkStyle::Centre => MarkStyle::Placed(Place::Centre),
        WatermarkStyle::Corner => MarkStyle::Placed(Place::BottomRight),
    };
    let mark = Arc::new(Mark::draw(&drawing.text, style, drawing.opacity.clamp(0, 100) as u8));
    *kept = Some((drawing, mark.clone()));
    mark
}
