use super::Paper;
use crate::{
    features::orders::PaperKind,
    platform::pdf::{self, HEIGHT, Mark, WIDTH},
    shared::AppError,
};

const LEFT: f32 = 62.0;
const RIGHT: f32 = WIDTH - 62.0;
const BOTTOM: f32 = HEIGHT - 80.0;
/// Where the column of amounts begins at the latest.
const AMOUNTS: f32 = 110.0;

pub fn draw(paper: &Paper) -> Result<Vec<u8>, AppError> {
    pdf::write(&title(paper), &sheets(paper))
}

fn title(paper: &Paper) -> String {
    format!("{} {}", paper.kind.title(), paper.number)
}

fn sheets(paper: &Paper) -> Vec<Vec<Mark>> {
    let title = title(paper);
    let mut pen = Pen { sheets: vec![vec![]], y: 0.0 };
    pen.y = 76.0;
    pen.line(&paper.seller, 15.0, true);
    for line in pdf::lines(&paper.seller_details, 9.5, RIGHT - LEFT) {
        pen.line(&line, 9.5, false);
    }
    pen.y += 34.0;
    pen.line(&title, 20.0, true);
    pen.y += 6.0;
    pen.fact("Date", &paper.day);
    pen.fact("Order", &paper.order);
    if let Some(about) = &paper.about {
        pen.fact(if paper.kind == PaperKind::Correction { "Corrects" } else { "For invoice" }, about);
    }
    pen.fact("To", &format!("{} ({})", paper.buyer, paper.buyer_email));
    pen.y += 18.0;
    pen.rule();
    for line in &paper.lines {
        let words = pdf::lines(&line.words, 10.5, RIGHT - LEFT - AMOUNTS);
        let notes = pdf::lines(&line.note, 9.0, RIGHT - LEFT - AMOUNTS);
        pen.room(16.0 * words.len() as f32 + 13.0 * notes.len() as f32 + 12.0);
        pen.y += 6.0;
        for (n, text) in words.iter().enumerate() {
            if n == 0 {
                pen.amount(&line.amount.to_string(), 10.5, false);
            }
            pen.line(text, 10.5, false);
        }
        for text in &notes {
            pen.line(text, 9.0, false);
        }
        pen.y += 4.0;
        pen.rule();
    }
    pen.room(70.0);
    pen.y += 10.0;
    let total = if paper.kind == PaperKind::CreditNote { "Given back" } else { "Total" };
    pen.amount(&paper.total.to_string(), 13.0, true);
    pen.line(total, 13.0, true);
    pen.y += 10.0;
    for line in pdf::lines(&paper.note, 10.0, RIGHT - LEFT) {
        pen.room(16.0);
        pen.line(&line, 10.0, false);
    }
    let count = pen.sheets.len();
    for (n, sheet) in pen.sheets.iter_mut().enumerate() {
        let words =
            if count == 1 { format!("{}  {title}", paper.seller) } else { format!("{}  {title}  {} of {count}", paper.seller, n + 1) };
        sheet.push(Mark::Words { x: LEFT, y: HEIGHT - 44.0, size: 8.0, bold: false, words });
    }
    pen.sheets
}

/// Writes from top to bottom and takes another sheet when one is full.
struct Pen {
    sheets: Vec<Vec<Mark>>,
    y: f32,
}

impl Pen {
    fn put(&mut self, mark: Mark) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.push(mark);
        }
    }

    fn room(&mut self, height: f32) {
        if self.y + height > BOTTOM {
            self.sheets.push(vec![]);
            self.y = 76.0;
        }
    }

    fn line(&mut self, words: &str, size: f32, bold: bool) {
        self.y += size * 1.4;
        self.put(Mark::Words { x: LEFT, y: self.y, size, bold, words: words.into() });
    }

    fn fact(&mut self, name: &str, value: &str) {
        for (n, text) in pdf::lines(value, 10.5, RIGHT - LEFT - 90.0).into_iter().enumerate() {
            self.y += 15.0;
            let y = self.y;
            if n == 0 {
                self.put(Mark::Words { x: LEFT, y, size: 10.5, bold: false, words: name.into() });
            }
            self.put(Mark::Words { x: LEFT + 90.0, y, size: 10.5, bold: false, words: text });
        }
    }

    /// Beside the next line, at the right edge.
    fn amount(&mut self, words: &str, size: f32, bold: bool) {
        let x = RIGHT - pdf::width(words, size, bold);
        self.put(Mark::Words { x, y: self.y + size * 1.4, size, bold, words: words.into() });
    }

    fn rule(&mut self) {
        self.y += 6.0;
        self.put(Mark::Rule { from: LEFT, to: RIGHT, y: self.y });
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{
        features::orders::server::invoices::PaperLine,
        shared::{Currency, Money},
    };

    #[test]
    fn a_long_invoice_takes_several_sheets_and_is_the_same_each_time() {
        let line = |n: i64| PaperLine {
            words: format!("DSC_{n:04}.jpg, original (山田 & שרה)"),
            note: "For your own use".into(),
            amount: Money::new(2500, Currency::EUR),
        };
        let paper = Paper {
            kind: PaperKind::Invoice,
            number: "INV-2026-000001".into(),
            day: "14 June 2026".into(),
            seller: "Studio Łódź".into(),
            seller_details: "Street 1\nVAT 123".into(),
            buyer: "김민준".into(),
            buyer_email: "kim@example.com".into(),
            order: "PV-2026-000001".into(),
            about: None,
            lines: (0..60).map(line).collect(),
            total: Money::new(150_000, Currency::EUR),
            note: "Paid on 14 June 2026.".into(),
        };
        assert_eq!(sheets(&paper).len(), 5);
        let bytes = draw(&paper).unwrap();
        assert!(bytes.starts_with(b"%PDF-") && bytes.len() < 200_000, "{}", bytes.len());
        assert_eq!(bytes, draw(&paper).unwrap());
        if let Ok(path) = std::env::var("PHOTOVAULT_TEST_PAPER") {
            std::fs::write(path, &bytes).unwrap();
        }
    }
}
