use super::super::testing::{
    cmyk_jpeg, gif, grey_jpeg, jpeg, jpeg_of, located_jpeg, pixels, png, progressive_jpeg, tiff, turned_jpeg, webp, with_icc,
};
use super::*;
use image::ExtendedColorType::{L16, La8, Rgb8, Rgb16, Rgba8};
use moxcms::ColorProfile;

fn web(bytes: &[u8]) -> Seen {
    Seen::of(picture(&developed(bytes, None), Variant::Web2048))
}

#[test]
fn every_orientation_shows_the_box_at_the_top_left() {
    for orientation in 1..=8 {
        let developed = developed(&turned_jpeg(160, 96, orientation), None);
        assert_eq!((developed.width, developed.height), (160, 96));
        for one in &developed.pictures {
            assert_eq!((one.width, one.height), (160, 96), "orientation {orientation}");
            assert_upright(&Seen::of(one));
        }
    }
}

#[test]
fn every_kind_of_file_shows_the_same_picture() {
    let rows = pixels(96, 64);
    let wide: Vec<u8> = rows.iter().flat_map(|&value| (u16::from(value) * 257).to_ne_bytes()).collect();
    let clear: Vec<u8> = rows.chunks_exact(3).flat_map(|pixel| [pixel[0], pixel[1], pixel[2], 255]).collect();
    let files = [
        jpeg(96, 64),
        progressive_jpeg(96, 64),
        cmyk_jpeg(96, 64),
        png(&rows, 96, 64, Rgb8, None),
        png(&wide, 96, 64, Rgb16, None),
        png(&clear, 96, 64, Rgba8, None),
        tiff(&rows, 96, 64, Rgb8),
        tiff(&wide, 96, 64, Rgb16),
        webp(&rows, 96, 64, Rgb8),
        webp(&clear, 96, 64, Rgba8),
        gif(&rows, 96, 64),
    ];
    for file in files {
        let seen = web(&file);
        assert_upright(&seen);
        assert_near(seen.at(6, 4), [60 + 90, 110, 140], 14);
    }
}

#[test]
fn a_palette_keeps_its_colours_and_its_transparency_is_white() {
    // Two entries, the second fully transparent, by hand: the encoder knows no palettes.
    let rows: Vec<u8> = (0..16u8).flat_map(|_| [&[0][..], &[0; 8], &[1; 8]].concat()).collect();
    let parts: [(&[u8; 4], Vec<u8>); 5] = [
        (b"IHDR", vec![0, 0, 0, 16, 0, 0, 0, 16, 8, 3, 0, 0, 0]),
        (b"PLTE", vec![200, 30, 30, 0, 0, 0]),
        (b"tRNS", vec![255, 0]),
        (b"IDAT", stored(&rows)),
        (b"IEND", vec![]),
    ];
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, content) in parts {
        let named = [&kind[..], &content].concat();
        file.extend((content.len() as u32).to_be_bytes());
        file.extend(&named);
        file.extend(super::acceptance::crc32(&named).to_be_bytes());
    }
    let seen = web(&file);
    assert_near(seen.at(2, 4), [200, 30, 30], 14);
    assert_near(seen.at(6, 4), [255, 255, 255], 14);
}

/// A zlib stream of one block without compression.
fn stored(bytes: &[u8]) -> Vec<u8> {
    let length = bytes.len() as u16;
    let (a, b) = bytes.iter().fold((1u32, 0u32), |(a, b), &byte| ((a + u32::from(byte)) % 65_521, (a + b + u32::from(byte)) % 65_521));
    [&[0x78, 1, 1][..], &length.to_le_bytes(), &(!length).to_le_bytes(), bytes, &(b << 16 | a).to_be_bytes()].concat()
}

#[test]
fn alpha_lies_over_white() {
    let glass = [0, 0, 0, 0].repeat(32 * 32);
    assert_near(web(&png(&glass, 32, 32, Rgba8, None)).at(4, 4), [255; 3], 2);
    let half = [0, 128].repeat(32 * 32);
    assert_near(web(&png(&half, 32, 32, La8, None)).at(4, 4), [127; 3], 2);
}

