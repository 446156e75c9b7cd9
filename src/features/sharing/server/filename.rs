//! The name under which a download arrives: the camera file's own, with nothing in it that could fool a browser, a
//! file system or a person.
use crate::features::sharing::Size;

const PICTURES: &[&str] = &["jpg", "jpeg", "png", "webp", "tif", "tiff", "gif"];

/// `ada.jpg` for the original, `ada-web.jpg` for the web size.
pub fn saved_as(filename: &str, size: Size) -> String {
    let clean = sanitised(filename);
    match size {
        Size::Original => clean,
        Size::Web => format!("{}-web.jpg", clean.rsplit_once('.').map_or(clean.as_str(), |(stem, _)| stem)),
    }
}

/// RFC 6266: an ASCII name for old readers, and the whole name in UTF-8, percent-encoded.
pub fn attachment(name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_ascii_graphic() && !"\"\\%;".contains(c) || c == ' ' { c } else { '_' }).collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", crate::paths::encode(name))
}

fn sanitised(filename: &str) -> String {
    // folders, whoever's way of writing them
    let last = filename.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String =
        last.chars().filter(|c| !c.is_control() && !is_invisible(*c)).map(|c| if "<>:\"|?*".contains(c) { '_' } else { c }).collect();
    let (stem, extension) = match kept.rsplit_once('.') {
        // of `.jpg` the extension is what is left of the name; of `.htaccess` it is the name
        Some((stem, extension)) if (1..=8).contains(&extension.chars().count()) && (!stem.is_empty() || PICTURES.contains(&extension)) => {
            (stem.to_string(), format!(".{extension}"))
        }
        _ => (kept.clone(), String::new()),
    };
    let stem: String = stem.trim_matches([' ', '.']).chars().take(120).collect();
    let name = format!("{}{}", if stem.is_empty() { "photo" } else { &stem }, extension.trim_end());
    if is_device(&stem) { format!("_{name}") } else { name }
}

/// Marks that turn the direction of writing (`gpj.exe`), or that nobody sees.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{061C}' | '\u{2028}' | '\u{2029}')
        // a joiner between two emoji makes one of them: that is allowed to be seen
        && c != '\u{200D}'
}

/// Names that Windows keeps for itself.
fn is_device(stem: &str) -> bool {
    let stem = stem.to_ascii_uppercase();
    let numbered = stem.len() == 4 && (stem.starts_with("COM") || stem.starts_with("LPT")) && stem.ends_with(|c: char| c.is_ascii_digit());
    numbered || ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_what_people_wrote() {
        for name in ["DSC_0042.JPG", "Brautpaar am See (2).jpg", "新郎新婦.jpg", "Ñandú 👨‍👩‍👧.tiff", "O'Neil & Söhne.jpg"]
        {
            assert_eq!(saved_as(name, Size::Original), name);
        }
        assert_eq!(saved_as("DSC_0042.tiff", Size::Web), "DSC_0042-web.jpg");
    }

    #[test]
    fn nothing_in_a_name_leads_elsewhere_or_lies() {
        for (given, kept) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\fakepath\\a.jpg", "a.jpg"),
            ("a\r\nSet-Cookie: x=1.jpg", "aSet-Cookie_ x=1.jpg"),
            ("photo\u{202E}gpj.exe", "photogpj.exe"),
            ("say \"cheese\".jpg", "say _cheese_.jpg"),
            ("nul.jpg", "_nul.jpg"),
            (".htaccess", "htaccess"),
            ("", "photo"),
            ("\u{0}.jpg", "photo.jpg"),
            ("...", "photo"),
        ] {
            assert_eq!(saved_as(given, Size::Original), kept, "{given:?}");
        }
        assert!(saved_as(&"x".repeat(4000), Size::Original).len() <= 130);
    }

    #[test]
    fn the_header_is_one_line_of_ascii_for_every_name() {
        for name in ["a\"b\\c;d%.jpg", "a\r\nb.jpg", "Ünïcödé 🎉.jpg", "שלום\u{202E}.jpg"] {
            let header = attachment(&saved_as(name, Size::Original));
            assert!(header.is_ascii() && !header.contains(['\r', '\n']), "{header}");
            assert_eq!(header.matches('"').count(), 2, "{header}");
        }
        assert_eq!(attachment("Ö 1.jpg"), "attachment; filename=\"_ 1.jpg\"; filename*=UTF-8''%C3%96%201.jpg");
    }
}
