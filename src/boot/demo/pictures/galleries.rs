//! The studio's six galleries: which photographs they hold, in the order of the shoot.

use super::Shot;
use super::scenes::figure::Pose::{Gown, Hat, Nape};
use super::scenes::highlands::Country::{Dunes, GoldenHills, Heather, Mountains, Road, Shafts};
use super::scenes::sea::Mood::{Ember, Pastel, Steel};
use super::scenes::still_life::Table::{Bottle, BowlOfFruit, Eggs, Jug, Lemons, Pears, Rings};
use super::subject::Subject::{self, *};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DemoGallery {
    Wedding,
    Highlands,
    Portraits,
    StillLifes,
    Lisbon,
    Coast,
}

impl DemoGallery {
    pub const ALL: [Self; 6] = [Self::Wedding, Self::Highlands, Self::Portraits, Self::StillLifes, Self::Lisbon, Self::Coast];

    pub fn title(self) -> &'static str {
        match self {
            Self::Wedding => "Ada & Ben — a wedding by the lake",
            Self::Highlands => "Highlands in October",
            Self::Portraits => "Studio portraits",
            Self::StillLifes => "Still lifes",
            Self::Lisbon => "Architecture, Lisbon light",
            Self::Coast => "Coast, long exposures",
        }
    }
}

/// Body, lens, focal length, aperture × 10, exposure and ISO that belong together.
type Kit = (&'static str, &'static str, u32, u32, (u32, u32), u32);

const WIDE: Kit = (FULL, "Halden 16-35mm f/2.8 S", 24, 80, (1, 125), 100);
const STANDARD: Kit = (FULL, "Halden 35mm f/1.4 S", 35, 28, (1, 250), 200);
const NIGHT: Kit = (FULL, "Halden 50mm f/1.2 S", 50, 14, (1, 80), 3200);
const TELE: Kit = (FULL, "Halden 70-200mm f/2.8 S", 135, 56, (1, 320), 200);
const MACRO: Kit = (FULL, "Halden 90mm f/2.8 Macro S", 90, 35, (1, 200), 400);
const STUDIO: Kit = (FULL, "Halden 85mm f/1.4 S", 85, 56, (1, 160), 100);
const TABLE: Kit = (SQUARE, "Norrvik 60mm f/2.8", 60, 80, (1, 4), 160);
const STREET: Kit = (SQUARE, "Norrvik 23mm f/2", 23, 80, (1, 500), 160);
const SLOW: Kit = (FULL, "Halden 24-70mm f/2.8 S", 35, 110, (90, 1), 64);
const STARS: Kit = (FULL, "Halden 16-35mm f/2.8 S", 16, 28, (2400, 1), 800);
const FULL: &str = "Halden M4";
const SQUARE: &str = "Norrvik N40";

/// Sizes in pixels, upright or not by the shot.
const BIG: (u32, u32) = (6000, 4000);
const GOOD: (u32, u32) = (4896, 3264);
const LIGHT: (u32, u32) = (3888, 2592);
const FOUR_THIRDS: (u32, u32) = (4608, 3456);
const SMALL: (u32, u32) = (3264, 2448);

