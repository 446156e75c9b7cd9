use super::super::testing::{jpeg, jpeg_of};
use super::*;
use crate::platform::imaging::{MarkStyle, Place, mark_again};

/// The mark covers a clear share of every square of 256 pixels.
#[track_caller]
fn assert_covered(clean: &Picture, marked: &Picture) {
    let (clean, marked) = (Seen::of(clean), Seen::of(marked));
    let (width, height) = (clean.width, clean.height);
    // Summed from the top left, so that every square costs four look-ups.
    let mut sums = vec![0u32; (width + 1) * (height + 1)];
    for y in 0..height {
        let (mut row, start) = (0, y * width * 3);
        for x in 0..width {
            row += u32::from(clean.pixels[start + x * 3].abs_diff(marked.pixels[start + x * 3]) >= 6);
            sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row;
        }
    }
    let sum = |x: usize, y: usize| sums[y * (width + 1) + x];
    let (across, down) = (width.min(256), height.min(256));
    for top in (0..=height - down).step_by(29) {
        for left in (0..=width - across).step_by(29) {
            let changed = sum(left + across, top + down) + sum(left, top) - sum(left + across, top) - sum(left, top + down);
            let share = f64::from(changed) / (across * down) as f64;
            assert!(share > 0.02, "only {share:.3} of the square at {left},{top} is marked");
        }
    }
}

const PAIRS: [(Variant, Variant); 3] =
    [(Variant::Web2048, Variant::Marked2048), (Variant::Web1024, Variant::Marked1024), (Variant::Thumb, Variant::MarkedThumb)];

#[test]
fn every_crop_of_a_marked_picture_shows_the_mark() {
    let file = jpeg(2048, 320);
    for (text, style) in [
        ("x", MarkStyle::Tiled),
        ("© Zoë Łuczak Fotografia · all rights reserved, not for print", MarkStyle::Tiled),
        ("Jane Roe", MarkStyle::Placed(Place::LowerThird)),
    ] {
        let developed = developed(&file, Some(&Mark::draw(text, style, 40)));
        for (clean, marked) in PAIRS {
            assert_covered(picture(&developed, clean), picture(&developed, marked));
        }
    }
}

#[test]
fn the_clean_pictures_are_the_same_with_and_without_a_mark() {
    let file = jpeg(600, 400);
    let (without, with) = (developed(&file, None), developed(&file, Some(&Mark::draw("PREVIEW", MarkStyle::Tiled, 40))));
    for (clean, marked) in PAIRS {
        assert_eq!(picture(&without, clean).bytes, picture(&with, clean).bytes);
        assert_ne!(picture(&with, clean).bytes, picture(&with, marked).bytes);
        assert!(without.pictures.iter().all(|one| one.variant != marked));
    }
}

#[test]
fn the_mark_shows_on_snow_and_on_night() {
    for level in [0, 255] {
        let developed = developed(&jpeg_of(&vec![level; 600 * 400 * 3], 600, 400), Some(&Mark::draw("PREVIEW", MarkStyle::Tiled, 40)));
        assert_covered(picture(&developed, Variant::Web2048), picture(&developed, Variant::Marked2048));
    }
}

#[test]
fn a_placed_mark_stands_where_it_was_put() {
    let file = jpeg_of(&vec![90; 600 * 600 * 3], 600, 600);
    let most = [
        (Place::TopLeft, (0, 0)),
        (Place::TopRight, (400, 0)),
        (Place::BottomLeft, (0, 400)),
        (Place::BottomRight, (400, 400)),
        (Place::Centre, (200, 200)),
        (Place::LowerThird, (200, 400)),
    ];
    for (place, (left, top)) in most {
        let developed = developed(&file, Some(&Mark::draw("Jane Roe", MarkStyle::Placed(place), 90)));
        let seen = Seen::of(picture(&developed, Variant::Marked2048));
        let bright = |left: usize, top: usize| {
            (top..top + 200)
                .flat_map(|y| (left..left + 200).map(move |x| (y, x)))
                .filter(|&(y, x)| seen.pixels[(y * 600 + x) * 3] > 200)
                .count()
        };
        let here = bright(left, top);
        for (other, (left, top)) in most {
            let apart = other == place || matches!((place, other), (Place::LowerThird, _) | (_, Place::LowerThird));
            assert!(apart || here > bright(left, top) * 2, "{place:?} against {other:?}");
        }
    }
}

#[test]
fn any_text_can_be_drawn() {
    let file = jpeg(180, 120);
    for text in ["", "   ", "{{7*7}}", "日本語 📸", "\u{202e}gnp", "a\0b\nc", &"W".repeat(5000)] {
        for style in [MarkStyle::Tiled, MarkStyle::Placed(Place::LowerThird), MarkStyle::Placed(Place::BottomRight)] {
            let developed = developed(&file, Some(&Mark::draw(text, style, 200)));
            assert_covered(picture(&developed, Variant::Web2048), picture(&developed, Variant::Marked2048));
        }
    }
}

#[test]
fn marking_again_from_the_clean_picture_is_as_good_as_from_the_original() {
    let mark = Mark::draw("PREVIEW", MarkStyle::Tiled, 40);
    let first = developed(&jpeg(2048, 240), Some(&mark));
    let again = mark_again(&picture(&first, Variant::Web2048).bytes, &mark).unwrap();
    assert_eq!(again.iter().map(|one| one.variant).collect::<Vec<_>>(), [Variant::Marked2048, Variant::Marked1024, Variant::MarkedThumb]);
    for one in &again {
        let (a, b) = (Seen::of(one), Seen::of(picture(&first, one.variant)));
        let squares: f64 = a.pixels.iter().zip(&b.pixels).map(|(a, b)| f64::from(a.abs_diff(*b)).powi(2)).sum();
        let decibel = 10.0 * (255.0 * 255.0 * a.pixels.len() as f64 / squares.max(1.0)).log10();
        assert!(decibel > 40.0, "{:?}: {decibel:.1} dB", one.variant);
    }
}
