//! The things on the tables: their shapes, what they are made of, and who stands where.

use super::still_life::Table;
use crate::boot::demo::pictures::art::{Dice, Vec3, mix, noise, rgb, smooth, solids, v3};

#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    Pear,
    Lemon,
    HalfLemon,
    Apple,
    Plum,
    Egg,
    Bottle,
    Bowl,
    Jug,
    Ring,
}

pub struct Prop {
    pub kind: Kind,
    /// The middle of the body (of the foot, for vessels).
    pub at: Vec3,
    pub size: f32,
    pub spin: f32,
    pub tilt: f32,
    pub colour: Vec3,
    pub blush: Vec3,
}

/// How a surface answers light.
pub struct Stuff {
    pub colour: Vec3,
    pub gloss: f32,
    pub rough: f32,
    /// Light that creeps round the edge into wax, fruit and cloth.
    pub wrap: f32,
    pub metal: f32,
    pub bump: Vec3,
}

const BOTTLE: [(f32, f32); 7] = [(0.15, 0.0), (0.175, 0.05), (0.175, 0.5), (0.06, 0.68), (0.046, 0.9), (0.06, 0.91), (0.058, 0.95)];
const JUG: [(f32, f32); 6] = [(0.12, 0.0), (0.22, 0.16), (0.21, 0.30), (0.10, 0.48), (0.095, 0.54), (0.14, 0.62)];

impl Prop {
    /// A signed distance; from afar only to a ball around the prop, which is cheaper and never too long.
    pub fn distance(&self, p: Vec3) -> f32 {
        let q = p - self.at;
        let (middle, reach) = self.ball();
        let around = (q - middle).length() - reach;
        if around > 0.12 {
            return around;
        }
        let q = self.own_space(q);
        let s = self.size;
        match self.kind {
            Kind::Pear => {
                let neck = q - v3(s * 0.10 * q.y.max(0.0), 0.0, 0.0);
                let body = solids::melt(solids::sphere(neck, s), solids::sphere(neck - v3(0.0, s * 1.12, 0.0), s * 0.48), s * 0.85);
                let eye = solids::sphere(neck + v3(0.0, s * 1.04, 0.0), s * 0.10);
                let stalk = solids::capsule(neck, v3(0.0, s * 1.5, 0.0), v3(s * 0.16, s * 2.0, 0.0), s * 0.035, s * 0.05);
                solids::carve(body, eye, s * 0.15).min(stalk) * 0.9
            }
            Kind::Lemon => {
                solids::melt(
                    solids::ellipsoid(q, v3(s * 1.25, s, s)),
                    solids::sphere(v3(q.x.abs() - s * 1.3, q.y, q.z), s * 0.16),
                    s * 0.45,
                ) * 0.9
            }
            Kind::HalfLemon => {
                let whole = solids::ellipsoid(q, v3(s * 1.2, s, s));
                whole.max(q.x - s * 0.05) * 0.9
            }
            Kind::Apple | Kind::Plum => {
                let body = solids::ellipsoid(q, v3(s, s * 0.92, s));
                let dimple = solids::ellipsoid(q - v3(0.0, s * 0.98, 0.0), v3(s * 0.2, s * 0.26, s * 0.2));
                let stalk = solids::capsule(q, v3(0.0, s * 0.7, 0.0), v3(s * 0.14, s * 1.22, s * 0.05), s * 0.03, s * 0.045);
                solids::carve(body, dimple, s * 0.35).min(stalk) * 0.9
            }
            Kind::Egg => solids::melt(solids::sphere(q, s), solids::sphere(q - v3(s * 0.42, 0.0, 0.0), s * 0.68), s * 0.8),
            Kind::Bottle => solids::turned(q * (1.0 / s), &BOTTLE) * s - 0.008,
            Kind::Jug => self.jug(q * (1.0 / s)) * s,
            Kind::Bowl => {
                // A ball hollowed out and cut open, on a foot.
                let c = q - v3(0.0, s * 0.62, 0.0);
                let shell = (solids::ellipsoid(c, v3(s, s * 0.62, s))).abs() - s * 0.028;
                let open = shell.max(c.y - s * 0.02);
                open.min(solids::pillar(q - v3(0.0, s * 0.02, 0.0), s * 0.4, s * 0.045, s * 0.02)) * 0.85
            }
            Kind::Ring => solids::ring(q, s, s * 0.115),
        }
    }

