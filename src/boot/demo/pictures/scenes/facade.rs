//! Lisbon by daylight: a pastel front with its windows, and a wall of painted tiles.

use crate::boot::demo::pictures::art::{Canvas, Dice, Frame, Vec3, mix, noise, rgb, smooth, v3};

const WALLS: [u32; 6] = [0xEBC9A0, 0xE7B7A4, 0xF0DDB4, 0xB9CBD0, 0xE9E2D4, 0xD89C7A];
const SHUTTERS: [u32; 4] = [0x56665F, 0x4C5A68, 0x6A5048, 0x5E6152];

struct Front {
    field: u32,
    wall: Vec3,
    shutter: Vec3,
    pitch: (f32, f32),
    window: (f32, f32),
    origin: (f32, f32),
    /// How far shadows fall, per unit of depth: to the right and down.
    sun: (f32, f32),
}

/// What lies at a point of the front: its colour, and how far it stands out (negative: set back).
struct Spot {
    colour: Material,
    depth: f32,
}

#[derive(Clone, Copy)]
enum Material {
    Plaster,
    Stone,
    Plain(Vec3),
    Shutter(f32),
    Curtain(f32),
    Glass(f32),
}

pub fn front(dice: &mut Dice, frame: Frame) -> Canvas {
    let columns = if frame.aspect() < 1.0 { 2.0 } else { 3.5 };
    let pitch = (frame.aspect() / columns, dice.between(0.40, 0.48));
    let front = Front {
        field: dice.field(),
        wall: rgb(dice.pick(&WALLS)),
        shutter: rgb(dice.pick(&SHUTTERS)),
        pitch,
        window: (pitch.0 * dice.between(0.36, 0.44), pitch.1 * dice.between(0.56, 0.64)),
        origin: (dice.unit() * pitch.0, dice.between(0.0, 0.3)),
        sun: (dice.between(0.7, 1.25) * dice.side(), dice.between(0.9, 1.4)),
    };
    let shade = dice.field();
    let diagonal = dice.between(-0.2, 0.25);
    let mut canvas = Canvas::paint_smooth(frame, |x, y| front.light(x, y));
    // The house opposite throws its roof line, a lamp post and some leaves on the wall.
    canvas.repaint(|x, y, light| {
        let s = front.sun.0.signum();
        let roof = diagonal + x * s * 0.85 + if (x * s * 3.0 + 0.4).fract() < 0.22 { 0.05 } else { 0.0 };
        let leaves = noise::fbm(x * 13.0, y * 13.0, shade, 4) + smooth(0.25, 1.0, y + x * s * 0.8) * 0.42;
        let foliage = smooth(0.78, 0.86, leaves);
        let cast = smooth(roof + 0.008, roof - 0.008, y).max(foliage * 0.85);
        mix(light, light.tint(v3(0.20, 0.25, 0.36)), cast * 0.86)
    });
    canvas
}

impl Front {
    fn spot(&self, x: f32, y: f32) -> Spot {
        let (gx, gy) = ((x + self.origin.0) / self.pitch.0, (y + self.origin.1) / self.pitch.1);
        let (column, floor) = (gx.floor() as i32, gy.floor() as i32);
        let (px, py) = (
            (gx.fract() + 1.0).fract() * self.pitch.0 - self.pitch.0 / 2.0,
            (gy.fract() + 1.0).fract() * self.pitch.1 - self.pitch.1 * 0.52,
        );
        let (half, tall) = (self.window.0 / 2.0, self.window.1 / 2.0);
        let luck = noise::cell(column, floor, self.field);
        // Balcony rail in front of everything.
        let rail_top = -tall + 0.085;
        if luck > 0.35 && px.abs() < half + 0.035 && py < rail_top && py > -tall - 0.012 {
            let bar = ((px / 0.0125).fract() + 1.0).fract();
            let curl = ((px / 0.025).fract() - 0.5).powi(2) + ((py + tall - 0.05) / 0.025).powi(2);
            if py > rail_top - 0.006 || py < -tall || (bar - 0.5).abs() < 0.11 || (0.12..0.22).contains(&curl) {
                return Spot { colour: if py < -tall { Material::Stone } else { Material::Plain(rgb(0x23262A)) }, depth: 0.05 };
            }
        }
        // Open shutters beside the window.
        let leaf = px.abs() - half;
        if luck < 0.62 && (0.016..half * 0.92).contains(&leaf) && py.abs() < tall {
            let slat = (py / 0.011).fract().abs();
            let rim = (leaf - half * 0.46).abs() > half * 0.40 || tall - py.abs() < 0.014 || py.abs() < 0.007;
            let tone = if rim { 1.0 } else { 0.66 + 0.5 * slat };
            return Spot { colour: Material::Shutter(tone), depth: 0.014 };
        }
        if px.abs() < half && py.abs() < tall {
            return self.window_spot((px, py), (half, tall), luck);
        }
        if px.abs() < half + 0.018 && py.abs() < tall + 0.02 {
            return Spot { colour: Material::Stone, depth: 0.007 };
        }
        if (py - tall - 0.034).abs() < 0.011 && px.abs() < half + 0.032 {
            return Spot { colour: Material::Stone, depth: 0.028 };
        }
        if (py + self.pitch.1 * 0.52 - 0.012).abs() < 0.009 {
            return Spot { colour: Material::Stone, depth: 0.012 };
        }
        Spot { colour: Material::Plaster, depth: 0.0 }
    }

