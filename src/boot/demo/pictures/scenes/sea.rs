//! The sea in long exposures: water as silk, a bare horizon, old pier posts, stacks, turning stars.

use crate::boot::demo::pictures::art::brush::{self, Paint};
use crate::boot::demo::pictures::art::sky::{Clouds, Sky};
use crate::boot::demo::pictures::art::{Canvas, Dice, Frame, Vec3, mix, noise, rgb, smooth, v3};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    Pastel,
    Steel,
    Ember,
}

fn sky_of(dice: &mut Dice, mood: Mood, level: f32, sun: (f32, f32)) -> Sky {
    let field = dice.field();
    let clouds = |gaps, lit, shade| Some(Clouds { field, gaps, size: 0.5, stretch: 3.2, lit, shade });
    match mood {
        Mood::Pastel => Sky {
            zenith: rgb(0x8FAFD0),
            middle: rgb(0xD5C6D4),
            horizon: rgb(0xFAD9C5),
            level,
            sun,
            glow: v3(0.4, 0.2, 0.14),
            glow_size: 0.5,
            clouds: clouds(0.52, rgb(0xFFE3D6), rgb(0xB7AEC4)),
        },
        Mood::Steel => Sky {
            zenith: rgb(0x5E7386),
            middle: rgb(0x9BAAB5),
            horizon: rgb(0xDDDFDC),
            level,
            sun,
            glow: v3(0.16, 0.15, 0.13),
            glow_size: 0.6,
            clouds: clouds(0.44, rgb(0xC9CFD2), rgb(0x56626E)),
        },
        Mood::Ember => Sky {
            zenith: rgb(0x3B5583),
            middle: rgb(0xC08A8E),
            horizon: rgb(0xFFB36B),
            level,
            sun,
            glow: v3(1.1, 0.46, 0.12),
            glow_size: 0.36,
            clouds: clouds(0.49, rgb(0xFF9E6E), rgb(0x6A4F6C)),
        },
    }
}

/// Sky above, and water that a minute of exposure has smoothed: the sky's colours, blurred downwards, with faint streaks.
fn sky_and_sea(frame: Frame, sky: &Sky, field: u32, calm: f32) -> Canvas {
    let mut canvas = Canvas::paint(frame, |x, y| if y > sky.level { sky.light(x, y) } else { sky.light(x, sky.level) });
    let soft = canvas.blurred(0.03);
    let level = sky.level;
    canvas.repaint(|x, y, light| {
        if y >= level {
            return light;
        }
        let depth = level - y;
        let far = 1.0 / (depth + 0.025);
        let streak = noise::fbm(x * far * 0.16 + 9.0, far * 1.7, field, 4) - 0.5;
        let swell = noise::fbm(x * 1.1, depth * 7.0 + x * 0.3, field ^ 8, 4) - 0.5;
        let image = soft.at(x + streak * 0.05, (level + depth * 1.1 + (streak + swell) * 0.10 * calm + 0.012).clamp(level + 0.012, 1.0));
        let deep = image.tint(mix(v3(0.86, 0.89, 0.92), v3(0.36, 0.46, 0.55), smooth(0.0, level, depth)));
        deep * (1.0 + (streak * 0.35 + swell * 0.4) * calm)
    });
    // The horizon of a long exposure is never a knife's edge.
    canvas.repaint(|_, y, light| mix(light, sky.horizon * 0.97, 0.35 * (-((y - level) / 0.008).powi(2)).exp()));
    canvas
}

