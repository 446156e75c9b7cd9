//! What the camera wrote into the photograph, made safe to store and to show: plain text, sane numbers, real dates.

use exif::{Exif, In, Rational, Tag, Value};
use serde::{Deserialize, Serialize};

const LONGEST: usize = 200;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CameraFacts {
    pub camera: Option<String>,
    pub lens: Option<String>,
    /// "1/250 s"
    pub exposure: Option<String>,
    /// "f/2.8"
    pub aperture: Option<String>,
    pub iso: Option<u32>,
    /// "85 mm"
    pub focal_length: Option<String>,
    /// Wall time where the camera was, "2026-06-14T15:04:05"; impossible dates are no dates.
    pub taken_at: Option<String>,
    /// 1 to 8; anything else in the file counts as 1.
    pub orientation: u8,
    /// Degrees north and east.
    pub gps: Option<(f64, f64)>,
    pub artist: Option<String>,
    pub copyright: Option<String>,
}

impl Default for CameraFacts {
    fn default() -> Self {
        Self {
            camera: None,
            lens: None,
            exposure: None,
            aperture: None,
            iso: None,
            focal_length: None,
            taken_at: None,
            orientation: 1,
            gps: None,
            artist: None,
            copyright: None,
        }
    }
}

impl CameraFacts {
    /// `exif` is a TIFF structure; what cannot be read of it is left out.
    pub(super) fn read(exif: Vec<u8>) -> Self {
        let Some(exif) = parse(exif) else { return Self::default() };
        Self {
            camera: camera(text(&exif, Tag::Make), text(&exif, Tag::Model)),
            lens: text(&exif, Tag::LensModel),
            exposure: positive(&exif, Tag::ExposureTime).map(exposure),
            aperture: positive(&exif, Tag::FNumber).map(|number| format!("f/{}", tenths(number))),
            iso: uint(&exif, Tag::PhotographicSensitivity).filter(|iso| *iso > 0),
            focal_length: positive(&exif, Tag::FocalLength).map(|length| format!("{} mm", tenths(length))),
            taken_at: [Tag::DateTimeOriginal, Tag::DateTimeDigitized, Tag::DateTime]
                .into_iter()
                .find_map(|tag| text(&exif, tag).and_then(|text| wall_time(&text))),
            orientation: orientation(&exif),
            gps: gps(&exif),
            artist: text(&exif, Tag::Artist),
            copyright: text(&exif, Tag::Copyright),
        }
    }

    /// Width and height as shown.
    pub(super) fn shown(&self, width: u32, height: u32) -> (u32, u32) {
        if self.orientation >= 5 { (height, width) } else { (width, height) }
    }
}

pub(super) fn orientation_of(exif: Vec<u8>) -> u8 {
    parse(exif).map_or(1, |exif| orientation(&exif))
}

fn parse(data: Vec<u8>) -> Option<Exif> {
    exif::Reader::new().continue_on_error(true).read_raw(data).or_else(|error| error.distill_partial_result(|_| {})).ok()
}

fn orientation(exif: &Exif) -> u8 {
    match uint(exif, Tag::Orientation) {
        Some(value @ 1..=8) => value as u8,
        _ => 1,
    }
}

fn uint(exif: &Exif, tag: Tag) -> Option<u32> {
    exif.get_field(tag, In::PRIMARY)?.value.get_uint(0)
}

fn positive(exif: &Exif, tag: Tag) -> Option<f64> {
    match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Rational(values) => values.first().map(Rational::to_f64).filter(|value| value.is_finite() && *value > 0.0 && *value < 1e6),
        _ => None,
    }
}

fn text(exif: &Exif, tag: Tag) -> Option<String> {
    let Value::Ascii(parts) = &exif.get_field(tag, In::PRIMARY)?.value else { return None };
    // "ASCII" is UTF-8 from phones and Latin-1 from older cameras.
    let words = parts.iter().map(|part| match std::str::from_utf8(part) {
        Ok(text) => text.to_owned(),
        Err(_) => part.iter().map(|&byte| char::from(byte)).collect(),
    });
    plain(&words.collect::<Vec<_>>().join(" "))
}

