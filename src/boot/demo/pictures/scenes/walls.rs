//! White and pastel walls in hard sun: stairs that climb into the blue, an arcade with its shadows on the floor.

use crate::boot::demo::pictures::art::march::{self, Lens};
use crate::boot::demo::pictures::art::{Canvas, Dice, Frame, Vec3, mix, noise, rgb, smooth, solids, v3};

struct Place {
    stairs: bool,
    field: u32,
    wall: Vec3,
    accent: Vec3,
    floor: Vec3,
}

pub fn stairs(dice: &mut Dice, frame: Frame) -> Canvas {
    let side = dice.side();
    let place = Place {
        stairs: true,
        field: dice.field(),
        wall: rgb(dice.pick(&[0xF1E8DC, 0xE9B9A0, 0xE7C9A4])),
        accent: rgb(dice.pick(&[0xCF8F78, 0xD9B070, 0x86A3AE])),
        floor: rgb(0xD9CBB8),
    };
    let sun = v3(side * 0.62, 0.66, -0.42).unit();
    let (from, at) = (v3(-side * 1.2, 1.5, -5.2), v3(0.1 * side, 1.55, 0.0));
    place.paint(frame, Lens::looking(from, at, if frame.aspect() < 1.0 { 1.28 } else { 1.55 }), sun)
}

pub fn arcade(dice: &mut Dice, frame: Frame) -> Canvas {
    let side = dice.side();
    let place = Place {
        stairs: false,
        field: dice.field(),
        wall: rgb(dice.pick(&[0xEFE2CE, 0xE8C6A2, 0xE3D9CC])),
        accent: rgb(0xC98A66),
        floor: rgb(dice.pick(&[0xB99A7C, 0xC4B39C])),
    };
    let sun = v3(0.74, 0.52, 0.30 * side).unit();
    let (from, at) = (v3(-0.25, 1.35, -4.6), v3(0.05, 1.42, 3.0));
    place.paint(frame, Lens::looking(from, at, if frame.aspect() < 1.0 { 1.15 } else { 0.95 }), sun)
}

impl Place {
    fn paint(&self, frame: Frame, lens: Lens, sun: Vec3) -> Canvas {
        Canvas::paint_smooth(frame, |x, y| {
            let ray = lens.ray(x, y);
            let distance = |p: Vec3| self.nearest(p).0;
            let air = mix(rgb(0xA9CBE6), rgb(0x2F6FB8), smooth(0.0, 0.55, ray.y)) * 0.9;
            let far = if self.stairs { 16.0 } else { 40.0 };
            let Some(t) = march::hit(lens.from, ray, (0.3, far), &distance) else { return air };
            let p = lens.from + ray * t;
            if t >= far - 0.01 {
                return air;
            }
            let n = march::normal(p, 0.0015 * t.max(1.0), &distance);
            let direct = if n.dot(sun) > 0.0 { march::shadow(p + n * 0.006, sun, 70.0, 9.0, &distance) } else { 0.0 };
            let open = march::openness(p, n, 0.7, &distance);
            let colour = self.colour(p, n);
            let sunlight = v3(2.35, 1.95, 1.45) * (n.dot(sun).max(0.0) * direct);
            let sky = v3(0.26, 0.34, 0.48) * (open * (0.6 + 0.4 * n.y));
            // Sunny walls light the shaded ones, warmly.
            let bounce = v3(0.30, 0.22, 0.15) * (open * (0.75 - 0.35 * n.y));
            let seen = colour.tint(sunlight + sky + bounce);
            mix(seen, rgb(0xE9D9C4), 1.0 - (-(t * if self.stairs { 0.002 } else { 0.014 })).exp())
        })
    }

    fn colour(&self, p: Vec3, n: Vec3) -> Vec3 {
        let wash = noise::warped(p.x * 0.9 + p.z * 0.9, p.y * 0.8, self.field, 5, 1.2);
        let grit = noise::fbm((p.x + p.z) * 40.0, (p.y + p.z * 0.3) * 40.0, self.field ^ 4, 2) - 0.5;
        let stain = smooth(0.5, 0.0, p.y) * 0.12 * noise::fbm((p.x + p.z) * 5.0, p.y * 3.0, self.field ^ 6, 3);
        let base = match self.nearest(p).1 {
            1 => self.accent,
            2 if n.y > 0.5 => self.paving(p),
            2 => self.floor,
            _ => self.wall,
        };
        base * (0.88 + 0.2 * wash + 0.10 * grit - stain)
    }