#[test]
fn grey_stays_grey() {
    assert_near(web(&grey_jpeg(40, 40, 90)).at(4, 4), [90; 3], 2);
    let wide: Vec<u8> = (90u16 * 257).to_ne_bytes().repeat(40 * 40);
    assert_near(web(&png(&wide, 40, 40, L16, None)).at(4, 4), [90; 3], 2);
    assert_near(web(&tiff(&wide, 40, 40, L16)).at(4, 4), [90; 3], 2);
}

#[test]
fn a_wide_profile_becomes_srgb_and_an_srgb_one_changes_nothing() {
    let adobe = ColorProfile::new_adobe_rgb().encode().unwrap();
    // 150, 100, 80 in AdobeRGB(1998) is 165, 99, 78 in sRGB.
    let rows = [150, 100, 80].repeat(48 * 48);
    assert_near(web(&with_icc(&jpeg_of(&rows, 48, 48), &adobe)).at(4, 4), [165, 99, 78], 4);
    assert_near(web(&png(&rows, 48, 48, Rgb8, Some(adobe))).at(4, 4), [165, 99, 78], 4);
    let srgb = ColorProfile::new_srgb().encode().unwrap();
    assert_near(web(&with_icc(&jpeg_of(&rows, 48, 48), &srgb)).at(4, 4), [150, 100, 80], 3);
}

#[test]
fn a_profile_made_for_other_channels_is_passed_over() {
    let adobe = ColorProfile::new_adobe_rgb().encode().unwrap();
    assert_near(web(&with_icc(&grey_jpeg(40, 40, 90), &adobe)).at(4, 4), [90; 3], 2);
    assert_upright(&web(&with_icc(&cmyk_jpeg(96, 64), &adobe)));
}

#[test]
fn nothing_the_camera_wrote_leaves_with_a_picture() {
    let developed = developed(&located_jpeg(600, 400), Some(&Mark::draw("x", crate::platform::imaging::MarkStyle::Tiled, 40)));
    assert_eq!(developed.pictures.len(), 6);
    for one in &developed.pictures {
        // SOI and JFIF's own header, then the tables: no APP1, no APP2, no comment.
        assert_eq!(one.bytes[..4], [0xFF, 0xD8, 0xFF, 0xE0]);
        assert!(!one.bytes.windows(4).any(|four| matches!(four, b"Exif" | b"Cano" | b"Jane" | b"ICC_")));
        assert!(!one.bytes.windows(2).any(|two| matches!(two, [0xFF, 0xE1..=0xEF | 0xFE])));
    }
}

#[test]
fn sizes_go_down_and_never_up() {
    let large = developed(&jpeg(2560, 320), None);
    let sizes: Vec<_> = large.pictures.iter().map(|one| (one.variant.as_str(), one.width, one.height)).collect();
    assert_eq!(sizes, [("web-2048", 2048, 256), ("web-1024", 1024, 128), ("thumb", 400, 50)]);
    assert_upright(&Seen::of(picture(&large, Variant::Thumb)));
    assert!((5..=30).contains(&large.thumbhash.len()));
    let small = developed(&jpeg(300, 200), None);
    assert!(small.pictures.iter().all(|one| (one.width, one.height) == (300, 200)));
}

#[test]
fn a_thread_of_a_picture_still_has_a_pixel() {
    for (width, height) in [(1, 8000), (12_000, 2), (1, 1)] {
        let developed = developed(&jpeg(width, height), Some(&Mark::draw("PREVIEW", crate::platform::imaging::MarkStyle::Tiled, 40)));
        assert_eq!((developed.width, developed.height), (width, height));
        assert!(
            developed.pictures.iter().all(|one| one.width > 0 && one.height > 0 && one.width.max(one.height) <= one.variant.long_side())
        );
    }
}
