//! A city on its hills at blue hour: roofs, lit windows, and their light on the river.

use crate::boot::demo::pictures::art::brush;
use crate::boot::demo::pictures::art::sky::{Clouds, Sky};
use crate::boot::demo::pictures::art::{Canvas, Dice, Frame, Vec3, land, mix, noise, rgb, smooth, v3};

struct Row {
    field: u32,
    base: f32,
    hill: f32,
    wide: f32,
    tall: f32,
    far: f32,
}

pub fn paint(dice: &mut Dice, frame: Frame) -> Canvas {
    let shore = 0.27;
    let sun = (dice.between(-0.4, 0.4) * frame.aspect(), shore + 0.1);
    let sky = Sky {
        zenith: rgb(0x1C3760),
        middle: rgb(0x5B7398),
        horizon: rgb(0xF0A585),
        level: shore + 0.05,
        sun,
        glow: v3(0.45, 0.17, 0.06),
        glow_size: 0.4,
        clouds: Some(Clouds { field: dice.field(), gaps: 0.5, size: 0.6, stretch: 3.0, lit: rgb(0xC08E90), shade: rgb(0x455074) }),
    };
    let mut canvas = Canvas::paint(frame, |x, y| sky.light(x, y) * 0.85);
    let field = dice.field();
    for i in 0..7 {
        let t = i as f32 / 6.0;
        let row = Row {
            field: field.wrapping_add(i * 977),
            base: shore + 0.20 * (1.0 - t),
            hill: 0.22 * (1.0 - t * 0.85),
            wide: 0.02 + 0.03 * t,
            tall: 0.022 + 0.036 * t,
            far: 1.0 - t,
        };
        row.stand(&mut canvas, &sky, field);
        if i == 2 {
            monument(&mut canvas, dice, shore, &sky);
        }
    }
    // Street lamps along the quay.
    let half = frame.half_width();
    let lamps = (frame.aspect() * 20.0) as usize;
    for i in 0..lamps {
        let x = -half + frame.aspect() * (i as f32 + 0.5 + dice.bell() * 0.2) / lamps as f32;
        brush::glow(&mut canvas, (x, shore + 0.016), 0.0022, v3(5.0, 2.8, 1.0));
        brush::glow(&mut canvas, (x, shore + 0.014), 0.016, v3(0.55, 0.27, 0.08));
    }
    land::mirror(&mut canvas, shore, v3(0.32, 0.38, 0.48), |x, depth| {
        let far = 1.0 / (depth + 0.03);
        let wave = noise::fbm(x * far * 1.4, far * 7.0, field ^ 3, 3) - 0.5;
        (wave * 0.012, wave * (0.05 + depth * 0.6))
    });
    let streaks = canvas.clone();
    canvas.repaint(|x, y, light| {
        if y > shore - 0.004 {
            return light;
        }
        // Water draws lights out into long columns.
        let mut column = Vec3::default();
        for i in 0..6 {
            column += streaks.at(x, (y + (i as f32 - 2.5) * 0.016).min(shore - 0.003));
        }
        mix(light, column * (1.0 / 6.0), 0.72)
    });
    canvas
}

impl Row {
    fn ground(&self, x: f32) -> f32 {
        self.base + self.hill * (noise::lines(x * 1.5 + 3.0, self.field % 977, 3) - 0.35)
    }

