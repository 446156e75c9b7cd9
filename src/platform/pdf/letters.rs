//! Which letters come from which font. One font has never all of them, so words are cut where the font or the
//! direction changes.
use ab_glyph::{Font as _, FontRef, PxScale, ScaleFont};
use krilla::text::{Font, TextDirection};
use std::sync::OnceLock;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    Sans,
    Bold,
    Devanagari,
    Thai,
    Han,
    Hangul,
}

struct Loaded {
    /// For measuring and for knowing which letters there are.
    shapes: FontRef<'static>,
    font: Font,
}

static LOADED: [OnceLock<Option<Loaded>>; 6] = [const { OnceLock::new() }; 6];

impl Face {
    pub const ALL: [Self; 6] = [Self::Sans, Self::Bold, Self::Devanagari, Self::Thai, Self::Han, Self::Hangul];

    fn bytes(self) -> &'static [u8] {
        match self {
            Self::Sans => include_bytes!("fonts/sans.ttf"),
            Self::Bold => include_bytes!("fonts/sans-bold.ttf"),
            Self::Devanagari => include_bytes!("fonts/devanagari.ttf"),
            Self::Thai => include_bytes!("fonts/thai.ttf"),
            Self::Han => include_bytes!("fonts/han.ttf"),
            Self::Hangul => include_bytes!("fonts/hangul.ttf"),
        }
    }

    /// Read once, when the first letter of it is needed.
    fn loaded(self) -> Option<&'static Loaded> {
        let load = || {
            let shapes = FontRef::try_from_slice(self.bytes()).ok()?;
            Some(Loaded { shapes, font: Font::new(self.bytes().to_vec().into(), 0)? })
        };
        LOADED[self as usize].get_or_init(load).as_ref()
    }

    pub fn font(self) -> Option<Font> {
        self.loaded().map(|loaded| loaded.font.clone())
    }

    pub fn has(self, letter: char) -> bool {
        self.loaded().is_some_and(|loaded| loaded.shapes.glyph_id(letter).0 != 0)
    }

    pub fn width(self, text: &str, size: f32) -> f32 {
        let Some(loaded) = self.loaded() else { return 0.0 };
        // the size of letters on paper counts the em, that of ab_glyph the height of a line
        let scale = loaded.shapes.units_per_em().map_or(size, |em| size * loaded.shapes.height_unscaled() / em);
        let scaled = loaded.shapes.as_scaled(PxScale::from(scale));
        text.chars().map(|letter| scaled.h_advance(scaled.glyph_id(letter))).sum()
    }

    fn of(letter: char, bold: bool) -> Option<Self> {
        let first = if bold { Self::Bold } else { Self::Sans };
        [first, Self::Sans, Self::Devanagari, Self::Thai, Self::Han, Self::Hangul].into_iter().find(|face| face.has(letter))
    }
}

/// Letters that stand beside each other, in one font and one direction.
pub struct Run {
    pub face: Face,
    pub direction: TextDirection,
    pub text: String,
    is_rtl: bool,
}

fn is_rtl(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}') && !letter.is_numeric()
}

pub fn runs(words: &str, bold: bool) -> Vec<Run> {
    let letters: Vec<char> = words.chars().filter(|letter| !letter.is_control()).collect();
    let mut all: Vec<Run> = vec![];
    for (n, letter) in letters.iter().copied().enumerate() {
        let next = letters[n..].iter().find(|next| !next.is_whitespace());
        let last = all.last();
        // a space between two words that run to the left runs with them
        let is_rtl = if letter.is_whitespace() {
            last.is_some_and(|run| run.is_rtl) && next.is_some_and(|next| is_rtl(*next))
        } else {
            is_rtl(letter)
        };
        let stays = last.map(|run| run.face).filter(|face| face.has(letter) && (letter.is_whitespace() || *face != Face::Sans || !bold));
        let (face, letter) = match stays.or_else(|| Face::of(letter, bold)) {
            Some(face) => (face, letter),
            // joiners have no shape of their own; for anything else there is a sign that something stood here
            None if matches!(letter, '\u{200B}'..='\u{200F}' | '\u{FE00}'..='\u{FE0F}') => continue,
            None => (Face::Sans, '?'),
        };
        match all.last_mut() {
            Some(run) if run.face == face && run.is_rtl == is_rtl => run.text.push(letter),
            _ => all.push(Run {
                face,
                is_rtl,
                text: letter.to_string(),
                direction: if is_rtl { TextDirection::RightToLeft } else { TextDirection::LeftToRight },
            }),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_from_everywhere_have_letters() {
        for name in [
            "Åsa Öberg",
            "Ελένη",
            "Дарья Ковалёва",
            "Łukasz Żółć",
            "שרה כהן",
            "فاطمة الزهراء",
            "山田太郎",
            "김민준",
            "王小明",
            "स्वाति",
            "สมชาย",
            "Nguyễn Thị",
            "გიორგი",
            "Արամ",
            "€ ₹ ₩ ¥ £",
        ] {
            assert!(crate::platform::pdf::can_write(name), "{name}");
        }
    }

    #[test]
    fn words_are_cut_where_font_or_direction_changes() {
        let cut: Vec<_> = runs("Ada 山田 שרה כהן 12", false).into_iter().map(|run| (run.face, run.is_rtl, run.text)).collect();
        assert_eq!(cut[1], (Face::Han, false, "山田".into()));
        assert!(cut.contains(&(Face::Sans, true, "שרה כהן".into())), "{cut:?}");
        assert_eq!(cut.last().map(|run| run.2.as_str()), Some(" 12"));
        assert_eq!(runs("a\u{200D}b", false).len(), 1);
    }
}