/// One line without control characters and without those that turn the direction of writing.
fn plain(text: &str) -> Option<String> {
    let turns = |c: char| matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}');
    let kept: String = text.chars().map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c }).filter(|&c| !turns(c)).collect();
    let line: String = kept.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST).collect();
    (!line.is_empty()).then_some(line)
}

/// "Canon" and "Canon EOS R5" is one camera, not two words twice.
fn camera(make: Option<String>, model: Option<String>) -> Option<String> {
    match (make, model) {
        (Some(make), Some(model)) => {
            let brand = make.split_whitespace().next().unwrap_or_default().to_lowercase();
            if model.to_lowercase().starts_with(&brand) { Some(model) } else { plain(&format!("{make} {model}")) }
        }
        (make, model) => model.or(make),
    }
}

fn exposure(seconds: f64) -> String {
    if seconds < 0.3 { format!("1/{:.0} s", 1.0 / seconds) } else { format!("{} s", tenths(seconds)) }
}

fn tenths(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").unwrap_or(&text).to_owned()
}

/// "2026:06:14 15:04:05" with every part possible.
fn wall_time(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let shape =
        bytes.len() >= 19 && [4, 7].iter().all(|&at| matches!(bytes[at], b':' | b'-' | b'/')) && bytes[13] == b':' && bytes[16] == b':';
    if !shape {
        return None;
    }
    let number =
        |from: usize, to: usize| text.get(from..to).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?.parse::<u32>().ok();
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    let possible = (1826..=9998).contains(&year) && (1..=days).contains(&day) && hour < 24 && minute < 60 && second < 60;
    possible.then(|| format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"))
}

fn gps(exif: &Exif) -> Option<(f64, f64)> {
    let degrees = |place: Tag, side: Tag, negative: &str, most: f64| {
        let Value::Rational(parts) = &exif.get_field(place, In::PRIMARY)?.value else { return None };
        let part = |index: usize| parts.get(index).map_or(0.0, Rational::to_f64);
        let value = part(0) + part(1) / 60.0 + part(2) / 3600.0;
        let signed = if text(exif, side)?.eq_ignore_ascii_case(negative) { -value } else { value };
        (value.is_finite() && value <= most).then_some(signed)
    };
    let north = degrees(Tag::GPSLatitude, Tag::GPSLatitudeRef, "S", 90.0)?;
    let east = degrees(Tag::GPSLongitude, Tag::GPSLongitudeRef, "W", 180.0)?;
    // Null island is what a receiver writes before it has found itself.
    ((north, east) != (0.0, 0.0)).then_some((north, east))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impossible_dates_are_no_dates() {
        assert_eq!(wall_time("2026:06:14 15:04:05").as_deref(), Some("2026-06-14T15:04:05"));
        assert_eq!(wall_time("2024:02:29 00:00:00").as_deref(), Some("2024-02-29T00:00:00"));
        for wrong in [
            "0000:00:00 00:00:00",
            "9999:99:99 99:99:99",
            "2026:02:29 00:00:00",
            "2026:06:14 24:00:00",
            "    :  :     :  :  ",
            "2026:06:1",
            "２０２６:06:14 15:04:05",
        ] {
            assert_eq!(wall_time(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn text_is_one_plain_line() {
        assert_eq!(plain(" A\0B\u{202e}gnp.exe\r\n").as_deref(), Some("A Bgnp.exe"));
        assert_eq!(plain("\u{feff}  \0"), None);
        assert_eq!(plain(&"é".repeat(500)).map(|text| text.chars().count()), Some(200));
    }

    #[test]
    fn settings_read_as_photographers_write_them() {
        assert_eq!(exposure(0.004), "1/250 s");
        assert_eq!(exposure(0.5), "0.5 s");
        assert_eq!(exposure(30.0), "30 s");
        assert_eq!(tenths(2.8), "2.8");
        assert_eq!(tenths(85.0), "85");
        assert_eq!(camera(Some("Canon".into()), Some("Canon EOS R5".into())).as_deref(), Some("Canon EOS R5"));
        assert_eq!(camera(Some("NIKON CORPORATION".into()), Some("NIKON Z 9".into())).as_deref(), Some("NIKON Z 9"));
        assert_eq!(camera(Some("SONY".into()), Some("ILCE-7M4".into())).as_deref(), Some("SONY ILCE-7M4"));
    }
}
