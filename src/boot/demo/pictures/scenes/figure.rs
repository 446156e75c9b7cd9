//! Figures who do not look at us: a bare neck under pinned-up hair, a wide hat, a gown by the window.

use crate::boot::demo::pictures::art::march::{self, Lens};
use crate::boot::demo::pictures::art::{Canvas, Dice, Frame, Vec3, mix, noise, rgb, smooth, solids, v3};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pose {
    Nape,
    Hat,
    Gown,
}

struct Sitter {
    pose: Pose,
    turn: f32,
    field: u32,
    skin: Vec3,
    hair: Vec3,
    cloth: Vec3,
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Skin,
    Hair,
    Cloth,
    Straw,
}

const GOWN: [(f32, f32); 8] =
    [(0.62, -1.05), (0.44, -0.75), (0.24, -0.25), (0.135, 0.10), (0.115, 0.20), (0.150, 0.36), (0.150, 0.46), (0.06, 0.50)];

pub fn paint(dice: &mut Dice, frame: Frame, pose: Pose) -> Canvas {
    let side = dice.side();
    let sitter = Sitter {
        pose,
        turn: side * dice.between(0.35, 0.75),
        field: dice.field(),
        skin: dice.pick(&[rgb(0xD6A384), rgb(0xAA7654), rgb(0x79503A), rgb(0xE0B598)]),
        hair: dice.pick(&[rgb(0x1A1310), rgb(0x3B2517), rgb(0x6A4424), rgb(0x15110F)]),
        cloth: if pose == Pose::Gown { rgb(0xE9E1D6) } else { dice.pick(&[rgb(0x17191D), rgb(0x43221E), rgb(0x9A9184), rgb(0x232B29)]) },
    };
    let backdrops =
        [(rgb(0x77736B), rgb(0x211F1D)), (rgb(0x6A6749), rgb(0x1B1A12)), (rgb(0x7D6148), rgb(0x22180F)), (rgb(0x8A8B8A), rgb(0x33353A))];
    let (pale, dim) = dice.pick(&backdrops);
    let (from, at, zoom) = match pose {
        Pose::Nape => (v3(0.0, 0.10, -3.2), v3(0.0, -0.05, 0.0), if frame.aspect() < 1.0 { 2.9 } else { 3.2 }),
        Pose::Hat => (v3(0.0, 0.30, -3.2), v3(0.0, -0.07, 0.0), if frame.aspect() < 1.0 { 2.7 } else { 3.1 }),
        Pose::Gown => (v3(0.0, 0.0, -4.2), v3(0.0, -0.18, 0.0), 2.35),
    };
    let lens = Lens::looking(from, at, zoom);
    let key = v3(side * 0.84, 0.42, if pose == Pose::Nape { 0.12 } else { -0.32 }).unit();
    let rim = v3(-side * 0.86, 0.3, 0.52).unit();
    let field = sitter.field;
    Canvas::paint_smooth(frame, |x, y| {
        let ray = lens.ray(x, y);
        let d = ((x + side * 0.10).powi(2) + (y - 0.56).powi(2)).sqrt();
        let brushwork = 0.8 + 0.4 * noise::warped(x * 2.2, y * 2.0, field, 5, 1.8);
        let backdrop = mix(pale, dim, smooth(0.0, 0.8, d)) * (brushwork * 0.75);
        let distance = |p: Vec3| sitter.nearest(p).0;
        let Some(t) = march::hit(from, ray, (1.8, 5.6), &distance) else { return backdrop };
        let p = from + ray * t;
        let part = sitter.nearest(p).1;
        let n = (march::normal(p, 0.003, &distance) + sitter.bump(p, part)).unit();
        let shade = if n.dot(key) > -0.36 { march::shadow(p + n * 0.006, key, 7.0, 1.0, &distance) } else { 0.0 };
        let open = march::openness(p, n, 0.14, &distance);
        sitter.lit(p, part, n, ray, (key, rim), (shade, open))
    })
}

impl Sitter {
    /// Distances of the parts, and which of them is nearest.
    fn nearest(&self, p: Vec3) -> (f32, Part) {
        // From afar a box around the sitter will do.
        let (middle, half) = if self.pose == Pose::Gown { (-0.2, v3(1.3, 0.95, 0.8)) } else { (-0.3, v3(0.46, 0.95, 0.46)) };
        let away = solids::block(p - v3(0.0, middle, 0.0), half, 0.0);
        if away > 0.15 && self.pose != Pose::Gown {
            return (away, Part::Skin);
        }
        match self.pose {
            Pose::Gown => self.gown(p),
            Pose::Nape => self.nape(p),
            Pose::Hat => self.hat(p),
        }
    }