    fn jug(&self, q: Vec3) -> f32 {
        let body = solids::turned(q, &JUG);
        let around = (q.x * q.x + q.z * q.z).sqrt();
        let inner = (around - solids::outline(&JUG, q.y) + 0.022).max(0.46 - q.y);
        let hollow = body.max(-inner) - 0.004;
        let h = v3(q.x - 0.2, q.y - 0.36, q.z);
        let ring = ((h.x * h.x * 1.25 + h.y * h.y * 0.62).sqrt() - 0.125).abs();
        let handle = (ring * ring + h.z * h.z).sqrt() - 0.02;
        solids::melt(hollow, handle.max(-(q.x - 0.12)), 0.03)
    }

    fn ball(&self) -> (Vec3, f32) {
        let s = self.size;
        match self.kind {
            Kind::Pear => (v3(0.0, s * 0.5, 0.0), s * 1.75),
            Kind::Bottle => (v3(0.0, s * 0.48, 0.0), s * 0.53),
            Kind::Jug => (v3(0.03 * s, s * 0.32, 0.0), s * 0.42),
            Kind::Bowl => (v3(0.0, s * 0.3, 0.0), s * 1.12),
            Kind::Lemon | Kind::HalfLemon => (Vec3::default(), s * 1.55),
            _ => (Vec3::default(), s * 1.4),
        }
    }

    fn own_space(&self, q: Vec3) -> Vec3 {
        solids::lean(solids::turn(q, self.spin), self.tilt)
    }

    pub fn stuff(&self, p: Vec3, field: u32) -> Stuff {
        let q = self.own_space(p - self.at) * (1.0 / self.size);
        let mottle = noise::solid(q.x * 2.0, q.y * 2.0, q.z * 2.0, field, 4);
        let fine = noise::solid(q.x * 16.0, q.y * 16.0, q.z * 16.0, field ^ 7, 3);
        let skin = |colour: Vec3, gloss: f32, rough: f32, wrap: f32, bump: f32| {
            let b = |a: f32, c: f32| (noise::value(a * 34.0, c * 34.0, field) - 0.5) * bump;
            Stuff { colour, gloss, rough, wrap, metal: 0.0, bump: v3(b(q.y, q.z), b(q.x, q.z), b(q.x, q.y)) }
        };
        match self.kind {
            Kind::Pear => {
                if q.y > 1.61 {
                    return skin(rgb(0x3A2615), 0.02, 0.9, 0.0, 0.2);
                }
                let russet = smooth(0.62, 0.76, fine) * 0.55 + smooth(-0.7, -1.0, q.y) * 0.4 + smooth(1.2, 1.5, q.y) * 0.4;
                let cheek = smooth(0.25, 0.9, q.x * 0.6 + q.z * -0.2 + (mottle - 0.3));
                skin(mix(mix(self.colour, self.blush, cheek * 0.8), rgb(0x7A5528), russet) * (0.85 + 0.3 * mottle), 0.12, 0.42, 0.2, 0.05)
            }
            Kind::Lemon => skin(self.colour * (0.86 + 0.28 * mottle), 0.16, 0.38, 0.3, 0.30),
            Kind::HalfLemon => {
                if q.x < 0.03 {
                    return skin(self.colour * (0.86 + 0.28 * mottle), 0.16, 0.38, 0.3, 0.30);
                }
                let (r, around) = ((q.y * q.y + q.z * q.z).sqrt(), q.z.atan2(q.y));
                let pith = smooth(0.80, 0.85, r)
                    + smooth(0.10, 0.05, r)
                    + smooth(0.045, 0.02, ((around * 9.0 / std::f32::consts::TAU).fract().abs() - 0.5).abs() * r) * 0.8;
                let pulp = mix(rgb(0xE9B93A), rgb(0xF6DC7C), noise::value(r * 10.0, around * 16.0, field));
                skin(mix(mix(pulp, rgb(0xF5EBCB), pith), self.colour, smooth(0.93, 0.97, r)), 0.5, 0.2, 0.4, 0.22 * (1.0 - pith))
            }
            Kind::Apple => {
                let stripes = noise::value(q.z.atan2(q.x) * 7.0, q.y * 1.2, field ^ 3);
                let red = smooth(0.25, 0.75, mottle * 0.7 + stripes * 0.45 + q.x * 0.1);
                skin(
                    if q.y > 0.93 && (q.x * q.x + q.z * q.z) < 0.06 { rgb(0x3A2A18) } else { mix(self.colour, self.blush, red) },
                    0.3,
                    0.22,
                    0.1,
                    0.015,
                )
            }
            Kind::Plum => skin(mix(self.colour, rgb(0x7C86A6), smooth(0.42, 0.68, mottle) * 0.6), 0.14, 0.4, 0.1, 0.02),
            Kind::Egg => skin(mix(self.colour, self.blush, smooth(0.68, 0.78, fine) * 0.6) * (0.92 + 0.16 * mottle), 0.07, 0.5, 0.3, 0.02),
            Kind::Bottle => {
                let glass = mix(self.colour * 0.35, self.colour, (q.y * 0.6).clamp(0.0, 1.0));
                skin(glass, 1.0, 0.04, 0.0, 0.01)
            }
            Kind::Jug | Kind::Bowl => {
                let speck = smooth(0.70, 0.76, fine) * 0.5;
                skin(mix(self.colour * (0.88 + 0.24 * mottle), self.blush, speck), 0.4, 0.16, 0.0, 0.03)
            }
            Kind::Ring => {
                Stuff { colour: self.colour, gloss: 1.0, rough: 0.05, wrap: 0.0, metal: 1.0, bump: v3(0.0, (fine - 0.5) * 0.03, 0.0) }
            }
        }
    }
}