    fn paving(&self, p: Vec3) -> Vec3 {
        if self.stairs {
            return self.floor;
        }
        let (u, v) = (p.x * 1.25, p.z * 1.25);
        let joint = smooth(0.02, 0.005, (u.fract().abs() - 0.5).abs().min((v.fract().abs() - 0.5).abs()));
        self.floor * ((0.85 + 0.3 * noise::cell((u + 0.5).floor() as i32, (v + 0.5).floor() as i32, self.field)) * (1.0 - 0.4 * joint))
    }

    /// Distance and what it is: 0 wall, 1 accent, 2 floor.
    fn nearest(&self, p: Vec3) -> (f32, u8) {
        if self.stairs { self.stairway(p) } else { self.vaults(p) }
    }

    fn stairway(&self, p: Vec3) -> (f32, u8) {
        let block = |c: Vec3, half: Vec3| solids::block(p - c, half, 0.012);
        // Steps: within the flight, a repeated corner; the slope bounds it from afar.
        let (run, rise) = (0.30, 0.185);
        let along = p.x + 1.7;
        let step = (along / run).floor().clamp(0.0, 13.0);
        let tread = |s: f32| {
            solids::block(
                v3(along - (s + 7.0) * run, p.y - (s + 1.0) * rise * 0.5, p.z - 0.55),
                v3(7.0 * run, (s + 1.0) * rise * 0.5, 0.62),
                0.008,
            )
        };
        let flight = tread(step).min(tread((step + 1.0).min(13.0))).min(tread((step - 1.0).max(0.0)));
        let back = block(v3(0.0, 1.6, 1.35), v3(6.0, 1.6, 0.18));
        let door = solids::block(p - v3(-2.3, 0.8, 1.3), v3(0.42, 0.85, 0.6), 0.01).min((p - v3(-2.3, 1.65, 1.3)).length() - 0.42);
        let back = back.max(-door);
        let tower = block(v3(2.6, 2.4, 1.2), v3(0.9, 2.6, 0.9));
        let slit = block(v3(2.35, 3.6, 0.3), v3(0.16, 0.5, 0.4));
        let tower = tower.max(-slit);
        let low = block(v3(-3.1, 0.55, -0.4), v3(0.9, 0.55, 0.6));
        let ground = p.y;
        let wall = flight.min(back);
        let accent = tower.min(low);
        if ground < wall.min(accent) {
            (ground, 2)
        } else if accent < wall {
            (accent, 1)
        } else {
            (wall * 0.95, 0)
        }
    }

    fn vaults(&self, p: Vec3) -> (f32, u8) {
        // One bay, repeated along z; arches open to the sun on the right.
        let bay = 1.9;
        let z = p.z - bay * (p.z / bay).round();
        let arch = |x: f32, y: f32, half: f32, spring: f32| {
            let round = (x * x + (y - spring).powi(2)).sqrt() - half;
            let straight = (x.abs() - half).max(y - spring);
            if y > spring { round } else { straight.max(-10.0) }
        };
        let right = ((p.x - 1.35).abs() - 0.24).max(-arch(z, p.y, 0.66, 1.55));
        let left = (p.x + 1.35).abs() - 0.2;
        let niche = ((p.x + 1.15).abs() - 0.12).max(arch(z, p.y, 0.5, 1.5));
        let left = left.max(-niche);
        // The vault, and a rib between the bays.
        let inside = (p.x * p.x + (p.y - 1.95).powi(2)).sqrt();
        let vault = if p.y > 1.95 { 1.16 - inside } else { 9.0 };
        let rib_z = bay / 2.0 - z.abs();
        let rib = if p.y > 1.95 { (1.06 - inside).max(rib_z - 0.11) } else { ((1.07 - p.x.abs()).max(rib_z - 0.11)).max(1.07 - p.x.abs()) };
        let roof = (p.y - 3.6).abs() - 0.3;
        let end = (p.z - 17.0).abs() - 0.1;
        let end = end.max(-arch(p.x, p.y, 0.7, 1.7));
        let base = solids::block(v3(p.x - 1.35, p.y - 0.11, z.abs() - bay / 2.0), v3(0.30, 0.11, 0.36), 0.02);
        let wall =
            right.min(left).min(vault.max(p.x.abs() - 1.4)).min(rib.max(p.x.abs() - 1.5)).min(roof.max(p.x.abs() - 1.6)).min(end).min(base);
        if p.y < wall { (p.y, 2) } else { (wall * 0.9, 0) }
    }
}