    /// The body from the back; the head turns away over one shoulder.
    fn nape(&self, p: Vec3) -> (f32, Part) {
        let shoulders = body(p);
        let h = solids::nod(solids::turn(p - v3(0.0, 0.165, 0.0), self.turn), -0.10);
        let skull = solids::ellipsoid(h - v3(0.0, 0.03, 0.0), v3(0.130, 0.160, 0.158));
        let jaw = solids::ellipsoid(h - v3(0.0, -0.085, 0.06), v3(0.082, 0.085, 0.090));
        let ear = solids::ellipsoid(v3(h.x.abs() - 0.128, h.y + 0.02, h.z - 0.015), v3(0.016, 0.036, 0.024));
        let neck = solids::capsule(p, v3(0.0, -0.12, 0.0), v3(0.0, 0.06, 0.012), 0.068, 0.062);
        let flesh = solids::melt(solids::melt(solids::melt(skull, jaw, 0.05), neck, 0.05), shoulders, 0.11).min(ear);
        let near_hair = h.length() < 0.34;
        let waves = if !near_hair { 0.0 } else { 0.004 * (p.x * 40.0 + noise::value(p.y * 14.0, p.x * 14.0, self.field) * 6.0).sin() };
        let cap = solids::ellipsoid(h - v3(0.0, 0.048, -0.018), v3(0.145, 0.158, 0.160)).max(-(h.y + 0.075 + h.z * 0.35)) + waves;
        let bun =
            solids::ellipsoid(h - v3(0.0, 0.02, -0.165), v3(0.085, 0.075, 0.07)) + 0.005 * (h.x * 55.0 + (h.y * 60.0).sin() * 1.2).sin();
        let hair = solids::melt(cap, bun, 0.035);
        if hair < flesh {
            return (hair * 0.85, Part::Hair);
        }
        let dress_top = -0.36 + 0.25 * p.x * p.x;
        (flesh * 0.9, if p.y < dress_top { Part::Cloth } else { Part::Skin })
    }

    /// From the front, under a brim that hides the eyes.
    fn hat(&self, p: Vec3) -> (f32, Part) {
        let shoulders = body(p);
        let h = solids::turn(p - v3(0.0, 0.115, -0.01), self.turn);
        let skull = solids::ellipsoid(h - v3(0.0, 0.05, 0.0), v3(0.115, 0.15, 0.135));
        let jaw = solids::ellipsoid(h - v3(0.0, -0.075, -0.045), v3(0.074, 0.080, 0.078));
        let neck = solids::capsule(p, v3(0.0, -0.14, 0.01), v3(0.0, 0.05, 0.01), 0.064, 0.060);
        let flesh = solids::melt(solids::melt(solids::melt(skull, jaw, 0.06), neck, 0.04), shoulders, 0.10);
        let b = solids::lean(solids::nod(h - v3(0.0, 0.105, -0.02), 0.40), 0.12);
        let around = (b.x * b.x + b.z * b.z).sqrt();
        let droop = around * around * 0.42 + 0.012 * (b.z.atan2(b.x) * 3.0 + self.turn * 5.0).sin() * (around / 0.3);
        let brim = solids::pillar(b + v3(0.0, droop - 0.02, 0.0), 0.335, 0.006, 0.005) * 0.75;
        let crown = solids::ellipsoid(b - v3(0.0, 0.03, 0.0), v3(0.132, 0.135, 0.142)).max(-b.y - 0.01);
        let hat = solids::melt(brim, crown, 0.03);
        let low = solids::ellipsoid(h - v3(0.0, -0.02, 0.07), v3(0.125, 0.13, 0.10));
        if hat < flesh.min(low) {
            let band = (b.y + droop - 0.045).abs() < 0.022 && around < 0.16;
            return (hat * 0.85, if band { Part::Hair } else { Part::Straw });
        }
        if low < flesh {
            return (low, Part::Hair);
        }
        let dress_top = -0.235 - 0.5 * (0.13 - p.x.abs()).max(0.0) + 0.15 * p.x * p.x;
        (flesh * 0.9, if p.y < dress_top { Part::Cloth } else { Part::Skin })
    }

    /// A gown on a stand, its folds deeper towards the floor.
    fn gown(&self, p: Vec3) -> (f32, Part) {
        let low = smooth(0.15, -1.0, p.y);
        let angle = p.z.atan2(p.x);
        let flat = v3(p.x, p.y, p.z * if p.y > 0.1 { 1.25 } else { 1.0 });
        let plain = solids::turned(flat, &GOWN);
        let folds = if plain > 0.2 {
            0.0
        } else {
            ((angle * 11.0 + 1.6 * (angle * 3.0 + self.turn * 9.0).sin() + p.y * 0.8).sin() * 0.040
                + (angle * 23.0 + p.y * 2.0).sin() * 0.010)
                * low
        };
        let dress = plain + folds;
        let neckline = solids::ellipsoid(p - v3(0.0, 0.56, -0.10), v3(0.10, 0.16, 0.14));
        let dress = solids::carve(dress, neckline, 0.03);
        let straps = solids::capsule(v3(p.x.abs(), p.y, p.z), v3(0.10, 0.42, -0.02), v3(0.075, 0.53, 0.02), 0.018, 0.012);
        let train =
            solids::ellipsoid(p - v3(self.turn * 0.7, -1.06, -0.15), v3(0.75, 0.07, 0.42)) + ((p.x * 16.0 + p.z * 9.0).sin() * 0.018);
        let stand = solids::capsule(p, v3(0.0, 0.45, 0.0), v3(0.0, 0.60, 0.0), 0.045, 0.034);
        let knob = solids::sphere(p - v3(0.0, 0.645, 0.0), 0.032);
        let cloth = solids::melt(solids::melt(dress, straps, 0.02), train, 0.12) * 0.62;
        let floor = p.y + 1.08;
        let wood = stand.min(knob);
        if floor < cloth.min(wood) {
            (floor, Part::Hair)
        } else if wood < cloth {
            (wood, Part::Straw)
        } else {
            (cloth, Part::Cloth)
        }
    }

