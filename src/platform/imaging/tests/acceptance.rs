use super::super::testing::{gif, jpeg, located_jpeg, pixels, png, progressive_jpeg, tiff, turned_jpeg, webp, with_segment};
use super::*;
use crate::platform::imaging::{Format, look};
use image::ExtendedColorType::Rgb8;

fn words(bytes: &[u8]) -> String {
    accepted(bytes).map(|accepted| format!("{accepted:?}")).unwrap_err().to_string()
}

#[test]
fn every_kind_of_photograph_is_known_by_its_content() {
    let rows = pixels(64, 48);
    let files = [
        (Format::Jpeg, jpeg(64, 48)),
        (Format::Jpeg, progressive_jpeg(64, 48)),
        (Format::Png, png(&rows, 64, 48, Rgb8, None)),
        (Format::WebP, webp(&rows, 64, 48, Rgb8)),
        (Format::Tiff, tiff(&rows, 64, 48, Rgb8)),
        (Format::Gif, gif(&rows, 64, 48)),
    ];
    for (format, file) in files {
        let accepted = accepted(&file).unwrap();
        assert_eq!((accepted.format, accepted.width, accepted.height), (format, 64, 48));
    }
}

#[test]
fn the_camera_is_heard() {
    let facts = accepted(&located_jpeg(60, 40)).unwrap().facts;
    assert_eq!(facts.camera.as_deref(), Some("Canon EOS R5"));
    assert_eq!(facts.lens.as_deref(), Some("RF85mm F1.2 L USM"));
    assert_eq!((facts.exposure.as_deref(), facts.aperture.as_deref()), (Some("1/250 s"), Some("f/2.8")));
    assert_eq!((facts.iso, facts.focal_length.as_deref()), (Some(400), Some("85 mm")));
    assert_eq!(facts.taken_at.as_deref(), Some("2026-06-14T15:04:05"));
    assert_eq!(facts.artist.as_deref(), Some("Jane Roe"));
    let (north, east) = facts.gps.unwrap();
    assert!((north - 52.52).abs() < 1e-6 && (east - 13.405).abs() < 1e-6);
}

#[test]
fn the_size_is_told_as_shown_and_an_orientation_that_does_not_exist_counts_as_upright() {
    let turned = accepted(&turned_jpeg(80, 40, 6)).unwrap();
    assert_eq!((turned.header.width, turned.header.height), (40, 80));
    assert_eq!((turned.width, turned.height), (80, 40));
    let odd = accepted(&turned_jpeg(80, 40, 9)).unwrap();
    assert_eq!((odd.width, odd.height, odd.facts.orientation), (80, 40, 1));
}

#[test]
fn a_torn_upload_is_refused_wherever_it_tore() {
    let rows = pixels(64, 48);
    for file in [jpeg(64, 48), progressive_jpeg(64, 48), png(&rows, 64, 48, Rgb8, None), webp(&rows, 64, 48, Rgb8), gif(&rows, 64, 48)] {
        for part in [1, 10, 50, 75, 90, 99] {
            let torn = &file[..file.len() * part / 100];
            assert!(accepted(torn).is_err(), "{part} % of {:?}", &file[..4]);
        }
    }
    assert_eq!(words(&jpeg(64, 48)[..700]), "the file is cut off");
    assert_eq!(words(b""), "the file is cut off");
}

#[test]
fn a_header_that_promises_too_much_is_refused_before_any_memory_is_taken() {
    let mut huge = jpeg(64, 48);
    let frame = huge.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    huge[frame + 5..frame + 9].copy_from_slice(&[0xFF, 0xDC, 0xFF, 0xDC]);
    assert_eq!(words(&huge), "4290 megapixels is more than the 200 this studio accepts");

    let mut huge = png(&pixels(8, 8), 8, 8, Rgb8, None);
    huge[16..24].copy_from_slice(&[0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF]);
    let checksum = crc32(&huge[12..29]).to_be_bytes();
    huge[29..33].copy_from_slice(&checksum);
    assert!(words(&huge).contains("4294 megapixels"));
}

/// Bitwise; the tests need it once.
pub(super) fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, &byte| (0..8).fold(crc ^ u32::from(byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg())))
}

#[test]
fn a_picture_that_needs_more_memory_than_allowed_is_refused_by_its_header() {
    let file = on_disk(&progressive_jpeg(900, 900));
    let header = look(file.path(), &Limits::default()).unwrap();
    let plain = look(on_disk(&jpeg(900, 900)).path(), &Limits::default()).unwrap();
    assert!(header.memory_to_develop() > plain.memory_to_develop() + 900 * 900 * 5, "the coefficients count");
    let tight = Limits { max_memory: header.memory_to_develop() - 1, ..Limits::default() };
    assert!(accept(file.path(), &tight).unwrap_err().to_string().contains("of memory"));
}

#[test]
fn what_is_not_a_photograph_is_refused_whatever_it_is_called() {
    for text in [
        "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>",
        "<html><script>alert(1)</script>",
        "PK\u{3}\u{4}zip",
        "MZ\u{0}exe",
        "%!PS-Adobe-3.0",
        "push graphic-context",
    ] {
        assert_eq!(words(text.as_bytes()), "this is not a photograph we can read (JPEG, PNG, WebP, TIFF or GIF)");
    }
    assert!(words(b"GIF89a/*\0\0\0\0\0\0\0\0*/=1;alert(1);//").starts_with("the file is damaged"));
    assert!(words(b"\0\0\0\x18ftypheic\0\0\0\0").contains("HEIC"));
    assert!(accept(&missing(), &Limits::default()).is_err());
}

#[test]
fn what_stands_behind_the_picture_is_tolerated() {
    let picture = jpeg(64, 48);
    for tail in [&b"<html><script>alert(1)</script>"[..], b"PK\x03\x04", &picture] {
        assert!(accepted(&[&picture, tail].concat()).is_ok());
    }
}

#[test]
fn broken_metadata_never_costs_the_photograph() {
    let endless = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x08\0\0\0\x08\0\0\0";
    let huge = [&b"Exif\0\0II*\0\x08\0\0\0\xff\xff"[..], &b"\x0f\x01\x02\0\xff\xff\xff\x7f\x1a\0\0\0".repeat(3)].concat();
    let profile = [&b"ICC_PROFILE\0\x01\x01"[..], &[7; 5000]].concat();
    for (marker, content) in [(0xE1, &endless[..]), (0xE1, &huge), (0xE1, b"Exif\0\0"), (0xE2, &profile), (0xFE, b"<?php ?>")] {
        let file = with_segment(&jpeg(64, 48), marker, content);
        assert_eq!(accepted(&file).unwrap().facts, Default::default());
        developed(&file, None);
    }
}

/// A cheap relative of fuzzing: any single flipped byte ends in a picture or in a refusal.
#[test]
fn no_flipped_byte_ends_the_worker() {
    let rows = pixels(24, 16);
    for file in
        [located_jpeg(24, 16), png(&rows, 24, 16, Rgb8, None), tiff(&rows, 24, 16, Rgb8), webp(&rows, 24, 16, Rgb8), gif(&rows, 24, 16)]
    {
        for place in (0..file.len()).step_by(7) {
            let mut rotten = file.clone();
            rotten[place] ^= 0x5A;
            let disk = on_disk(&rotten);
            if accept(disk.path(), &Limits::default()).is_ok() {
                let _ = develop(disk.path(), &Limits::default(), None);
            }
        }
    }
}
