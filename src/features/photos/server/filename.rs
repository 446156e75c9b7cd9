//! The name a photograph had on its photographer's disk. It is shown and offered for the download; nothing is ever
//! stored under it.

const LONGEST: usize = 200;
const FALLBACK: &str = "photo.jpg";
const PICTURES: &[&str] = &["jpg", "jpeg", "png", "webp", "tif", "tiff", "gif"];

/// The last part of a path, without what could break a header, leave a folder, or turn the direction of writing.
pub fn tidy(name: &str) -> String {
    // folders, whoever's way of writing them
    let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String =
        base.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !c.is_control() && !turns_or_hides(*c)).collect();
    if let Some(extension) = bare_extension(&kept) {
        return format!("photo.{extension}");
    }
    let kept = kept.trim_matches([' ', '.']);
    match kept.chars().count() {
        0 => FALLBACK.into(),
        count if count <= LONGEST => kept.into(),
        count => shortened(kept, count),
    }
}

/// Of `.jpg` the extension is all there is; of `.htaccess` it is the name.
fn bare_extension(name: &str) -> Option<&str> {
    let (stem, extension) = name.rsplit_once('.')?;
    (stem.trim_matches([' ', '.']).is_empty() && PICTURES.contains(&extension.to_lowercase().as_str())).then_some(extension)
}

/// Cuts in the middle, so that the beginning and the extension stay.
fn shortened(name: &str, count: usize) -> String {
    let tail = name.rsplit_once('.').map_or(0, |(_, extension)| extension.chars().count() + 1).min(16);
    name.chars().take(LONGEST - tail).chain(name.chars().skip(count - tail)).collect()
}

fn turns_or_hides(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{061C}' | '\u{FFF9}'..='\u{FFFB}')
        // a joiner between two emoji makes one of them: that is allowed to be seen
        && c != '\u{200D}'
}

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn a_name_keeps_its_letters_and_loses_its_tricks() {
        for (given, kept) in [
            ("IMG_0001.JPG", "IMG_0001.JPG"),
            ("Hochzeit Übersee ☀.jpg", "Hochzeit Übersee ☀.jpg"),
            ("👨\u{200D}👩\u{200D}👧.tiff", "👨\u{200D}👩\u{200D}👧.tiff"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\ada\\a.jpg", "a.jpg"),
            ("gallery\u{202e}gpj.exe", "gallerygpj.exe"),
            ("a\r\nSet-Cookie: x.jpg", "a  Set-Cookie: x.jpg"),
            ("nul\0.jpg", "nul.jpg"),
            (".htaccess", "htaccess"),
            (".jpg", "photo.jpg"),
            ("..PNG", "photo.PNG"),
            ("..", "photo.jpg"),
            ("", "photo.jpg"),
            ("folder/", "photo.jpg"),
        ] {
            assert_eq!(tidy(given), kept, "{given:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_extension() {
        let name = tidy(&format!("{}.jpeg", "é".repeat(400)));
        assert_eq!(name.chars().count(), 200);
        assert!(name.ends_with("é.jpeg"));
    }
}
