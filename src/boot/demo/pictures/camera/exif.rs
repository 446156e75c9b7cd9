//! EXIF as a camera writes it: a little TIFF (little-endian) with three directories, IFD0, Exif and GPS.

use crate::boot::demo::pictures::Shot;

const BYTE: u16 = 1;
const ASCII: u16 = 2;
const SHORT: u16 = 3;
const LONG: u16 = 4;
const RATIONAL: u16 = 5;
const UNDEFINED: u16 = 7;

/// The payload of APP1, "Exif\0\0" included. `stored` is the size of the pixels in the file.
pub fn app1(shot: &Shot, stored: (u32, u32), place: Option<(f64, f64)>) -> Vec<u8> {
    let (make, model) = shot.camera.split_once(' ').unwrap_or((shot.camera, shot.camera));
    let mut first = Directory::default();
    first.text(0x010F, make);
    first.text(0x0110, model);
    first.add(0x0112, SHORT, 1, &u16::from(shot.orientation).to_le_bytes());
    first.rationals(0x011A, &[(300, 1)]);
    first.rationals(0x011B, &[(300, 1)]);
    first.add(0x0128, SHORT, 1, &2u16.to_le_bytes());
    first.text(0x0132, &shot.taken_at);

    let mut exposure = Directory::default();
    exposure.rationals(0x829A, &[shot.shutter]);
    exposure.rationals(0x829D, &[(shot.aperture_tenths, 10)]);
    exposure.add(0x8827, SHORT, 1, &(shot.iso.min(65_535) as u16).to_le_bytes());
    exposure.add(0x9000, UNDEFINED, 4, b"0232");
    exposure.text(0x9003, &shot.taken_at);
    exposure.text(0x9004, &shot.taken_at);
    exposure.rationals(0x920A, &[(shot.focal_mm, 1)]);
    exposure.add(0xA001, SHORT, 1, &1u16.to_le_bytes());
    exposure.add(0xA002, LONG, 1, &stored.0.to_le_bytes());
    exposure.add(0xA003, LONG, 1, &stored.1.to_le_bytes());
    exposure.text(0xA434, shot.lens);

    let gps = place.map(position);
    // IFD0 points to the others, so its own size has to be known first: pointers are one inline entry each.
    let pointers = 1 + usize::from(gps.is_some());
    let exposure_at = 8 + first.size_with(pointers);
    let gps_at = exposure_at + exposure.size_with(0);
    first.add(0x8769, LONG, 1, &(exposure_at as u32).to_le_bytes());
    if gps.is_some() {
        first.add(0x8825, LONG, 1, &(gps_at as u32).to_le_bytes());
    }

    let mut app1 = b"Exif\0\0II\x2A\0\x08\0\0\0".to_vec();
    app1.extend(first.written(8));
    app1.extend(exposure.written(exposure_at));
    if let Some(gps) = gps {
        app1.extend(gps.written(gps_at));
    }
    app1
}

/// Degrees north and east as GPS entries.
fn position((north, east): (f64, f64)) -> Directory {
    let dms = |degrees: f64| {
        let seconds = (degrees.abs() * 360_000.0).round() as u32;
        [(seconds / 360_000, 1), (seconds / 6_000 % 60, 1), (seconds % 6_000, 100)]
    };
    let mut gps = Directory::default();
    gps.add(0, BYTE, 4, &[2, 3, 0, 0]);
    gps.text(1, if north < 0.0 { "S" } else { "N" });
    gps.rationals(2, &dms(north));
    gps.text(3, if east < 0.0 { "W" } else { "E" });
    gps.rationals(4, &dms(east));
    gps
}

/// Entries in the order of their tags; values above four bytes follow the entries.
#[derive(Default)]
struct Directory(Vec<(u16, u16, u32, Vec<u8>)>);

impl Directory {
    fn add(&mut self, tag: u16, kind: u16, count: u32, value: &[u8]) {
        self.0.push((tag, kind, count, value.to_vec()));
    }

    fn text(&mut self, tag: u16, text: &str) {
        let bytes = [text.as_bytes(), b"\0"].concat();
        self.add(tag, ASCII, bytes.len() as u32, &bytes);
    }

    fn rationals(&mut self, tag: u16, fractions: &[(u32, u32)]) {
        let bytes: Vec<u8> = fractions.iter().flat_map(|(n, d)| [n.to_le_bytes(), d.to_le_bytes()].concat()).collect();
        self.add(tag, RATIONAL, fractions.len() as u32, &bytes);
    }

    /// Bytes on disk, once `more` inline entries have been added.
    fn size_with(&self, more: usize) -> usize {
        let values: usize = self.0.iter().map(|e| e.3.len()).filter(|&n| n > 4).map(|n| n + n % 2).sum();
        6 + (self.0.len() + more) * 12 + values
    }

    fn written(&self, at: usize) -> Vec<u8> {
        let mut entries = (self.0.len() as u16).to_le_bytes().to_vec();
        let mut values = Vec::new();
        let values_at = at + 6 + self.0.len() * 12;
        for (tag, kind, count, value) in &self.0 {
            entries.extend(tag.to_le_bytes());
            entries.extend(kind.to_le_bytes());
            entries.extend(count.to_le_bytes());
            if value.len() <= 4 {
                entries.extend(value);
                entries.resize(entries.len() + 4 - value.len(), 0);
            } else {
                entries.extend(((values_at + values.len()) as u32).to_le_bytes());
                values.extend(value);
                values.resize(values.len() + values.len() % 2, 0);
            }
        }
        entries.extend([0; 4]);
        [entries, values].concat()
    }
}
