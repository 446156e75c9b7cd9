//! Roses and ranunculi from very near: petals laid ring by ring, each with its own light, before a garden out of focus.

use crate::boot::demo::pictures::art::brush::{self, Paint};
use crate::boot::demo::pictures::art::{Canvas, Dice, Frame, Vec3, mix, noise, rgb, smooth, v3};

const ROSES: [(u32, u32); 5] =
    [(0xF1C4BC, 0xB4525C), (0xF7DEC8, 0xC87F5C), (0xEFD3DA, 0xB0688A), (0xDE9E98, 0x8A2B3C), (0xF8E6CC, 0xC8945C)];

pub fn paint(dice: &mut Dice, frame: Frame) -> Canvas {
    let half = frame.half_width();
    let mut canvas = garden(dice, frame);
    let heart = (dice.between(-0.22, 0.22) * half, dice.between(0.44, 0.54));
    let main = dice.between(0.27, 0.32) * frame.aspect().clamp(0.8, 1.15);
    // Blooms behind are softer; then the leaves; then the one in focus; buds in front are soft again.
    for i in 0..5 {
        let around = i as f32 * 1.26 + dice.unit();
        let at = (heart.0 + around.cos() * main * 1.6, heart.1 + around.sin() * main * 1.15 - 0.02);
        let (size, tone) = (main * dice.between(0.5, 0.75), dice.below(ROSES.len()));
        bloom(&mut canvas, dice, at, size, ROSES[tone], 0.8);
    }
    canvas = canvas.blurred(0.011);
    for i in 0..26 {
        let around = i as f32 * 0.9 + dice.bell() * 0.6;
        let from = (heart.0 + dice.bell() * main * 0.8, heart.1 + dice.bell() * main * 0.6);
        let long = main * dice.between(0.5, 1.0);
        leaf(&mut canvas, dice, from, around, main * 0.35, long);
    }
    canvas = canvas.blurred(0.005);
    for side in [-1.0f32, 1.0] {
        let at = (heart.0 + side * main * 1.12, heart.1 - main * dice.between(0.2, 0.75));
        let (size, tone) = (main * dice.between(0.55, 0.7), dice.below(ROSES.len()));
        bloom(&mut canvas, dice, at, size, ROSES[tone], 0.95);
    }
    canvas = canvas.blurred(0.002);
    let tone = dice.below(ROSES.len());
    bloom(&mut canvas, dice, heart, main, ROSES[tone], 1.12);
    for _ in 0..5 {
        let at = (dice.between(-half, half), dice.between(-0.05, 0.12));
        brush::bokeh(&mut canvas, at, dice.between(0.06, 0.13), mix(rgb(0xF3D9CE), rgb(0x8FA06A), dice.unit()) * 0.13, 0.5);
    }
    canvas
}

fn garden(dice: &mut Dice, frame: Frame) -> Canvas {
    let (field, half) = (dice.field(), frame.half_width());
    let sun = (dice.side() * half * 0.7, 1.0);
    let mut canvas = Canvas::paint(frame, |x, y| {
        let leaves = noise::warped(x * 2.2, y * 2.2, field, 3, 1.2);
        let d = ((x - sun.0).powi(2) + (y - sun.1).powi(2)).sqrt();
        mix(rgb(0x22301F), rgb(0x6F8556), smooth(0.3, 0.7, leaves)) + v3(0.75, 0.62, 0.36) * (-d * 2.3).exp()
    });
    for _ in 0..46 {
        let at = (dice.between(-half, half) * 1.05, dice.between(0.0, 1.05));
        let tint = dice.pick(&[rgb(0xBFD08A), rgb(0xE9E3A8), rgb(0x86A05C), rgb(0xF3D6C8)]);
        brush::bokeh(&mut canvas, at, dice.between(0.025, 0.085), tint * dice.between(0.05, 0.26), 0.16);
    }
    canvas.blurred(0.006)
}

fn leaf(canvas: &mut Canvas, dice: &mut Dice, (cx, cy): (f32, f32), around: f32, start: f32, long: f32) {
    let (dx, dy) = (around.cos(), around.sin());
    let green = mix(rgb(0x2F4226), rgb(0x7C9463), dice.unit()) * (0.55 + 0.45 * (dy * 0.5 + 0.5));
    let (wide, curl) = (long * dice.between(0.15, 0.24), dice.bell() * 0.4);
    petal(canvas, (cx, cy), start + long, |x, y, light| {
        let (px, py) = (x - cx, y - cy);
        let along = ((px * dx + py * dy) - start) / long;
        if !(0.0..=1.0).contains(&along) {
            return light;
        }
        let across = (py * dx - px * dy) - curl * along * along * long * 0.5;
        let half = wide * (along * (1.0 - along) * 4.0).powf(0.75) * (1.0 - 0.3 * along);
        let ink = smooth(half + 0.002, half - 0.002, across.abs());
        let vein = smooth(0.003, 0.0, across.abs()) * 0.25 + 0.07 * ((along * 26.0 + across.abs() / wide * 5.0).sin());
        let shade = if across > 0.0 { 1.12 } else { 0.8 };
        mix(light, green * (shade + vein), ink)
    });
}