pub fn horizon(dice: &mut Dice, frame: Frame, mood: Mood) -> Canvas {
    let level = dice.between(0.3, 0.4);
    let sun = (dice.between(-0.2, 0.2), level + 0.06);
    let sky = sky_of(dice, mood, level, sun);
    let field = dice.field();
    let mut canvas = sky_and_sea(frame, &sky, field, 0.6);
    // A headland on one side gives the emptiness a scale.
    let side = dice.side();
    let from = dice.between(0.1, 0.3) * frame.aspect();
    let ink = mix(sky.middle, rgb(0x2A3440), 0.62);
    let soft = canvas.clone();
    canvas.repaint(|x, y, light| {
        let inward = side * x - from;
        let top = level + (noise::lines(x * 4.0 + 4.0, field ^ 21, 6) * 0.11 + 0.01) * smooth(0.0, 0.25, inward) - 0.003;
        let rock = mix(
            light,
            mix(ink * (0.8 + 0.4 * noise::fbm(x * 30.0, y * 60.0, field, 4)), sky.horizon, 0.25),
            smooth(top + 0.0015, top - 0.0015, y) * smooth(level - 0.001, level + 0.001, y) * smooth(0.0, 0.01, inward),
        );
        let below = level - y;
        let mirrored = if below > 0.0 { smooth(0.05, 0.0, below) * smooth(0.0, 0.2, inward) } else { 0.0 };
        mix(rock, mix(soft.at(x, y), ink, 0.5), mirrored * 0.55)
    });
    canvas
}

/// Two rows of posts, all that is left of a pier.
pub fn pier(dice: &mut Dice, frame: Frame, mood: Mood) -> Canvas {
    let level = dice.between(0.5, 0.56);
    let lean = dice.between(-0.2, 0.2) * frame.aspect();
    let sky = sky_of(dice, mood, level, (lean * 1.2, level + 0.05));
    let field = dice.field();
    let mut canvas = sky_and_sea(frame, &sky, field, 0.55);
    let wood = mix(rgb(0x1E2228), sky.middle * 0.3, 0.3);
    for i in (0..15).rev() {
        let z = 1.0 + i as f32 * 0.62;
        let fog = 1.0 - (-(z - 1.0) * 0.10).exp();
        for side in [-1.0f32, 1.0] {
            if dice.chance(0.1) && i > 1 {
                continue;
            }
            let x = lean * (1.0 - 1.1 / z) + side * 0.27 / z + dice.bell() * 0.006 / z;
            let y = level - 0.44 / z;
            let tall = (0.36 + dice.bell() * 0.05) / z;
            let thick = 0.0145 / z;
            post(&mut canvas, dice, (x, y), tall, thick, mix(wood, sky.horizon, fog * 0.6));
        }
    }
    canvas
}

fn post(canvas: &mut Canvas, dice: &mut Dice, (x, y): (f32, f32), tall: f32, thick: f32, wood: Vec3) {
    let tilt = dice.bell() * 0.025 * tall;
    // The mirror image softens, the longer it gets.
    for (reach, opacity) in [(0.35, 0.3), (0.62, 0.28), (0.95, 0.25)] {
        brush::stroke(
            canvas,
            (x, y),
            (x - tilt * reach, y - tall * reach),
            (thick * 0.8, thick * 0.55),
            thick * (0.6 + 1.6 * reach),
            Paint::Cover(wood * 0.8, opacity),
        );
    }
    brush::stroke(canvas, (x, y), (x + tilt, y + tall), (thick, thick * 0.94), thick * 0.16, Paint::Cover(wood, 0.98));
    brush::stroke(
        canvas,
        (x - thick * 0.55, y + thick),
        (x + tilt - thick * 0.55, y + tall - thick * 0.4),
        (thick * 0.2, thick * 0.2),
        thick * 0.7,
        Paint::Add(wood * 0.9),
    );
    // Foam turned to a collar of mist.
    brush::stroke(
        canvas,
        (x - thick * 1.6, y - thick * 0.2),
        (x + thick * 1.6, y - thick * 0.2),
        (thick * 0.3, thick * 0.3),
        thick * 2.2,
        Paint::Add(v3(0.06, 0.062, 0.066)),
    );
}