    fn bump(&self, p: Vec3, part: Part) -> Vec3 {
        let n = |s: f32, a: f32, b: f32| noise::value(a * s, b * s, self.field) - 0.5;
        match part {
            Part::Skin => v3(n(90.0, p.y, p.z), n(90.0, p.x, p.z), n(90.0, p.x, p.y)) * 0.03,
            Part::Cloth => v3(n(120.0, p.y, p.x), n(120.0, p.x, p.y), 0.0) * 0.06,
            Part::Straw => v3(0.0, (p.y * 420.0 + p.x * 60.0).sin() * 0.05, n(200.0, p.x, p.y) * 0.2),
            Part::Hair => v3(n(40.0, p.x * 3.0 + p.y, p.z), 0.0, n(60.0, p.x * 3.0, p.y * 0.5)) * 0.35,
        }
    }

    fn lit(&self, p: Vec3, part: Part, n: Vec3, ray: Vec3, (key, rim): (Vec3, Vec3), (shade, open): (f32, f32)) -> Vec3 {
        let gown = self.pose == Pose::Gown;
        let wrap = match part {
            Part::Skin => 0.25,
            Part::Cloth if gown => 0.35,
            _ => 0.05,
        };
        let facing = n.dot(key);
        let key_light = v3(2.5, 2.15, 1.75) * ((facing + wrap) / (1.0 + wrap)).max(0.0) * (shade * if gown { 0.62 } else { 1.0 });
        let edge = (1.0 + ray.dot(n)).clamp(0.0, 1.0);
        let rim_light = v3(0.85, 0.95, 1.1) * (n.dot(rim).max(0.0) * (0.25 + 1.3 * edge * edge));
        let room = v3(0.055, 0.055, 0.06) * (open * (0.7 + 0.3 * n.y)) * if gown { 2.2 } else { 1.0 };
        let light = key_light + rim_light + room;
        let fine = noise::solid(p.x * 30.0, p.y * 30.0, p.z * 30.0, self.field, 3);
        let half_way = (key - ray).unit();
        let gloss = |power: i32| n.dot(half_way).max(0.0).powi(power) * shade;
        match part {
            Part::Skin => {
                let blood = smooth(-0.3, 0.1, facing) * smooth(0.5, 0.1, facing);
                self.skin.tint(light) * (0.94 + 0.12 * fine)
                    + self.skin.tint(v3(0.16, 0.04, 0.015)) * (blood * open)
                    + v3(1.0, 0.95, 0.85) * (gloss(24) * 0.07)
            }
            Part::Cloth => self.cloth.tint(light) * (0.9 + 0.2 * fine),
            Part::Straw if gown => rgb(0x5A3C26).tint(light),
            Part::Straw => rgb(0xA8957A).tint(light) * (0.75 + 0.5 * noise::fbm(p.x * 90.0, p.y * 150.0, self.field, 2)),
            Part::Hair if gown => {
                rgb(0x4E4136).tint(light * (0.25 + 0.75 * open)) * (0.8 + 0.4 * noise::fbm(p.x * 2.0, p.z * 14.0, self.field, 4))
            }
            Part::Hair => {
                let strands = noise::fbm(p.x * 90.0 + (p.y * 20.0).sin() * 2.0, p.y * 16.0 + p.z * 10.0, self.field ^ 2, 3);
                self.hair.tint(light * 1.2) * (0.45 + 1.1 * strands) + v3(1.0, 0.85, 0.62) * (gloss(14) * strands * 0.28)
            }
        }
    }
}

/// Shoulders and back, neck excluded.
fn body(p: Vec3) -> f32 {
    // A softened |x| keeps both halves one back, without a seam.
    let side = (p.x * p.x + 0.003).sqrt();
    let across = solids::capsule(v3(side, p.y, p.z), v3(0.05, -0.215, 0.0), v3(0.29, -0.295, 0.0), 0.075, 0.078);
    let chest = solids::ellipsoid(p - v3(0.0, -0.52, 0.0), v3(0.275, 0.42, 0.15));
    let arms = solids::capsule(v3(p.x.abs(), p.y, p.z), v3(0.315, -0.29, 0.0), v3(0.375, -0.75, 0.0), 0.07, 0.062);
    solids::melt(solids::melt(across, chest, 0.12), arms, 0.05)
}