/// Petals from the outermost ring to the heart. Each is a rounded fan with a rolled, lighter lip and a shadow below.
fn bloom(canvas: &mut Canvas, dice: &mut Dice, (cx, cy): (f32, f32), size: f32, (lip, deep): (u32, u32), light: f32) {
    let (lip, deep) = (rgb(lip) * light, rgb(deep) * light);
    let field = dice.field();
    let rings = 9;
    let squash = dice.between(0.86, 0.98);
    let lamp = v3(-0.5, 0.75, 0.0).unit();
    for ring in 0..rings {
        let t = ring as f32 / (rings - 1) as f32;
        let reach = size * (1.0 - 0.86 * t.powf(0.9));
        let petals = if t < 0.75 { 6 - (t * 3.0) as usize } else { 3 };
        for i in 0..petals {
            let around = (i as f32 + dice.bell() * 0.22) / petals as f32 * std::f32::consts::TAU + ring as f32 * 2.4;
            let (dx, dy) = (around.cos(), around.sin());
            let reach = reach * dice.between(0.9, 1.07);
            let (wide, salt) = (dice.between(0.95, 1.2), dice.unit() * 40.0);
            let facing = dx * lamp.x + dy * lamp.y;
            let box_reach = reach * 1.15 + size * 0.06;
            petal(canvas, (cx, cy), box_reach, |x, y, under| {
                let (px, py) = (x - cx, (y - cy) / squash);
                let (along, across) = (px * dx + py * dy, py * dx - px * dy);
                let r = (px * px + py * py).sqrt();
                if along < -reach * 0.15 || r > reach * 1.08 + size * 0.056 {
                    return under;
                }
                let angle = across.atan2(along + reach * 0.18);
                // The lip is a wavy arc, lower at the petal's corners, with a nick in the middle.
                let wave = (noise::line(angle * 2.6 + salt, field) - 0.5) * 0.13 + (noise::line(angle * 8.0 + salt, field) - 0.5) * 0.03;
                let edge = reach * ((1.0 - (angle / wide).powi(2).min(1.3) * 0.42) + wave - 0.05 * (-(angle * 7.0).powi(2)).exp());
                let inside = edge - r;
                if angle.abs() > wide * 1.15 {
                    return under;
                }
                let shadow =
                    smooth(-size * 0.085, 0.0, inside) * if ring == 0 { 0.16 } else { 0.62 } * smooth(wide * 1.15, wide * 0.8, angle.abs());
                let under = mix(under, under.tint(deep) * 0.42, shadow);
                let ink = smooth(-0.0018, 0.0022, inside) * smooth(wide * 1.12, wide * 1.02, angle.abs());
                let depth = (inside / (reach * 0.55)).clamp(0.0, 1.0);
                let veins = 1.0 + 0.05 * (noise::value(angle * 34.0 + salt, r / size * 3.0, field) - 0.5);
                let bend = 0.78 + 0.30 * facing + 0.12 * (across / reach) * (lamp.y * dx - lamp.x * dy);
                let body = mix(lip, deep, depth.powf(0.7) * (0.62 + 0.38 * t)) * (bend * veins);
                let rolled =
                    (-(inside / (size * 0.016)).powi(2)).exp() * 0.16 + (-((inside - size * 0.04) / (size * 0.03)).powi(2)).exp() * -0.07;
                mix(under, body * (1.0 + rolled) + lip * (rolled.max(0.0) * 0.6), ink)
            });
        }
    }
    brush::glow(canvas, (cx, cy), size * 0.09, deep * -0.25);
    brush::stroke(canvas, (cx, cy), (cx + 0.001, cy), (size * 0.012, size * 0.012), size * 0.03, Paint::Cover(deep * 0.4, 0.6));
}

fn petal(canvas: &mut Canvas, (cx, cy): (f32, f32), reach: f32, change: impl Fn(f32, f32, Vec3) -> Vec3) {
    let frame = canvas.frame;
    let (left, bottom) = frame.pixel(cx - reach, cy - reach);
    let (right, top) = frame.pixel(cx + reach, cy + reach);
    for row in top.max(0.0) as usize..(bottom.max(0.0) as usize).min(frame.height) {
        for column in left.max(0.0) as usize..(right.max(0.0) as usize).min(frame.width) {
            let (x, y) = frame.point(column as f32 + 0.5, row as f32 + 0.5);
            let i = row * frame.width + column;
            canvas.light[i] = change(x, y, canvas.light[i]);
        }
    }
}