/// Seed, subject, kit, size, tall?, and the time of day.
type Frame = (u64, Subject, Kit, (u32, u32), bool, &'static str);

/// The gallery's photographs; the first is its cover.
pub fn demo_shots(gallery: DemoGallery) -> Vec<Shot> {
    let (day, frames) = match gallery {
        DemoGallery::Wedding => ("2026:06:13", wedding()),
        DemoGallery::Highlands => ("2025:10:18", highlands()),
        DemoGallery::Portraits => ("2026:03:05", portraits()),
        DemoGallery::StillLifes => ("2026:01:24", still_lifes()),
        DemoGallery::Lisbon => ("2026:04:19", lisbon()),
        DemoGallery::Coast => ("2025:11:08", coast()),
    };
    frames.into_iter().map(|frame| shot(day, frame)).collect()
}

fn shot(day: &str, (seed, subject, kit, size, tall, time): Frame) -> Shot {
    let (camera, lens, focal_mm, aperture_tenths, shutter, iso) = kit;
    let (width, height) = if tall { (size.1, size.0) } else { size };
    // Tall pictures come from a camera held on its side, either way; one in three bodies turns the pixels itself.
    let orientation = if tall { [6, 8, 1][(seed % 3) as usize] } else { 1 };
    Shot {
        seed,
        subject,
        width,
        height,
        camera,
        lens,
        focal_mm,
        aperture_tenths,
        shutter,
        iso,
        taken_at: format!("{day} {time}"),
        orientation,
    }
}

fn wedding() -> Vec<Frame> {
    vec![
        (101, LakeJetty, WIDE, BIG, false, "05:21:40"),
        (102, LakeAtDawn, WIDE, GOOD, false, "05:34:12"),
        (103, Table(Rings), MACRO, LIGHT, false, "11:02:55"),
        (104, Figure(Gown), STUDIO, GOOD, true, "11:40:03"),
        (105, Roses, MACRO, GOOD, true, "12:15:27"),
        (106, Roses, MACRO, LIGHT, false, "12:18:44"),
        (107, LakeAtDawn, STANDARD, LIGHT, true, "06:02:18"),
        (3108, Land(GoldenHills), TELE, BIG, false, "19:26:31"),
        (109, Land(GoldenHills), TELE, LIGHT, true, "19:41:09"),
        (110, Birds, TELE, GOOD, false, "21:08:50"),
        (111, StringLights, NIGHT, BIG, false, "22:11:36"),
        (112, Candles, NIGHT, LIGHT, false, "22:25:01"),
        (113, StringLights, NIGHT, LIGHT, true, "22:48:20"),
        (114, DanceFloor, NIGHT, GOOD, false, "23:37:15"),
    ]
}

fn highlands() -> Vec<Frame> {
    vec![
        (3201, Land(Shafts), WIDE, BIG, false, "10:12:08"),
        (1202, Land(Heather), WIDE, BIG, false, "17:40:33"),
        (2203, Land(Mountains), TELE, GOOD, false, "11:05:47"),
        (204, TreeInFog, TELE, GOOD, false, "08:02:19"),
        (205, Land(Road), STANDARD, GOOD, false, "12:31:54"),
        (2206, Moonrise, TELE, GOOD, true, "18:22:10"),
        (207, Stacks(Steel), WIDE, LIGHT, false, "14:48:39"),
        (208, Land(Mountains), WIDE, LIGHT, true, "13:15:22"),
        (209, Land(Road), STANDARD, LIGHT, true, "12:44:06"),
        (210, TreeAtSunset, TELE, LIGHT, false, "18:03:51"),
        (211, Land(Heather), STANDARD, LIGHT, true, "17:52:14"),
        (212, Land(Shafts), WIDE, LIGHT, true, "10:26:45"),
    ]
}

fn portraits() -> Vec<Frame> {
    vec![
        (303, Figure(Hat), STUDIO, GOOD, true, "09:42:40"),
        (301, Profile, STUDIO, GOOD, true, "10:05:11"),
        (302, Figure(Nape), STUDIO, GOOD, true, "10:31:29"),
        (304, Profile, STUDIO, LIGHT, false, "11:48:02"),
        (305, Figure(Hat), STUDIO, LIGHT, false, "13:20:37"),
        (306, Figure(Nape), STUDIO, LIGHT, false, "13:55:18"),
        (307, Profile, STUDIO, LIGHT, true, "14:21:56"),
        (308, Figure(Gown), STUDIO, LIGHT, true, "15:02:33"),
        (309, Figure(Nape), STUDIO, LIGHT, true, "15:40:07"),
        (310, Figure(Hat), STUDIO, LIGHT, true, "16:11:25"),
    ]
}

fn still_lifes() -> Vec<Frame> {
    vec![
        (401, Table(Pears), TABLE, FOUR_THIRDS, false, "14:02:00"),
        (402, Table(Lemons), TABLE, FOUR_THIRDS, false, "14:26:41"),
        (403, Table(Bottle), TABLE, SMALL, true, "14:58:12"),
        (404, Table(BowlOfFruit), TABLE, FOUR_THIRDS, false, "15:21:30"),
        (405, Table(Jug), TABLE, SMALL, true, "15:40:55"),
        (406, Table(Eggs), TABLE, SMALL, false, "10:14:09"),
        (407, Table(Bottle), TABLE, SMALL, false, "16:02:48"),
        (408, Table(Lemons), TABLE, SMALL, true, "10:37:26"),
        (409, Table(Jug), TABLE, SMALL, false, "16:30:14"),
        (410, Table(Pears), TABLE, SMALL, true, "16:51:03"),
    ]
}

fn lisbon() -> Vec<Frame> {
    vec![
        (501, Skyline, STREET, FOUR_THIRDS, false, "20:48:22"),
        (502, Stairs, STREET, FOUR_THIRDS, false, "15:10:05"),
        (503, Front, STREET, FOUR_THIRDS, true, "16:22:47"),
        (504, Arcade, STREET, SMALL, false, "17:05:31"),
        (505, Tiles, STREET, SMALL, false, "17:31:16"),
        (506, Front, STREET, FOUR_THIRDS, false, "16:40:58"),
        (507, Stairs, STREET, SMALL, true, "15:28:40"),
        (508, Arcade, STREET, SMALL, true, "17:12:09"),
    ]
}

fn coast() -> Vec<Frame> {
    vec![
        (601, Pier(Ember), SLOW, BIG, false, "17:21:13"),
        (602, Horizon(Pastel), SLOW, GOOD, false, "07:40:32"),
        (603, Rocks(Steel), SLOW, GOOD, false, "09:11:50"),
        (604, StarTrails, STARS, GOOD, false, "22:05:17"),
        (3605, Land(Dunes), TELE, GOOD, false, "16:32:44"),
        (606, Pier(Pastel), SLOW, LIGHT, true, "07:58:21"),
    ]
}
