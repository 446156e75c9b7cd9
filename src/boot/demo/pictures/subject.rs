//! What a shot shows: which painter, which film, how finely painted, and where on earth.

use super::art::{Canvas, Dice, Frame, v3};
use super::camera::film::{Film, NEUTRAL};
use super::scenes::figure::Pose;
use super::scenes::highlands::Country;
use super::scenes::sea::Mood;
use super::scenes::still_life::Table;
use super::scenes::{evening, facade, figure, flowers, highlands, profile, ridges, sea, skyline, still_life, tree, walls};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    LakeAtDawn,
    LakeJetty,
    Moonrise,
    Birds,
    Land(Country),
    TreeInFog,
    TreeAtSunset,
    StringLights,
    Candles,
    DanceFloor,
    Roses,
    Table(Table),
    Profile,
    Figure(Pose),
    Front,
    Tiles,
    Stairs,
    Arcade,
    Skyline,
    Horizon(Mood),
    Pier(Mood),
    Rocks(Mood),
    Stacks(Mood),
    StarTrails,
}

impl Subject {
    pub(super) fn paint(self, dice: &mut Dice, frame: Frame) -> Canvas {
        match self {
            Self::LakeAtDawn => ridges::lake(dice, frame, false, false),
            Self::LakeJetty => ridges::lake(dice, frame, true, true),
            Self::Moonrise => ridges::moonrise(dice, frame),
            Self::Birds => ridges::birds(dice, frame),
            Self::Land(country) => highlands::paint(dice, frame, country),
            Self::TreeInFog => tree::paint(dice, frame, false),
            Self::TreeAtSunset => tree::paint(dice, frame, true),
            Self::StringLights => evening::string_lights(dice, frame),
            Self::Candles => evening::candles(dice, frame),
            Self::DanceFloor => evening::dance_floor(dice, frame),
            Self::Roses => flowers::paint(dice, frame),
            Self::Table(table) => still_life::paint(dice, frame, table),
            Self::Profile => profile::paint(dice, frame),
            Self::Figure(pose) => figure::paint(dice, frame, pose),
            Self::Front => facade::front(dice, frame),
            Self::Tiles => facade::tiles(dice, frame),
            Self::Stairs => walls::stairs(dice, frame),
            Self::Arcade => walls::arcade(dice, frame),
            Self::Skyline => skyline::paint(dice, frame),
            Self::Horizon(mood) => sea::horizon(dice, frame, mood),
            Self::Pier(mood) => sea::pier(dice, frame, mood),
            Self::Rocks(mood) => sea::rocks(dice, frame, mood, false),
            Self::Stacks(mood) => sea::rocks(dice, frame, mood, true),
            Self::StarTrails => sea::star_trails(dice, frame),
        }
    }

    /// The long side that is painted, in pixels. Soft subjects need fewer, marched ones cost more each.
    pub(super) fn fineness(self) -> u32 {
        match self {
            Self::Table(_) | Self::Arcade | Self::Stairs => 800,
            Self::Figure(_) => 720,
            Self::Land(_) | Self::Roses => 960,
            Self::Profile | Self::DanceFloor | Self::StringLights | Self::Candles | Self::Horizon(_) => 1040,
            _ => 1160,
        }
    }

    pub(super) fn film(self) -> Film {
        let dark = Film { vignette: 0.45, bloom: 0.2, grain: 1.4, ..NEUTRAL };
        match self {
            Self::StringLights | Self::Candles | Self::DanceFloor => {
                Film { exposure: 1.15, shadows: v3(0.98, 0.98, 1.06), bloom: 0.28, ..dark }
            }
            Self::LakeAtDawn | Self::LakeJetty => Film { exposure: 1.05, bloom: 0.2, saturation: 1.05, fade: 0.02, ..NEUTRAL },
            Self::Land(_) => Film { exposure: 1.0, saturation: 1.05, bloom: 0.16, ..NEUTRAL },
            Self::TreeInFog => Film { fade: 0.03, saturation: 0.85, bloom: 0.22, ..NEUTRAL },
            Self::Roses => Film { exposure: 1.1, bloom: 0.2, fade: 0.022, vignette: 0.25, ..NEUTRAL },
            Self::Table(Table::Rings | Table::Eggs) => Film { fade: 0.025, vignette: 0.25, saturation: 0.95, ..NEUTRAL },
            Self::Table(_) => {
                Film { exposure: 1.12, saturation: 0.92, vignette: 0.5, contrast: 0.4, highlights: v3(1.05, 1.0, 0.93), ..NEUTRAL }
            }
            Self::Profile | Self::Figure(_) => {
                Film { vignette: 0.5, saturation: 0.9, highlights: v3(1.04, 1.0, 0.95), bloom: 0.12, ..NEUTRAL }
            }
            Self::Front | Self::Tiles | Self::Stairs | Self::Arcade => {
                Film { vignette: 0.2, bloom: 0.12, contrast: 0.3, saturation: 1.05, ..NEUTRAL }
            }
            Self::Horizon(_) | Self::Pier(_) | Self::Rocks(_) | Self::Stacks(_) => {
                Film { fade: 0.02, bloom: 0.18, contrast: 0.25, ..NEUTRAL }
            }
            Self::StarTrails => Film { exposure: 1.2, ..dark },
            Self::Skyline => Film { saturation: 0.9, exposure: 1.1, ..NEUTRAL },
            _ => NEUTRAL,
        }
    }

    /// Degrees north and east, for the outdoor shots whose camera happened to know them.
    pub(super) fn whereabouts(self, seed: u64) -> Option<(f64, f64)> {
        if !seed.is_multiple_of(3) {
            return None;
        }
        let (north, east) = match self {
            Self::LakeAtDawn | Self::LakeJetty => (46.3632, 14.0938),
            Self::Land(Country::Dunes) | Self::Horizon(_) | Self::Pier(_) | Self::Rocks(_) | Self::StarTrails => (39.6021, -9.0701),
            Self::Land(Country::GoldenHills) => (43.0677, 11.5512),
            Self::Land(_) | Self::TreeInFog | Self::Moonrise | Self::Stacks(_) => (57.1497, -5.0102),
            Self::Front | Self::Tiles | Self::Stairs | Self::Arcade | Self::Skyline => (38.7118, -9.1300),
            _ => return None,
        };
        let mut dice = Dice::new(seed ^ 0x6E5);
        Some((north + f64::from(dice.bell()) * 0.01, east + f64::from(dice.bell()) * 0.01))
    }
}