/// Rocks in water that has become mist; `tall` raises them to stacks.
pub fn rocks(dice: &mut Dice, frame: Frame, mood: Mood, tall: bool) -> Canvas {
    let level = if tall { dice.between(0.3, 0.36) } else { dice.between(0.55, 0.62) };
    let side = dice.side();
    let sky = sky_of(dice, mood, level, (-side * 0.3 * frame.aspect(), level + 0.09));
    let field = dice.field();
    let mut canvas = sky_and_sea(frame, &sky, field, 1.0);
    let mut stones: Vec<(f32, f32, f32, f32)> = Vec::new();
    if tall {
        for (dx, w, h, y) in [(0.30, 0.05, 0.15, 0.02), (0.17, 0.085, 0.30, 0.045), (0.02, 0.10, 0.40, 0.09)] {
            stones.push((
                side * (dx * frame.aspect() * 1.1 - 0.03) + dice.bell() * 0.02,
                level - y,
                w * dice.between(0.9, 1.2),
                h * dice.between(0.85, 1.1),
            ));
        }
    }
    for i in 0..if tall { 9 } else { 17 } {
        let near = (i as f32 + 0.5) / if tall { 9.0 } else { 17.0 };
        let y = (level - 0.05) * (1.0 - near.powf(1.15)) - 0.02;
        let size = 0.018 + 0.14 * near * near * dice.between(0.5, 1.1);
        stones.push((dice.between(-0.95, 0.95) * frame.half_width(), y, size * 1.5, size * dice.between(0.45, 0.75)));
    }
    for stone in stones {
        rock(&mut canvas, dice.field(), stone, &sky, level);
    }
    veil(&mut canvas, &sky, level, field);
    canvas
}

fn rock(canvas: &mut Canvas, field: u32, (cx, base, half, tall): (f32, f32, f32, f32), sky: &Sky, level: f32) {
    let fog = smooth(0.25, 0.0, level - base) * 0.38;
    let sun_side = (sky.sun.0 - cx).signum();
    let upright = tall > half * 1.4;
    canvas.repaint(|x, y, light| {
        let across = (x - cx) / half;
        if across.abs() > 1.6 || y > base + tall * 1.5 || y < base - tall * 0.9 {
            return light;
        }
        let ragged = (noise::fbm(x / half * 1.6, y / half * 1.1, field, 6) - 0.5) * 0.9;
        let profile = |up: f32| if upright { 1.0 - 0.35 * up - 0.7 * up.powi(6) } else { (1.0 - up.max(0.0).powf(1.6)).max(0.0).sqrt() };
        let up = (y - base) / tall;
        let edge = profile(up.max(0.0)) + ragged * if upright { 0.55 } else { 0.8 } - across.abs() - smooth(0.75, 1.15, up) * 0.6;
        let body = smooth(-0.004 / half, 0.008 / half, edge) * smooth(-0.02 / tall, 0.03 / tall, up + ragged * 0.06);
        let strata = noise::fbm(x / half * 2.2 + ragged, y / half * 7.0, field ^ 3, 5);
        let relief = noise::fbm(x / half * 3.5, y / half * 3.5, field ^ 5, 5)
            - noise::fbm(x / half * 3.5 + 0.35 * sun_side, y / half * 3.5 + 0.3, field ^ 5, 5);
        let lit = (0.34 + relief * 3.4 + across * sun_side * 0.3 + up * 0.18).clamp(0.03, 1.5);
        let stone = mix(rgb(0x1E1D20), rgb(0x57504B), strata).tint(mix(v3(1.0, 1.0, 1.0), sky.horizon * 1.5, 0.6)) * lit;
        let wet = mix(stone * 0.42, stone, smooth(0.0, 0.3, up));
        let image = smooth(1.15, 0.4, across.abs()) * smooth(-0.85, 0.0, up) * smooth(0.05, -0.02, up) * 0.45;
        let mirrored = mix(light, mix(rgb(0x39383C), light, 0.4), image);
        mix(mirrored, mix(wet, sky.horizon, fog), body)
    });
}

/// A minute of waves around the stones.
fn veil(canvas: &mut Canvas, sky: &Sky, level: f32, field: u32) {
    let white = mix(sky.horizon, v3(0.9, 0.92, 0.95), 0.5);
    canvas.repaint(|x, y, light| {
        let depth = (level - y).max(0.0);
        let far = 1.0 / (depth + 0.12);
        let flow = noise::warped(x * far * 0.9, far * 2.6, field ^ 55, 5, 1.6);
        mix(light, white * 0.86, smooth(0.47, 0.78, flow) * smooth(0.0, 0.1, depth) * 0.55)
    });
}

