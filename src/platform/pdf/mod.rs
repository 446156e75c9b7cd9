//! Sheets of paper as PDF: words and rules at places, no layout of its own. Only the letters that are used are embedded.
mod letters;

use crate::{platform::log, shared::AppError};
use krilla::{
    Document,
    color::rgb,
    geom::{PathBuilder, Point},
    metadata::Metadata,
    page::PageSettings,
    paint::{Fill, Stroke},
};
use letters::{Face, runs};

pub const WIDTH: f32 = 595.0;
pub const HEIGHT: f32 = 842.0;

/// Points, from the upper left corner.
pub enum Mark {
    Words { x: f32, y: f32, size: f32, bold: bool, words: String },
    Rule { from: f32, to: f32, y: f32 },
}

/// How wide the words are.
pub fn width(words: &str, size: f32, bold: bool) -> f32 {
    runs(words, bold).iter().map(|run| run.face.width(&run.text, size)).sum()
}

/// Breaks a text into lines of at most this width, between words where it can.
pub fn lines(text: &str, size: f32, most: f32) -> Vec<String> {
    let mut all = vec![];
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            let longer = if line.is_empty() { word.to_string() } else { format!("{line} {word}") };
            if width(&longer, size, false) <= most {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                all.push(std::mem::take(&mut line));
            }
            // a word that is wider than the line, as file names and some scripts are
            for letter in word.chars() {
                if width(&format!("{line}{letter}"), size, false) > most {
                    all.push(std::mem::take(&mut line));
                }
                line.push(letter);
            }
        }
        all.push(line);
    }
    all
}

/// One PDF of A4 sheets.
pub fn write(title: &str, sheets: &[Vec<Mark>]) -> Result<Vec<u8>, AppError> {
    let mut document = Document::new();
    document.set_metadata(Metadata::new().title(title.into()).language("en".into()));
    let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or(AppError::Unavailable)?;
    for sheet in sheets {
        let mut page = document.start_page_with(settings.clone());
        let mut surface = page.surface();
        surface.set_fill(Some(Fill { paint: rgb::Color::new(28, 28, 30).into(), ..Default::default() }));
        for mark in sheet {
            match mark {
                Mark::Words { x, y, size, bold, words } => {
                    let mut x = *x;
                    for run in runs(words, *bold) {
                        let Some(font) = run.face.font() else { continue };
                        surface.draw_text(Point::from_xy(x, *y), font, *size, &run.text, false, run.direction);
                        x += run.face.width(&run.text, *size);
                    }
                }
                Mark::Rule { from, to, y } => {
                    let mut line = PathBuilder::new();
                    line.move_to(*from, *y);
                    line.line_to(*to, *y);
                    surface.set_stroke(Some(Stroke { paint: rgb::Color::new(190, 190, 190).into(), width: 0.6, ..Default::default() }));
                    let fill = surface.get_fill().cloned();
                    surface.set_fill(None);
                    if let Some(path) = line.finish() {
                        surface.draw_path(&path);
                    }
                    surface.set_stroke(None);
                    surface.set_fill(fill);
                }
            }
        }
        surface.finish();
        page.finish();
    }
    document.finish().map_err(|error| log::internal("pdf", &format!("{error:?}")))
}

/// Whether there is a letter for every character, so that nothing would be drawn as a box.
pub fn can_write(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || Face::ALL.iter().any(|face| face.has(c)))
}