fn prop(kind: Kind, x: f32, z: f32, size: f32, (spin, tilt): (f32, f32), colour: u32, blush: u32) -> Prop {
    let lift = match kind {
        Kind::Pear | Kind::Lemon | Kind::HalfLemon | Kind::Egg => size * 0.98,
        Kind::Apple | Kind::Plum => size * 0.9,
        Kind::Ring => size * 0.12,
        _ => 0.0,
    };
    Prop { kind, at: v3(x, lift, z), size, spin, tilt, colour: rgb(colour), blush: rgb(blush) }
}

/// Lays a table; narrow pictures get closer groups.
pub fn arrange(dice: &mut Dice, table: Table, aspect: f32) -> Vec<Prop> {
    let w = if aspect < 1.0 { 0.62 } else { 1.0 };
    let mut d = |low: f32, high: f32| dice.between(low, high);
    match table {
        Table::Pears => {
            let mut group = vec![
                prop(Kind::Pear, -0.36 * w, 0.02, 0.175, (d(0.0, 6.0), d(-0.06, 0.1)), 0xA09458, 0x8E5438),
                prop(Kind::Pear, 0.04 * w, 0.22, 0.19, (d(0.0, 6.0), d(-0.1, 0.05)), 0x8C8A50, 0x98643C),
                prop(Kind::Pear, 0.36 * w, -0.10, 0.165, (d(-0.5, 0.3), -1.32), 0xA89A5C, 0x8E4C34),
            ];
            if aspect > 1.0 {
                group.push(prop(Kind::Plum, 0.78, 0.12, 0.105, (1.0, 0.2), 0x2B1A33, 0x2B1A33));
                group.push(prop(Kind::Plum, 0.68, -0.2, 0.10, (2.0, 0.1), 0x35183A, 0x35183A));
            }
            group
        }
        Table::Lemons => vec![
            prop(Kind::Bowl, 0.06 * w, 0.14, 0.42, (0.0, 0.0), 0x5E7A94, 0x2E4258),
            lifted(prop(Kind::Lemon, -0.10 * w, 0.12, 0.14, (d(0.0, 3.0), 0.2), 0xD9B03A, 0), 0.30),
            lifted(prop(Kind::Lemon, 0.19 * w, 0.04, 0.135, (d(0.0, 3.0), -0.3), 0xD6AC34, 0), 0.29),
            lifted(prop(Kind::Lemon, 0.07 * w, 0.25, 0.14, (d(0.0, 3.0), 0.3), 0xCFA232, 0), 0.36),
            prop(Kind::HalfLemon, -0.46 * w, -0.24, 0.135, (-1.9, 0.12), 0xD9B03A, 0),
            prop(Kind::Lemon, 0.60 * w, -0.18, 0.135, (d(0.2, 0.9), 0.0), 0xD6AA36, 0),
        ],
        Table::Bottle => vec![
            prop(Kind::Bottle, -0.34 * w, 0.30, 1.02, (0.0, 0.0), 0x1E3A24, 0),
            prop(Kind::Bowl, 0.26 * w, 0.08, 0.30, (0.0, 0.0), 0xA98F70, 0x5C4632),
            lifted(prop(Kind::Apple, 0.22 * w, 0.06, 0.13, (d(0.0, 3.0), 0.2), 0xA38A4C, 0x74282A), 0.25),
            prop(Kind::Apple, -0.02 * w, -0.22, 0.135, (d(0.0, 6.0), 0.15), 0x9C8648, 0x7A2C28),
            prop(Kind::Plum, 0.60 * w, -0.20, 0.09, (1.0, 0.1), 0x2C1730, 0),
        ],
        Table::BowlOfFruit => vec![
            prop(Kind::Bowl, 0.0, 0.15, 0.46, (0.0, 0.0), 0xC9BCA4, 0x7C6B52),
            lifted(prop(Kind::Apple, -0.19 * w.max(0.8), 0.06, 0.155, (d(0.0, 3.0), 0.3), 0xA8904C, 0x7C2A28), 0.34),
            lifted(prop(Kind::Apple, 0.19 * w.max(0.8), 0.05, 0.15, (d(0.0, 3.0), -0.2), 0xA08C48, 0x86382C), 0.34),
            lifted(prop(Kind::Pear, 0.0, 0.26, 0.15, (1.0, 0.35), 0x9E9254, 0x8E5A38), 0.44),
            lifted(prop(Kind::Plum, 0.02, -0.10, 0.105, (0.0, 0.3), 0x2B1631, 0), 0.36),
            prop(Kind::Plum, -0.50 * w, -0.22, 0.10, (0.6, 0.2), 0x321838, 0),
            prop(Kind::Apple, 0.58 * w, -0.14, 0.15, (d(0.0, 6.0), 0.5), 0xA48E4A, 0x782A28),
        ],
        Table::Eggs => vec![
            prop(Kind::Bowl, 0.10 * w, 0.12, 0.36, (0.0, 0.0), 0xE6E0D4, 0xA79C88),
            lifted(prop(Kind::Egg, 0.0, 0.08, 0.115, (0.5, 0.3), 0xDDB48E, 0xA87850), 0.24),
            lifted(prop(Kind::Egg, 0.22 * w, 0.04, 0.115, (2.4, 0.2), 0xEAD9C2, 0xBBA17E), 0.24),
            lifted(prop(Kind::Egg, 0.12 * w, 0.26, 0.115, (4.0, 0.2), 0xC9CFC6, 0x9AA39A), 0.27),
            prop(Kind::Egg, -0.40 * w, -0.12, 0.115, (d(0.0, 6.0), 0.0), 0xE9CDB0, 0xB48A66),
            prop(Kind::Egg, -0.20 * w, -0.34, 0.11, (d(0.0, 6.0), 0.0), 0xD8DBD2, 0xA5AAA0),
        ],
        Table::Jug => vec![
            prop(Kind::Jug, -0.16 * w, 0.24, 1.12, (d(-0.3, 0.3), 0.0), 0xD8D2C4, 0x8C8270),
            prop(Kind::Pear, 0.32 * w, 0.02, 0.155, (d(0.0, 6.0), 0.08), 0x989052, 0x96603A),
            prop(Kind::Lemon, -0.46 * w, -0.16, 0.12, (d(0.2, 1.0), 0.0), 0xD0A638, 0),
            prop(Kind::Plum, 0.12 * w, -0.26, 0.09, (0.4, 0.2), 0x2E1835, 0),
        ],
        Table::Rings => vec![
            prop(Kind::Ring, -0.055, 0.0, 0.105, (0.0, 0.0), 0xE6B86A, 0),
            Prop { at: v3(0.075, 0.052, 0.012), tilt: 0.42, ..prop(Kind::Ring, 0.075, 0.012, 0.09, (0.5, 0.0), 0xE9DCCB, 0) },
        ],
    }
}

fn lifted(mut prop: Prop, height: f32) -> Prop {
    prop.at.y = height;
    prop
}
