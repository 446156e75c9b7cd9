//! What the demo studio promises about its files.

use super::*;

fn small(subject: Subject, orientation: u8) -> Shot {
    let mut shot = demo_shots(DemoGallery::Wedding).remove(0);
    (shot.subject, shot.width, shot.height, shot.orientation) = (subject, 64, 96, orientation);
    shot
}

/// The value of an inline SHORT entry anywhere in the EXIF block.
fn short_entry(file: &[u8], tag: u16) -> Option<u16> {
    let needle = [tag.to_le_bytes(), 3u16.to_le_bytes(), [1, 0], [0, 0]].concat();
    let at = file.windows(8).position(|w| w == needle)?;
    Some(u16::from_le_bytes([file[at + 8], file[at + 9]]))
}

#[test]
fn the_same_seed_paints_the_same_file() {
    let shot = small(Subject::LakeJetty, 1);
    let other = Shot { seed: shot.seed + 1, ..shot.clone() };
    assert_eq!(develop_shot(&shot), develop_shot(&shot));
    assert_ne!(develop_shot(&shot), develop_shot(&other));
}

#[test]
fn a_turned_camera_stores_turned_pixels_and_says_so() -> Result<(), image::ImageError> {
    let upright = image::load_from_memory(&develop_shot(&small(Subject::TreeAtSunset, 1)))?.to_rgb8();
    for orientation in [6, 8] {
        let file = develop_shot(&small(Subject::TreeAtSunset, orientation));
        let stored = image::load_from_memory(&file)?.to_rgb8();
        assert_eq!(stored.dimensions(), (96, 64));
        assert_eq!(short_entry(&file, 0x0112), Some(u16::from(orientation)));
        let shown = if orientation == 6 { image::imageops::rotate90(&stored) } else { image::imageops::rotate270(&stored) };
        let apart: u64 = shown.as_raw().iter().zip(upright.as_raw()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
        assert!(apart / (64 * 96 * 3) < 6, "orientation {orientation} is not shown upright");
    }
    Ok(())
}

#[test]
fn sixty_shots_of_camera_size_with_seeds_of_their_own() {
    let shots: Vec<Shot> = DemoGallery::ALL.into_iter().flat_map(demo_shots).collect();
    assert_eq!(shots.len(), 60);
    let seeds: std::collections::HashSet<u64> = shots.iter().map(|s| s.seed).collect();
    assert_eq!(seeds.len(), 60);
    for shot in &shots {
        let pixels = u64::from(shot.width) * u64::from(shot.height);
        assert!((6_000_000..=24_000_000).contains(&pixels), "{shot:?}");
        assert_eq!(shot.taken_at.len(), 19);
    }
}

#[test]
fn every_subject_becomes_a_jpeg_that_opens() -> Result<(), image::ImageError> {
    let mut seen = Vec::new();
    for shot in DemoGallery::ALL.into_iter().flat_map(demo_shots) {
        if !seen.contains(&shot.subject) {
            seen.push(shot.subject);
            let picture = image::load_from_memory(&develop_shot(&Shot { width: 60, height: 40, orientation: 1, ..shot }))?;
            assert_eq!((picture.width(), picture.height()), (60, 40));
        }
    }
    assert!(seen.len() >= 18);
    Ok(())
}