/// Stars draw circles around the pole above a dark shore.
pub fn star_trails(dice: &mut Dice, frame: Frame) -> Canvas {
    let level = 0.2;
    let pole = (dice.between(-0.12, 0.12) * frame.aspect(), dice.between(0.44, 0.56));
    let sky = Sky {
        zenith: rgb(0x0D1B38),
        middle: rgb(0x24406A),
        horizon: rgb(0x9A7E74),
        level,
        sun: (pole.0, level),
        glow: v3(0.2, 0.10, 0.04),
        glow_size: 0.42,
        clouds: None,
    };
    let mut canvas = Canvas::paint(frame, |x, y| sky.light(x, y) * 0.62);
    let sweep = dice.between(0.5, 0.75);
    for _ in 0..900 {
        let radius = dice.unit().sqrt() * 1.25 * frame.aspect().max(1.0);
        let start = dice.unit() * std::f32::consts::TAU;
        let bright = 0.05 + 0.8 * dice.unit().powi(5) + 0.10 * dice.unit();
        let tint = mix(rgb(0xBFD4FF), rgb(0xFFE0B8), dice.unit());
        let steps = (radius * sweep * 40.0).ceil().max(3.0) as usize;
        for i in 0..steps {
            let (a, b) = (start + sweep * i as f32 / steps as f32, start + sweep * (i + 1) as f32 / steps as f32);
            let (p, q) = ((pole.0 + radius * a.cos(), pole.1 + radius * a.sin()), (pole.0 + radius * b.cos(), pole.1 + radius * b.sin()));
            if p.1 > level && q.1 > level && p.1 < 1.05 && p.0.abs() < frame.half_width() + 0.05 {
                let thick = 0.0005 + 0.0006 * bright;
                brush::stroke(
                    &mut canvas,
                    p,
                    q,
                    (thick, thick),
                    0.0018,
                    Paint::Trail(tint * (bright * smooth(level, level + 0.2, p.1) * 1.3)),
                );
            }
        }
    }
    let field = dice.field();
    let above = canvas.blurred(0.012);
    canvas.repaint(|x, y, light| {
        let shore = level + (noise::lines(x * 3.0 + 2.0, field, 6) - 0.4) * 0.06 * smooth(0.0, 0.5, (x - pole.0).abs()) + 0.003;
        let hills = mix(light, rgb(0x0A0E18), smooth(shore + 0.001, shore - 0.001, y));
        if y > level {
            return hills;
        }
        let depth = level - y;
        above.at(x, level + depth * 1.5 + 0.01).tint(v3(0.62, 0.68, 0.78)) * (0.9 - 1.5 * depth)
    });
    // A lighthouse at the end of the land, its lamp burnt out by the long exposure.
    let x = pole.0 + 0.3 * frame.aspect() * dice.side();
    let foot = level + 0.012;
    brush::stroke(&mut canvas, (x, foot - 0.02), (x, foot + 0.085), (0.0105, 0.0072), 0.0015, Paint::Cover(rgb(0x3A4254), 1.0));
    brush::stroke(
        &mut canvas,
        (x - 0.003, foot - 0.01),
        (x - 0.003, foot + 0.085),
        (0.003, 0.002),
        0.005,
        Paint::Add(v3(0.09, 0.07, 0.05)),
    );
    brush::stroke(&mut canvas, (x, foot + 0.09), (x, foot + 0.104), (0.0058, 0.0058), 0.0012, Paint::Cover(rgb(0x1B2130), 1.0));
    brush::glow(&mut canvas, (x, foot + 0.098), 0.008, v3(6.0, 4.4, 2.4));
    brush::glow(&mut canvas, (x, foot + 0.098), 0.06, v3(0.32, 0.2, 0.09));
    canvas
}