    fn window_spot(&self, (px, py): (f32, f32), (half, tall): (f32, f32), luck: f32) -> Spot {
        let bars = [
            px.abs() < 0.0055,
            (px.abs() - half).abs() < 0.010,
            (py.abs() - tall).abs() < 0.010,
            (py - tall * 0.35).abs() < 0.005,
            (py + tall * 0.3).abs() < 0.0035,
        ];
        if bars.iter().any(|&b| b) {
            return Spot { colour: Material::Plain(rgb(0xE9E6DE) * 0.92), depth: -0.018 };
        }
        if luck > 0.72 {
            let fold = 0.8 + 0.2 * (px * 160.0 + (py * 9.0).sin()).sin();
            return Spot { colour: Material::Curtain(fold), depth: -0.034 };
        }
        // Old glass mirrors the sky and the house across the street, each pane a little askew.
        let pane = ((px > 0.0) as i32, (py / tall * 2.0).floor() as i32);
        let skew = noise::cell(pane.0 + (luck * 99.0) as i32, pane.1, self.field) * 0.2;
        Spot { colour: Material::Glass((py / tall) * 0.5 + 0.2 + skew), depth: -0.036 }
    }

    fn colour(&self, material: Material, x: f32, y: f32) -> Vec3 {
        match material {
            Material::Plaster => self.plaster(x, y),
            Material::Stone => rgb(0xE3DACB) * (0.88 + 0.2 * noise::fbm(x * 40.0, y * 40.0, self.field ^ 3, 3)),
            Material::Plain(colour) => colour,
            Material::Shutter(tone) => self.shutter * (tone * (0.85 + 0.3 * noise::fbm(x * 6.0, y * 60.0, self.field, 3))),
            Material::Curtain(fold) => rgb(0xDAD4C8) * (fold * 0.55),
            Material::Glass(height) => {
                let bend = noise::fbm(x * 9.0, y * 5.0, self.field ^ 9, 3) * 0.24;
                mix(rgb(0x2B3038), rgb(0x8DA9C4) * 0.95, smooth(0.42, 0.5, height + bend))
            }
        }
    }

    fn plaster(&self, x: f32, y: f32) -> Vec3 {
        let wash = noise::warped(x * 2.2, y * 1.6, self.field, 6, 1.2);
        let streaks = noise::fbm(x * 26.0, y * 1.6, self.field ^ 2, 4);
        let grit = noise::fbm(x * 160.0, y * 160.0, self.field ^ 8, 2);
        let faded = mix(self.wall, rgb(0xEFE7DA), smooth(0.5, 0.75, wash) * 0.45);
        faded * (0.86 + 0.2 * wash - 0.12 * smooth(0.55, 0.8, streaks) + 0.10 * (grit - 0.5))
    }

    fn light(&self, x: f32, y: f32) -> Vec3 {
        let here = self.spot(x, y);
        // March towards the sun: does anything on the way stand out far enough to be in front of it?
        let mut lit = 1.0f32;
        for i in 1..=12 {
            let rise = i as f32 * 0.0075;
            let above = self.spot(x - self.sun.0 * rise, y + self.sun.1 * rise).depth;
            if above > here.depth + rise - 0.0022 {
                lit = lit.min(smooth(0.0, 0.004, here.depth + rise - above));
            }
        }
        let sun = v3(1.75, 1.5, 1.15) * lit;
        let sky = v3(0.27, 0.33, 0.46) * (1.0 - 0.3 * smooth(0.0, -0.03, here.depth));
        self.colour(here.colour, x, y).tint(sun + sky + v3(0.10, 0.07, 0.04))
    }
}