    /// Houses side by side; each point asks the one it stands in.
    fn stand(&self, canvas: &mut Canvas, sky: &Sky, city: u32) {
        let dusk = mix(rgb(0x141A30), sky.middle * 0.8 + rgb(0x4A3A4A) * 0.2, self.far * 0.75);
        canvas.repaint(|x, y, light| {
            let shift = noise::cell(3, 3, self.field) * 9.0;
            let i = ((x + shift) / self.wide).floor() as i32;
            let luck = |k: u32| noise::cell(i, 5, self.field ^ k);
            let middle = (i as f32 + 0.5) * self.wide - shift;
            let foot = self.ground(middle);
            let (px, half) = (x - middle, self.wide * 0.5);
            let wall_top = foot + self.tall * (0.75 + 0.5 * luck(1));
            let pitched = luck(2) < 0.75;
            let roof = if pitched { wall_top + (half - px.abs()) * 0.55 } else { wall_top };
            let chimney = luck(3) > 0.6 && (px - half * 0.4).abs() < self.wide * 0.06 && y < roof + self.wide * 0.2;
            if y > roof && !chimney {
                return light;
            }
            let plaster = mix(dusk, dusk.tint(mix(v3(1.9, 1.35, 0.85), v3(1.0, 1.0, 1.1), luck(4))), 0.7) * (0.75 + 0.6 * luck(5));
            if y > wall_top {
                return mix(plaster.tint(v3(1.25, 0.8, 0.65)), sky.horizon, 0.1 * self.far);
            }
            let below = (foot - y).max(0.0);
            let pitch = (self.wide / (3.0 + (luck(6) * 2.0).floor()), self.tall * 0.25);
            let (u, v) = ((px + half) / pitch.0, (wall_top - y) / pitch.1);
            let pane = ((u.fract() - 0.5).abs() < 0.19) && ((v.fract() - 0.5).abs() < 0.27);
            let lit = noise::cell(i * 31 + u.floor() as i32, v.floor() as i32, city ^ self.field);
            let side = if px > half * 0.72 { 0.7 } else { 1.0 };
            // Street light climbs up the walls from below.
            let street = rgb(0xFFA95C) * (0.16 * (1.0 - self.far * 0.6) * smooth(0.05, 0.0, y - foot + below));
            let wall = plaster * side + street.tint(plaster * 3.0);
            if !pane {
                return wall;
            }
            if lit > 0.74 {
                let warm = mix(rgb(0xFFB45E), rgb(0xFFDFA6), noise::cell(i, v as i32, 8));
                return mix(wall, warm * (0.5 + 1.6 * (lit - 0.74) / 0.26), 1.0 - 0.45 * self.far);
            }
            wall * 0.55
        });
        // Haze between the rows.
        canvas.repaint(|x, y, light| {
            mix(light, sky.horizon * 0.5 + sky.middle * 0.35, 0.16 * self.far * smooth(self.ground(x) + 0.1, self.ground(x) - 0.05, y))
        });
    }
}

/// A domed church with two towers on the ridge, lit from below.
fn monument(canvas: &mut Canvas, dice: &mut Dice, shore: f32, sky: &Sky) {
    let x0 = dice.between(0.18, 0.3) * dice.side() * canvas.frame.aspect();
    let (foot, s) = (shore + 0.215, 0.07);
    let stone = rgb(0xF2C48E);
    let behind = sky.middle;
    canvas.repaint(|x, y, light| {
        let (px, py) = ((x - x0) / s, (y - foot) / s);
        let drum = px.abs() < 0.34 && (0.0..0.75).contains(&py);
        let dome = py >= 0.75 && px * px / 0.1156 + (py - 0.75).powi(2) / 0.16 < 1.0;
        let lantern = px.abs() < 0.07 && (1.1..1.38).contains(&py);
        let nave = px.abs() < 0.95 && (-0.6..0.18).contains(&py);
        let tower_x = px.abs() - 0.78;
        let tower = tower_x.abs() < 0.15 && (-0.6..0.74).contains(&py) || (0.74..1.02).contains(&py) && tower_x.abs() < (1.02 - py) * 0.55;
        if !(drum || dome || lantern || nave || tower) {
            return light;
        }
        let column = 0.75 + 0.35 * ((px * 34.0).sin() * 0.5 + 0.5);
        let glow = if dome || lantern { 0.26 } else { 0.36 * column * (1.05 - 0.5 * py.max(0.0)) };
        let round = 1.0 - 0.6 * (px / 0.5).abs().min(1.0) * if dome || drum { 1.0 } else { 0.25 };
        mix(stone * (glow * round), behind * 0.8, 0.28)
    });
    brush::glow(canvas, (x0, foot + s * 0.3), s * 0.9, v3(0.10, 0.05, 0.02));
}
