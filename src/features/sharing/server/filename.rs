//! The name under which a download arrives: the camera file's own, with nothing in it that could fool a browser, a
//! file system or a person.
use crate::features::{photos::server::intake::tidy_filename, sharing::Size};

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

/// What the studio calls it, without what a file system of the buyer's could not keep.
fn sanitised(filename: &str) -> String {
    let name: String = tidy_filename(filename).chars().map(|c| if "<>:\"|?*".contains(c) { '_' } else { c }).collect();
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if extension.chars().count() <= 8 => (stem, format!(".{}", extension.trim_end())),
        _ => (name.as_str(), String::new()),
    };
    let stem: String = stem.trim_matches([' ', '.']).chars().take(120).collect();
    if is_device(&stem) { format!("_{stem}{extension}") } else { format!("{stem}{extension}") }
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
            ("a\r\nSet-Cookie: x=1.jpg", "a  Set-Cookie_ x=1.jpg"),
            ("photo\u{202E}gpj.exe", "photogpj.exe"),
            ("say \"cheese\".jpg", "say _cheese_.jpg"),
            ("nul.jpg", "_nul.jpg"),
            (".htaccess", "htaccess"),
            ("", "photo.jpg"),
            ("\u{0}.jpg", "photo.jpg"),
            ("...", "photo.jpg"),
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