/// Azulejos: each tile painted by hand, so no two agree; the shadow of a branch wanders over them.
pub fn tiles(dice: &mut Dice, frame: Frame) -> Canvas {
    let (field, shade) = (dice.field(), dice.field());
    let (size, motif) = (dice.between(0.13, 0.17), dice.below(3));
    let blue = rgb(dice.pick(&[0x1F4E9A, 0x24588C, 0x2B4C84]));
    let ochre = rgb(0xD9A637);
    let slope = dice.between(-0.5, 0.5);
    Canvas::paint_smooth(frame, |x, y| {
        let (u, v) = (x / size + 40.0, y / size + 3.3);
        let (i, j) = (u.floor() as i32, v.floor() as i32);
        let luck = |k: u32| noise::cell(i, j, field ^ k);
        // Slightly crooked tiles.
        let (a, b) = (u.fract() - 0.5 + (luck(1) - 0.5) * 0.014, v.fract() - 0.5 + (luck(2) - 0.5) * 0.014);
        let edge = 0.5 - a.abs().max(b.abs());
        let grout = smooth(0.016, 0.010, edge + (noise::value(x * 200.0, y * 200.0, field) - 0.5) * 0.006);
        let hand = (noise::fbm(x / size * 5.0, y / size * 5.0, field ^ 7, 3) - 0.5) * 0.035;
        let ink = motif_ink(motif, a.abs(), b.abs(), hand);
        let wash = 0.72 + 0.5 * noise::fbm(x / size * 3.0, y / size * 3.0, field ^ 4, 4);
        let glaze = rgb(0xF1ECDF) * (0.90 + 0.12 * luck(3) + 0.05 * (noise::fbm(x * 30.0, y * 30.0, field, 3) - 0.5));
        let mut colour = mix(glaze, mix(blue, rgb(0x6C93C4), (wash - 0.55) * 1.1), ink.0 * (0.82 + 0.16 * luck(5)));
        colour = mix(colour, ochre * wash, ink.1 * 0.9);
        let chip = smooth(0.74, 0.77, noise::fbm(x * 16.0, y * 16.0, field ^ 40, 4) + smooth(0.04, 0.0, edge) * 0.10);
        colour = mix(mix(colour, rgb(0xC7B79E), chip), rgb(0xA79C8C) * 0.8, grout);
        let leaves = noise::warped(x * 5.0 + y * slope * 4.0, y * 5.0, shade, 4, 1.6) + 0.16 * (x * 2.0 + y * 2.4 + slope * 3.0).sin();
        let sun = smooth(0.56, 0.64, leaves) * (1.0 - 0.25 * chip);
        let tilt = (luck(8) - 0.5) * 0.12;
        let gloss = smooth(0.035, 0.02, edge) * smooth(0.012, 0.02, edge) * 0.2 * if a - b > 0.0 { 1.0 } else { -0.6 };
        colour.tint(v3(0.34, 0.40, 0.52) + v3(1.25, 1.06, 0.78) * (sun * (1.0 + tilt + gloss)))
    })
}

/// How much blue and how much ochre the pattern has at a point of a tile's quarter.
fn motif_ink(motif: usize, a: f32, b: f32, hand: f32) -> (f32, f32) {
    let ring = |r: f32, w: f32, d: f32| smooth(w, w - 0.014, (d - r).abs());
    let (near, far) = ((a * a + b * b).sqrt() + hand, ((0.5 - a).powi(2) + (0.5 - b).powi(2)).sqrt() + hand);
    let star = (a.max(b) * 0.62 + a.min(b) * 0.62 + (a - b).abs() * -0.22) + hand;
    let petal = smooth(0.02, 0.0, ((a - b).abs() - 0.10 * (near * 7.0).sin().abs()).max(near - 0.42));
    match motif {
        0 => ((ring(0.30, 0.045, far) + petal + ring(0.17, 0.02, far)).min(1.0), smooth(0.085, 0.07, near) + smooth(0.09, 0.075, far)),
        1 => ((ring(0.44, 0.03, near) + ring(0.24, 0.06, star * 1.5) + smooth(0.13, 0.115, far)).min(1.0), smooth(0.10, 0.085, near)),
        _ => (
            (smooth(0.02, 0.0, (a + b - 0.5 + hand).abs() - 0.035)
                + smooth(0.26, 0.245, near) * smooth(0.11, 0.125, near)
                + ring(0.2, 0.03, far))
            .min(1.0),
            smooth(0.08, 0.065, near) + smooth(0.1, 0.085, far),
        ),
    }
}
